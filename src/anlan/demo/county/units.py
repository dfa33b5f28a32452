"""The made-up county's cooperatives, associations, enterprises, 两新组织 and projects; contact points."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc

from anlan.demo.county.facts import (
    FEMALE,
    MALE,
    ContactPoint,
    Officer,
    Organization,
    Township,
    Unit,
    Village,
)
from anlan.demo.county.identities import Identities, any_day
from anlan.demo.county.placenames import COUNTY_CODE, COUNTY_NAME

FIRST_COVERED, SECOND_COVERED = date(2024, 1, 1), date(2026, 1, 1)
"""The days of the two sheets of units; officers of villages are named on the second."""

_TRADES = ("柑橘", "榨菜", "花椒", "肉牛", "中药材", "水产养殖", "蚕桑", "茶叶")
_ENTERPRISES = ("建材", "食品加工", "服装", "果业")
_NEW = ("社会工作服务中心", "电商服务部", "养老服务中心", "快递服务站")
_PROJECTS = ("饮水安全工程", "通村公路改建工程", "居民点边坡治理工程", "产业园道路工程")
_COOPERATIVE_SHARE, _COVERED_SHARE, _LIAISON_SHARE = 0.7, 0.55, 0.6
_OFFICER_SHARE = 0.75
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make_units(
    rng: Random,
    identities: Identities,
    townships: Sequence[Township],
    organizations: Sequence[Organization],
) -> list[Unit]:
    """Units of every kind: most villages have a cooperative, every township an enterprise and one more."""
    maker = _Maker(rng, identities, organizations)
    found: list[Unit] = []
    for place, township in enumerate(townships):
        for village in township.villages:
            if village.successor is None and rng.random() < _COOPERATIVE_SHARE:
                trade = rng.choice(_TRADES)
                name = f"{village.name}{trade}专业合作社"
                found.append(maker.unit(name, "cooperative", trade, village))
        trade = _TRADES[place % len(_TRADES)]
        found.append(maker.unit(f"{township.name}{trade}行业协会", "association", trade, township))
        goods = _ENTERPRISES[place % len(_ENTERPRISES)]
        found.append(maker.unit(f"{township.name}{goods}有限公司", "enterprise", goods, township))
        if place % 2:
            found.append(
                maker.unit(f"{township.name}{_NEW[place % 4]}", "new_organization", "服务业", township)
            )
        else:
            found.append(maker.project(f"{township.name}{_PROJECTS[place % 4]}", township))
    return found


class _Maker:
    """Makes one unit after the other, each with numbers of its own."""

    def __init__(self, rng: Random, identities: Identities, organizations: Sequence[Organization]) -> None:
        self._rng, self._identities, self._organizations = rng, identities, organizations
        self._codes: set[str] = set()

    def unit(self, name: str, kind: str, trade: str, place: Township | Village) -> Unit:
        """A unit with a headcount; about half of them are covered, the others found as gaps."""
        rng = self._rng
        full = rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 6))
        unit = Unit(
            name=name,
            kind=kind,
            credit_code=self._credit_code(),
            trade=trade,
            place=place,
            since=FIRST_COVERED if rng.random() < 0.8 else SECOND_COVERED,
            contact=self._person(),
            phone=self._identities.phone(),
            resettlers=rng.randint(3, 60),
            members=full + (rng.random() < 0.2),
            full_members=full,
        )
        self._cover(unit)
        return unit

    def project(self, name: str, place: Township) -> Unit:
        """A project under way; it bears no credit code of its own."""
        unit = self.unit(name, "project", "", place)
        unit.credit_code = ""
        unit.work_starts_on = any_day(self._rng, date(2023, 3, 1), date(2025, 9, 1))
        unit.work_ends_on = unit.work_starts_on + timedelta(days=self._rng.choice((120, 300, 500, 900)))
        return unit

    def _cover(self, unit: Unit) -> None:
        rng = self._rng
        if rng.random() >= _COVERED_SHARE:
            return
        unit.covered_from = FIRST_COVERED if rng.random() < 0.7 else SECOND_COVERED
        same = [one for one in self._organizations if unit.trade and unit.trade in one.name]
        own = [one for one in self._organizations if one.place is unit.place and one.kind == "branch"]
        if same:
            unit.organization, unit.setup_mode = same[0], same[0].setup_mode
        elif own:
            unit.organization, unit.setup_mode = own[0], "joint"
        if rng.random() < _LIAISON_SHARE:
            unit.liaison, unit.liaison_phone = self._person(), self._identities.phone()

    def _person(self) -> str:
        sex = MALE if self._rng.random() < 0.7 else FEMALE
        return self._identities.person(sex, any_day(self._rng, date(1962, 1, 1), date(1992, 1, 1))).name

    def _credit_code(self) -> str:
        """A code of the county's own region, which was never assigned, with a true check digit."""
        while True:
            body = "".join(self._rng.choice(_CODE_LETTERS) for _ in range(9))
            code = f"93{COUNTY_CODE}{body}"
            if code not in self._codes:
                self._codes.add(code)
                return code + uscc.calc_check_digit(code)


def make_contact_points(
    rng: Random, identities: Identities, townships: Sequence[Township]
) -> list[ContactPoint]:
    """One of the county, one of each township, one of most villages."""
    places: list[tuple[str, str, Township | Village | None, str]] = [
        (f"{COUNTY_NAME}移民群众联系点", "county", None, "县移民局一楼接待室")
    ]
    for township in townships:
        places.append((f"{township.name}移民群众联系点", "township", township, "便民服务中心"))
        for village in township.villages:
            if village.successor is None and rng.random() < 0.8:
                places.append((f"{village.name}移民群众联系点", "village", village, "村级公共服务中心"))
    found = []
    for name, tier, place, room in places:
        sex = MALE if rng.random() < 0.6 else FEMALE
        officer = identities.person(sex, any_day(rng, date(1965, 1, 1), date(1995, 1, 1))).name
        opening = rng.choice(("周一至周五 9:00 至 17:00", "每周三上午", "逢场天"))
        found.append(ContactPoint(name, tier, place, room, officer, identities.phone(), opening))
    return found


def make_officers(rng: Random, identities: Identities, villages: Sequence[Village]) -> list[Officer]:
    """The resettlement officers of most villages, and of some resettlement points of their own."""
    found = []
    for village in villages:
        for of_point in (False, True) if village.point else (False,):
            if village.successor is None and rng.random() < (0.4 if of_point else _OFFICER_SHARE):
                sex = MALE if rng.random() < 0.6 else FEMALE
                name = identities.person(sex, any_day(rng, date(1968, 1, 1), date(1996, 1, 1))).name
                found.append(Officer(village, of_point, name, identities.phone()))
    return found
