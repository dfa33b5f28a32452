"""What happens between the base day and the last day: told day by day, written down every half year."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from random import Random

from anlan.demo.county import deaths, weddings
from anlan.demo.county.facts import (
    HEAD,
    SPOUSE,
    Birth,
    Death,
    Event,
    Household,
    HouseholdMove,
    Line,
    Merger,
    PersonMove,
    Resident,
    Roll,
    Village,
    Wedding,
)
from anlan.demo.county.households import FATHER, MOTHER, HouseholdMaker
from anlan.demo.county.identities import Identities, any_day, schooling_on
from anlan.demo.county.kinship import relation_of_newborn, relation_of_newcomer
from anlan.demo.county.places import MERGED_ON
from anlan.demo.county.scale import BASE_DAY, LAST_DAY, Scale, share_of

CENSUS_DAYS = (date(2018, 6, 30), date(2024, 6, 30))
"""Days on which the county wrote down schooling and phones anew."""
_MOVING_HOUSEHOLDS, _MOVING_PERSONS = 170, 60
_NEW_PHONES = 0.25
_PHONES_OF_OTHERS = 0.12
_BIRTHS, _WEDDINGS, _MOVES = 130, 90, 80
"""How many of each, in the full county, are entered one by one on their day; the rest stand in the rolls."""
_OTHER_RELATIVE = "80"


class Lives:
    """Tells the story of the county; ``history`` is what comes of it, in the order of the days."""

    def __init__(
        self,
        rng: Random,
        identities: Identities,
        maker: HouseholdMaker,
        households: list[Household],
        scale: Scale,
    ) -> None:
        self._rng, self._people, self._maker, self._scale = rng, identities, maker, scale
        self.households = households
        self.dead: list[Resident] = []
        self.history: list[Event | Roll] = []
        self._touched: dict[int, Resident] = {}
        self._schooling: dict[int, str] = {}
        self._steps: list[tuple[date, int, Callable[[date], None]]] = []

    def tell(self, villages: list[Village]) -> None:
        """Write the first roll and let everything planned happen."""
        self._give_phones()
        self._write(BASE_DAY, (one for household in self.households for one in household.members))
        self._plan(villages)
        self._steps.sort(key=lambda step: step[:2])
        for day, _, happen in self._steps:
            happen(day)

    def _at(self, day: date, happen: Callable[[date], None]) -> None:
        self._steps.append((day, len(self._steps), happen))

    def _plan(self, villages: list[Village]) -> None:
        rng, scale = self._rng, self._scale
        buried = deaths.plan_deaths(rng, self.households, scale.deaths)
        matches = weddings.plan_weddings(rng, self._people, self.households, scale)
        newcomers = sum(not match.from_here for match in matches)
        count = scale.persons - scale.base_persons - newcomers + len(buried)
        births = weddings.plan_births(rng, self.households, matches, count, {id(one) for _, one in buried})
        for day, one in buried:
            self._at(day, partial(self._death, one))
        alone = self._some(len(matches), _WEDDINGS)
        for place, match in enumerate(matches):
            self._at(match.day, partial(self._wedding, match, place in alone))
        alone = self._some(len(births), _BIRTHS)
        for place, (day, mother, father) in enumerate(births):
            self._at(day, partial(self._birth, mother, father, place in alone))
        self._plan_moves(villages, {id(one) for _, one in buried})
        merged = next(village for village in villages if village.successor)
        self._at(MERGED_ON, partial(self._merger, merged))
        for year in range(BASE_DAY.year, LAST_DAY.year + 1):
            for day in (date(year, 6, 30), date(year, 12, 31)):
                self._at(min(day, LAST_DAY), self._half_year)

    def _some(self, total: int, count: int) -> set[int]:
        """Places of those entered one by one."""
        return set(self._rng.sample(range(total), min(total, share_of(count, self._scale))))

    def _plan_moves(self, villages: list[Village], doomed: set[int]) -> None:
        rng = self._rng
        lasting = [village for village in villages if village.successor is None]
        count = share_of(_MOVING_HOUSEHOLDS, self._scale)
        alone = self._some(count, _MOVES)
        for place, household in enumerate(rng.sample(self.households, count)):
            target = rng.choice(
                [village for village in lasting if village is not household.village.lasting()]
            )
            day = any_day(rng, date(2011, 1, 1), LAST_DAY - timedelta(days=30))
            group = rng.choice(target.groups)
            self._at(day, partial(self._household_move, household, target, group, place in alone))
        elders = [
            one for h in self.households for one in h.members if _may_move(one) and id(one) not in doomed
        ]
        hosts = [h for h in self.households if h.head and h.head.age_on(BASE_DAY) < 40]
        movers = rng.sample(elders, min(len(elders), share_of(_MOVING_PERSONS, self._scale)))
        for one, host in zip(movers, rng.sample(hosts, len(movers)), strict=True):
            self._at(any_day(rng, date(2012, 1, 1), date(2026, 3, 1)), partial(self._person_move, one, host))

    def _give_phones(self) -> None:
        for household in self.households:
            for one in household.members:
                if one is household.head or (
                    one.age_on(BASE_DAY) > 20 and self._rng.random() < _PHONES_OF_OTHERS
                ):
                    one.phone = self._people.phone()

    def _touch(self, *residents: Resident) -> None:
        for one in residents:
            self._touched[id(one)] = one

    def _is_settled(self, *households: Household) -> bool:
        """Whether nothing about these households still waits for the next roll."""
        return not any(id(one) in self._touched for household in households for one in household.members)

    def _death(self, one: Resident, day: date) -> None:
        household = _home(one)
        next_head, relations = deaths.bury(day, one)
        self._touched.pop(id(one), None)
        self.dead.append(one)
        self.history.append(Death(day, one, household, next_head, relations))
        self._touch(
            *(other for other in household.members if other.relation in (HEAD, SPOUSE, FATHER, MOTHER))
        )
        self._touch(*(other for other, _ in relations))

    def _wedding(self, match: weddings.Match, alone: bool, day: date) -> None:
        one, spouse = match.resident, match.spouse
        left, household = spouse.household, _home(one)
        weddings.marry(match)
        if left:
            left.members.remove(spouse)
        if match.splits:
            household.members.remove(one)
            household = self._new_household(household, one)
            self._join(household, spouse, SPOUSE)
            spouse.arrived_on = spouse.arrived_on or day
        else:
            settled = self._is_settled(household, *([left] if left else []))
            relation = relation_of_newcomer(one)
            self._join(household, spouse, relation)
            spouse.arrived_on = spouse.arrived_on or day
            if alone and settled:
                self.history.append(Wedding(day, one, spouse, household, relation, left))
                return
        self._touch(one, spouse)

    def _new_household(self, old: Household, head: Resident) -> Household:
        new = Household(
            number=self._maker.next_number(old.village),
            village=old.village,
            group=old.group,
            moved_on=old.moved_on,
            from_place=old.from_place,
            mode=old.mode,
            support_mode=old.support_mode,
            head=head,
            address=old.address,
        )
        if not head.phone:
            head.phone = self._people.phone()
        self.households.append(new)
        self._join(new, head, HEAD)
        return new

    def _join(self, household: Household, one: Resident, relation: str) -> None:
        one.household, one.relation = household, relation
        household.members.append(one)

    def _birth(self, mother: Resident, father: Resident, alone: bool, day: date) -> None:
        household = _home(mother)
        settled = self._is_settled(household)
        sex, relation = relation_of_newborn(self._rng, household, mother)
        child = self._people.person(sex, day, surname=father.name[0], ethnic_group=father.ethnic_group)
        self._join(household, child, relation)
        child.arrived_on = day
        if alone and settled:
            self.history.append(Birth(day, child, household, relation))
        else:
            self._touch(child)

    def _household_move(
        self, household: Household, village: Village, group: str, alone: bool, day: date
    ) -> None:
        settled = self._is_settled(household)
        village = village.lasting() if day >= MERGED_ON else village
        household.village, household.group = village, group
        if alone and settled:
            self.history.append(HouseholdMove(day, household, village, group))
        else:
            self._touch(*household.members)

    def _person_move(self, one: Resident, host: Household, day: date) -> None:
        home = _home(one)
        if one.relation not in (FATHER, MOTHER) or not self._is_settled(home, host) or home is host:
            return
        home.members.remove(one)
        self._join(host, one, _OTHER_RELATIVE)
        self.history.append(PersonMove(day, one, host, _OTHER_RELATIVE))

    def _merger(self, village: Village, day: date) -> None:
        successor = village.lasting()
        self.history.append(Merger(day, village, successor))
        for household in self.households:
            if household.village is village:
                household.village = successor

    def _half_year(self, day: date) -> None:
        if day in CENSUS_DAYS:
            self._census(day)
        if self._touched:
            self._write(day, list(self._touched.values()))
            self._touched.clear()

    def _census(self, day: date) -> None:
        for household in self.households:
            for one in household.members:
                if one is household.head and self._rng.random() < _NEW_PHONES:
                    one.phone = self._people.phone()
                    self._touch(one)
                elif self._schooling.get(id(one), "") != schooling_on(one, day):
                    self._touch(one)

    def _write(self, day: date, residents: Iterable[Resident]) -> None:
        """A roll of what is known of these residents on a day, household by household."""
        roll = Roll(day)
        for one in residents:
            household = _home(one)
            schooling = self._schooling[id(one)] = schooling_on(one, day)
            roll.lines.append(
                Line(
                    resident=one,
                    household=household,
                    village=household.village,
                    group=household.group,
                    head_name=household.head.name if household.head else "",
                    relation=one.relation,
                    education=schooling,
                    marital=one.marital,
                    phone=one.phone,
                )
            )
        if day != BASE_DAY:
            roll.lines.sort(key=lambda line: (line.household.number, line.relation, line.resident.id_number))
        self.history.append(roll)


def _home(one: Resident) -> Household:
    if one.household is None:
        raise ValueError("a resident belongs to a household")
    return one.household


def _may_move(one: Resident) -> bool:
    """An old parent whose partner is not in the household."""
    household = _home(one)
    partner = {FATHER: MOTHER, MOTHER: FATHER}.get(one.relation)
    return partner is not None and all(other.relation != partner for other in household.members)
