"""The members of the Party: who, since when, in which branch, and who of them works far away."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import FEMALE, MALE, Household, Member, Organization, Resident, Township, Village
from anlan.demo.county.identities import Identities, any_day
from anlan.demo.county.scale import BASE_DAY, LAST_DAY, Scale, share_of

_DESTINATIONS = (
    "砚海市浦津区电子厂",
    "东岚市澄洲区建筑工地",
    "瑶港市沚溪区服装厂",
    "芃州市堇桥区物流园",
    "东岚市澄洲区餐馆",
    "瑶港市沚溪区码头",
    "砚海市浦津区家政公司",
    "本省岫州市工业园",
)
_POSTS = (("副书记", 0.35), ("组织委员", 1.0), ("宣传委员", 0.8), ("纪检委员", 0.6))
_FARMER, _AWAY, _OFFICER, _OTHERS = "1", "113", "011", ("1", "113", "4", "5", "013", "016")
_DEAD_MEMBERS = 24
"""Members who died, in the full county."""
_OFFICERS_SHARE = 0.05
_TRADE_SHARE = 0.16


def make_members(
    rng: Random,
    identities: Identities,
    households: Sequence[Household],
    dead: Sequence[Resident],
    organizations: Sequence[Organization],
    scale: Scale,
) -> list[Member]:
    """Exactly ``scale.members`` living members, ``scale.floating`` of them away, and after them a few who
    died. Most are residents; those of the committees are officers who were never moved.
    """
    branches = {id(one.place): one for one in organizations if isinstance(one.place, Village)}
    trades = [one for one in organizations if one.kind == "branch" and isinstance(one.place, Township)]
    committees = [one for one in organizations if one.kind != "branch"]
    officers = max(len(trades), round(scale.members * _OFFICERS_SHARE))
    members = _residents(rng, households, branches, scale.members - officers)
    members += [_officer(rng, identities, committees[n % len(committees)]) for n in range(officers)]
    _send_to_trades(rng, members, trades)
    _transfer(rng, members, [one for one in organizations if one.kind == "branch"], scale)
    _send_away(rng, members, scale.floating)
    for organization in organizations:
        _give_posts(rng, organization, [one for one in members if one.organization is organization])
    return members + _dead(rng, dead, branches, share_of(_DEAD_MEMBERS, scale))


def _dead(
    rng: Random, dead: Sequence[Resident], branches: dict[int, Organization], count: int
) -> list[Member]:
    """Members who joined long before the base day and died since, in the branch of their village."""
    found = []
    for one in rng.sample(dead, count):
        home = one.household
        if home is None:
            raise ValueError("the dead were residents")
        joined = date(one.born.year + rng.randint(20, 35), rng.randint(1, 12), rng.randint(1, 28))
        branch = branches[id(home.village)]
        found.append(Member(one, branch, joined, joined.replace(year=joined.year + 1), occupation=_FARMER))
    return found


def _residents(
    rng: Random, households: Sequence[Household], branches: dict[int, Organization], count: int
) -> list[Member]:
    """Grown residents, three in four of them men, at least two a branch; never two of one household."""
    by_branch: dict[int, list[Resident]] = {}
    for household in households:
        grown = [one for one in household.members if 19 <= one.age_on(LAST_DAY) <= 92]
        if grown:
            weights = [3 if one.sex == MALE else 1 for one in grown]
            by_branch.setdefault(id(household.village), []).append(rng.choices(grown, weights)[0])
    chosen: list[tuple[Resident, Organization]] = []
    rest: list[tuple[Resident, Organization]] = []
    for place, candidates in by_branch.items():
        rng.shuffle(candidates)
        pairs = [(one, branches[place]) for one in candidates]
        chosen += pairs[:2]
        rest += pairs[2:]
    rest = _weighted_by_age(rng, rest)
    chosen += rest[: count - len(chosen)]
    if len(chosen) != count:
        raise ValueError(f"{len(chosen)} residents are fewer than {count} members")
    return [_member(rng, one, branch) for one, branch in chosen]


def _weighted_by_age(
    rng: Random, pairs: list[tuple[Resident, Organization]]
) -> list[tuple[Resident, Organization]]:
    """In random order, the old before the young more often than not."""
    keyed = [
        (rng.random() ** (60 / max(20, one.age_on(LAST_DAY))), place, one, branch)
        for place, (one, branch) in enumerate(pairs)
    ]
    return [(one, branch) for _, _, one, branch in sorted(keyed, key=lambda key: key[:2], reverse=True)]


def _member(rng: Random, one: Resident, branch: Organization) -> Member:
    first = date(one.born.year + 18, 12, 31)
    last = LAST_DAY - timedelta(days=20)
    usual = min(last, date(one.born.year + rng.randint(21, 42), 6, 1))
    joined = any_day(rng, min(first, usual), max(first, usual))
    joined = min(joined, last)
    return Member(
        resident=one,
        organization=branch,
        joined_on=joined,
        full_member_on=_end_of_probation(joined),
        occupation=rng.choices(_OTHERS, (58, 12, 12, 9, 4, 5))[0],
    )


def _end_of_probation(joined: date) -> date | None:
    """A year later; None while probation lasts."""
    day = joined.replace(year=joined.year + 1, day=min(joined.day, 28))
    return day if day <= LAST_DAY else None


def _officer(rng: Random, identities: Identities, committee: Organization) -> Member:
    sex = MALE if rng.random() < 0.68 else FEMALE
    one = identities.person(sex, any_day(rng, date(1968, 1, 1), date(1994, 12, 31)))
    one.education = rng.choices(("31", "21", "14"), (35, 58, 7))[0]
    one.marital = "20"
    one.phone = identities.phone()
    member = _member(rng, one, committee)
    member.is_resettler, member.occupation = False, _OFFICER
    return member


def _send_to_trades(rng: Random, members: list[Member], trades: list[Organization]) -> None:
    """Members of villages who belong to the branch of their trade, since it was founded or they joined."""
    candidates = [one for one in members if one.is_resettler]
    count = max(2 * len(trades), round(len(candidates) * _TRADE_SHARE))
    by_township: dict[int, list[Organization]] = {}
    for trade in trades:
        by_township.setdefault(id(trade.place), []).append(trade)
    for place, member in enumerate(rng.sample(candidates, count)):
        village = member.organization.place
        near = by_township.get(id(village.township), []) if isinstance(village, Village) else []
        trade = near[place % len(near)] if near else trades[place % len(trades)]
        since = max(trade.founded_on, member.joined_on + timedelta(days=400))
        if since > LAST_DAY - timedelta(days=200):
            continue
        member.earlier.append((member.organization, since))
        member.organization = trade


def _transfer(rng: Random, members: list[Member], branches: list[Organization], scale: Scale) -> None:
    """A few went from one village's branch to another's."""
    settled = [one for one in members if _is_settled(one)]
    villages = [one for one in branches if isinstance(one.place, Village)]
    for member in rng.sample(settled, min(len(settled), max(2, round(scale.members * 0.012)))):
        target = rng.choice([one for one in villages if one is not member.organization])
        member.earlier.append((member.organization, any_day(rng, date(2014, 1, 1), date(2026, 4, 30))))
        member.organization = target


def _is_settled(member: Member) -> bool:
    """Whether somebody was resettled and a member before the county's first register."""
    return bool(member.resident.moved_with) and not member.earlier and member.joined_on < BASE_DAY


def _send_away(rng: Random, members: list[Member], count: int) -> None:
    settlers = [one for one in members if one.is_resettler]
    old = [one for one in settlers if one.resident.age_on(LAST_DAY) >= 62]
    candidates = [one for one in settlers if one.resident.age_on(LAST_DAY) < 62] + old[: count // 8]
    candidates += old[count // 8 :][: max(0, count - len(candidates))]
    for member in rng.sample(candidates, count):
        earliest = max(date(2004, 2, 1), date(member.resident.born.year + 18, 1, 1))
        since = any_day(rng, earliest, max(earliest, date(2026, 2, 1)))
        member.floating_to, member.floating_since = rng.choice(_DESTINATIONS), since.replace(day=1)
        member.occupation = _AWAY


def _give_posts(rng: Random, organization: Organization, members: list[Member]) -> None:
    """Posts of the committee, to members who are at home."""
    if organization.kind != "branch" or not members:
        return
    home = [one for one in members if not one.floating_since and one.full_member_on] or members
    rng.shuffle(home)
    for (post, share), member in zip(_POSTS, home, strict=False):
        if rng.random() < share:
            member.post = post
