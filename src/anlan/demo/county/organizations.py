"""The Party organisations of the made-up county, their elections and how they were set up."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import Election, Organization, Township, Village
from anlan.demo.county.identities import Identities, any_day
from anlan.demo.county.placenames import COUNTY_NAME
from anlan.demo.county.places import MERGED_ON
from anlan.demo.county.scale import BASE_DAY, Scale

COMMITTEE_TERM, VILLAGE_TERM, OTHER_TERM = 5, 5, 3
"""Years between elections as these organisations keep them; what the rule asks is a parameter elsewhere."""

_TRADES = (
    ("柑橘", "trade"),
    ("建筑劳务", "industry"),
    ("榨菜", "trade"),
    ("花椒", "trade"),
    ("肉牛", "trade"),
    ("中药材", "trade"),
    ("水产养殖", "trade"),
    ("蚕桑", "trade"),
    ("茶叶", "trade"),
    ("航运", "industry"),
    ("个体商户", "industry"),
    ("乡村旅游", "industry"),
)
_OVERDUE_SHARE = 0.12
_ELECTION_MONTHS = (3, 6, 9, 11)


def make_organizations(
    rng: Random, identities: Identities, townships: Sequence[Township], scale: Scale
) -> list[Organization]:
    """The county's working committee, a committee a township, a branch a village, the trades' branches."""
    county = Organization(
        name=f"中共{COUNTY_NAME}委移民工作委员会",
        kind="working_committee",
        setup_mode="standalone",
        parent=None,
        place=None,
        founded_on=date(1996, 7, 1),
    )
    committees = {one.code: _committee(rng, county, one) for one in townships}
    villages = [village for one in townships for village in one.villages if village.successor is None]
    branches = [_village_branch(rng, committees[village.township.code], village) for village in villages]
    _join_merged(branches, townships)
    trades = _trade_branches(rng, list(committees.values()), scale.trade_branches)
    organizations = [county, *committees.values(), *branches, *trades]
    overdue = set(
        rng.sample(range(1, len(organizations)), max(2, round(len(organizations) * _OVERDUE_SHARE)))
    )
    for place, organization in enumerate(organizations):
        _elect(rng, identities, organization, overdue=place in overdue)
    return organizations


def _committee(rng: Random, county: Organization, township: Township) -> Organization:
    former = f"中共{township.former_name}委员会" if township.former_name else ""
    return Organization(
        name=f"中共{township.name}委员会",
        kind="committee",
        setup_mode="standalone",
        parent=county,
        place=township,
        founded_on=any_day(rng, date(1997, 1, 1), date(2004, 12, 1)).replace(day=1),
        former_name=former,
        renamed_on=township.renamed_on,
    )


def _village_branch(rng: Random, committee: Organization, village: Village) -> Organization:
    return Organization(
        name=f"{village.name}移民党支部",
        kind="branch",
        setup_mode=rng.choices(("standalone", "joint"), (80, 20))[0],
        parent=committee,
        place=village,
        founded_on=any_day(rng, date(1998, 1, 1), date(2008, 12, 1)).replace(day=1),
    )


def _join_merged(branches: Sequence[Organization], townships: Sequence[Township]) -> None:
    """The branch of the village that took another in was a joint one of both until then."""
    merged = next(village for one in townships for village in one.villages if village.successor)
    branch = next(one for one in branches if one.place is merged.successor)
    if merged.successor is None:
        raise ValueError("a merged village has a successor")
    branch.former_name = f"{merged.successor.name}{merged.name}联合党支部"
    branch.renamed_on = MERGED_ON
    branch.setup_mode = "joint"


def _trade_branches(rng: Random, committees: list[Organization], count: int) -> list[Organization]:
    found = []
    for place, (trade, mode) in enumerate(_TRADES[:count]):
        committee = committees[(place * 7) % len(committees)]
        if not isinstance(committee.place, Township):
            raise TypeError("a committee stands in a township")
        early, late = (
            (date(2003, 1, 1), date(2008, 12, 1)) if place % 2 else (date(2011, 1, 1), date(2019, 12, 1))
        )
        found.append(
            Organization(
                name=f"{committee.place.name}{trade}产业党支部" if mode == "trade" else f"{trade}行业党支部",
                kind="branch",
                setup_mode=mode,
                parent=committee,
                place=committee.place,
                founded_on=any_day(rng, early, late).replace(day=1),
            )
        )
    return found


def _term(organization: Organization) -> int:
    if organization.kind != "branch":
        return COMMITTEE_TERM
    return VILLAGE_TERM if isinstance(organization.place, Village) else OTHER_TERM


def _elect(rng: Random, identities: Identities, organization: Organization, *, overdue: bool) -> None:
    """One election before the base day (where it was founded then), one between, and the latest."""
    term = _term(organization)
    latest = _election_day(rng, 2026 - term - 1, 2026 - term - 1) if overdue else _latest_election(rng, term)
    days = [latest]
    if organization.founded_on < BASE_DAY:
        days = [_election_day(rng, 2007, 2009), _election_day(rng, 2014, 2016), latest]
    else:
        days = [max(organization.founded_on, date(2011, 3, 1)), latest]
    keeps_on = rng.random() < 0.35
    for place, day in enumerate(days):
        before = organization.elections[-1] if organization.elections else None
        if before and keeps_on and place == 1:
            name, phone = before.secretary, before.phone
        else:
            sex = "1" if rng.random() < 0.8 else "2"
            person = identities.person(sex, day - timedelta(days=rng.randint(34 * 365, 55 * 365)))
            name, phone = person.name, identities.phone()
        due = day.replace(year=day.year + term)
        organization.elections.append(Election(day, due, name, phone))


def _latest_election(rng: Random, term: int) -> date:
    """So that the next is due after the last day: some within the year, most later."""
    return _election_day(rng, 2027 - term, 2025)


def _election_day(rng: Random, first: int, last: int) -> date:
    year, month = rng.randint(first, last), rng.choice(_ELECTION_MONTHS)
    return date(year, month, rng.choice((10, 18, 26)))
