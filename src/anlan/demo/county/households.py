"""The households of the base day: who lives together, and from where they were moved."""

from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import (
    FEMALE,
    HEAD,
    MALE,
    MARRIED,
    SPOUSE,
    WIDOWED,
    Household,
    Resident,
    Village,
)
from anlan.demo.county.identities import Identities, any_day
from anlan.demo.county.placenames import flooded_place, outside_place
from anlan.demo.county.scale import BASE_DAY, Scale

FIRST_MOVE, LAST_MOVE = date(1993, 3, 1), date(2009, 11, 30)
SONS = ("22", "23", "24", "25", "26")
DAUGHTERS = ("32", "33", "34", "35", "36")
CHILDREN = frozenset((*SONS, *DAUGHTERS))
GRANDSON, GRANDDAUGHTER, SON_IN_LAW, DAUGHTER_IN_LAW = "41", "42", "28", "38"
FATHER, MOTHER = "51", "52"

_MODES = {
    "within_county": 36,
    "concentrated": 27,
    "scattered": 17,
    "relatives": 7,
    "self_arranged": 4,
    "into_county": 6,
    "out_of_county": 3,
}
_SUPPORT = {"cash": 72, "project": 18, "both": 10}
_CITIES = ("东岚市澄洲区", "砚海市浦津区", "芃州市堇桥区", "瑶港市沚溪区")
_PEAKS = (1997, 2002, 2005)
"""Years in which the water rose and most were moved."""
_MOST_CHILDREN = 4
_OLDEST_PARENT = 84


def drawn(rng: Random, weights: dict[str, int]) -> str:
    """One of the keys, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


class HouseholdMaker:
    """Makes the households of the base day."""

    def __init__(self, rng: Random, identities: Identities, villages: list[Village]) -> None:
        self._rng = rng
        self._people = identities
        self._villages = villages
        self._serials: dict[str, int] = {}
        self._shapes = {
            self._nuclear: 44,
            self._elders_head: 12,
            self._elders_kept: 13,
            self._old_couple: 13,
            self._alone: 6,
            self._one_parent: 5,
            self._young_couple: 7,
        }

    def make(self, scale: Scale) -> list[Household]:
        """Exactly ``scale.base_households`` households with ``scale.base_persons`` persons together."""
        rng, count = self._rng, scale.base_households
        homes = rng.choices(self._villages, [village.weight for village in self._villages], k=count)
        shapes = rng.choices(list(self._shapes), list(self._shapes.values()), k=count)
        households = []
        for village, fill in zip(homes, shapes, strict=True):
            household = self._empty(village)
            fill(household)
            households.append(household)
        self._balance(households, scale.base_persons)
        for household in households:
            name_children(household)
            for place, one in enumerate(household.members, 1):
                one.moved_with, one.arrived_on = household, household.moved_on
                one.register_number = f"{household.number}{place:02d}"
        return households

    def next_number(self, village: Village) -> str:
        """The next number of a household that begins in this village."""
        serial = self._serials[village.code] = self._serials.get(village.code, 0) + 1
        return f"{village.code[6:]}{serial:05d}"

    def _empty(self, village: Village) -> Household:
        rng = self._rng
        mode = drawn(rng, _MODES)
        place = outside_place(rng) if mode == "into_county" else flooded_place(rng, village.township.name)
        household = Household(
            number=self.next_number(village),
            village=village,
            group=rng.choice(village.groups),
            moved_on=self._moving_day(),
            from_place=place,
            mode=mode,
            support_mode=drawn(rng, _SUPPORT),
        )
        if mode == "out_of_county":
            court = f"{rng.choice('安宁和顺景明')}{rng.choice('居苑园庭')}"
            household.address = f"{rng.choice(_CITIES)}{court}{rng.randint(1, 30)}栋{rng.randint(1, 18)}号"
        return household

    def _moving_day(self) -> date:
        if self._rng.random() < 0.55:
            year = self._rng.choice(_PEAKS)
            return any_day(self._rng, date(year, 3, 1), date(year, 11, 30))
        return any_day(self._rng, FIRST_MOVE, LAST_MOVE)

    def _born(self, youngest: int, oldest: int) -> date:
        """A day of birth of somebody between two ages, both inclusive, on the base day."""
        age = self._rng.randint(youngest, oldest)
        return BASE_DAY.replace(year=BASE_DAY.year - age) - timedelta(days=self._rng.randrange(365))

    def _couple(
        self, household: Household, born: date, relations: tuple[str, str]
    ) -> tuple[Resident, Resident]:
        """Husband and wife; the first of ``relations`` is his. A few heads are women."""
        rng = self._rng
        apart = timedelta(days=rng.randint(-1400, 700))
        ethnic = self._people.ethnic_group()
        his = self._people.person(MALE, born, ethnic_group=ethnic)
        other = ethnic if rng.random() < 0.8 else ""
        hers = self._people.person(FEMALE, min(born - apart, _latest_birth()), ethnic_group=other)
        if relations == (HEAD, SPOUSE) and rng.random() < 0.08:
            relations = (SPOUSE, HEAD)
        for one, relation in zip((his, hers), relations, strict=True):
            one.marital = MARRIED
            self._join(household, one, relation)
        return his, hers

    def _join(self, household: Household, resident: Resident, relation: str) -> None:
        resident.household, resident.relation = household, relation
        household.members.append(resident)
        if relation == HEAD:
            household.head = resident

    def _children(
        self, household: Household, father: Resident, mother: Resident, most: int, kin: str
    ) -> None:
        """Children of a couple, ``kin`` "child" or "grandchild" of the head; also grown ones at home."""
        rng = self._rng
        count = min(most, rng.choices((0, 1, 2, 3, 4), (9, 46, 32, 10, 3))[0])
        age = BASE_DAY.year - mother.born.year
        youngest_possible, oldest_possible = max(0, age - 38), min(28, age - 21)
        if oldest_possible < youngest_possible:
            return
        for _ in range(count):
            born = self._born(youngest_possible, oldest_possible)
            self.add_child(household, father, born, kin)

    def add_child(self, household: Household, parent: Resident, born: date, kin: str) -> Resident:
        """A child with the surname of ``parent``; ``name_children`` sets its order among siblings."""
        sex = MALE if self._rng.random() < 0.525 else FEMALE
        child = self._people.person(sex, born, surname=parent.name[0], ethnic_group=parent.ethnic_group)
        relations = {"child": (SONS[0], DAUGHTERS[0]), "grandchild": (GRANDSON, GRANDDAUGHTER)}[kin]
        self._join(household, child, relations[0 if sex == MALE else 1])
        return child

    def _nuclear(self, household: Household) -> None:
        father, mother = self._couple(household, self._born(25, 56), (HEAD, SPOUSE))
        self._children(household, father, mother, _MOST_CHILDREN, "child")

    def _elders_head(self, household: Household) -> None:
        """Grandparents at the head, a son's family with them."""
        born = self._born(48, 70)
        grandfather, _ = self._couple(household, born, (HEAD, SPOUSE))
        his_age = BASE_DAY.year - born.year
        son_born = self._born(max(24, his_age - 32), his_age - 22)
        father, mother = self._couple(household, son_born, (SONS[0], DAUGHTER_IN_LAW))
        father.name, father.ethnic_group = grandfather.name[0] + father.name[1:], grandfather.ethnic_group
        self._children(household, father, mother, 2, "grandchild")

    def _elders_kept(self, household: Household) -> None:
        """A couple at the head, with one or both of the head's parents."""
        born = self._born(28, 52)
        father, mother = self._couple(household, born, (HEAD, SPOUSE))
        self._children(household, father, mother, 3, "child")
        head = household.head or father
        age = BASE_DAY.year - head.born.year
        oldest = min(_OLDEST_PARENT, age + 34)
        parent_born = self._born(min(oldest, age + 22), oldest)
        if self._rng.random() < 0.45:
            elder, _ = self._couple(household, parent_born, (FATHER, MOTHER))
        else:
            elder = self._people.person(FEMALE, parent_born)
            elder.marital = WIDOWED
            self._join(household, elder, MOTHER)
            return
        elder.name, elder.ethnic_group = head.name[0] + elder.name[1:], head.ethnic_group

    def _old_couple(self, household: Household) -> None:
        self._couple(household, self._born(55, 76), (HEAD, SPOUSE))

    def _alone(self, household: Household) -> None:
        sex = MALE if self._rng.random() < 0.6 else FEMALE
        one = self._people.person(sex, self._born(42, 76))
        one.marital = WIDOWED if self._rng.random() < 0.6 else "40"
        self._join(household, one, HEAD)

    def _one_parent(self, household: Household) -> None:
        sex = MALE if self._rng.random() < 0.5 else FEMALE
        parent = self._people.person(sex, self._born(32, 52))
        parent.marital = WIDOWED if self._rng.random() < 0.5 else "40"
        self._join(household, parent, HEAD)
        self._children(household, parent, parent, 2, "child")

    def _young_couple(self, household: Household) -> None:
        self._couple(household, self._born(23, 31), (HEAD, SPOUSE))

    def _balance(self, households: list[Household], persons: int) -> None:
        """Take away or add children until there are exactly so many persons."""
        total = sum(len(household.members) for household in households)
        order = list(households)
        self._rng.shuffle(order)
        while total != persons:
            before = total
            for household in order:
                if total > persons and self._lose_child(household):
                    total -= 1
                elif total < persons and self._gain_child(household):
                    total += 1
            if total == before:
                raise ValueError(f"{len(households)} households cannot hold {persons} persons")

    def _lose_child(self, household: Household) -> bool:
        children = [one for one in household.members if one.relation in (SONS[0], DAUGHTERS[0], GRANDSON)]
        if len(children) < 2:
            return False
        lost = children[-1]
        if lost.marital == MARRIED:
            return False
        household.members.remove(lost)
        return True

    def _gain_child(self, household: Household) -> bool:
        couple = {one.relation: one for one in household.members}
        head, spouse = couple.get(HEAD), couple.get(SPOUSE)
        if head is None or spouse is None or len(household.members) > 6:
            return False
        father, mother = (head, spouse) if head.sex == MALE else (spouse, head)
        age = BASE_DAY.year - mother.born.year
        youngest, oldest = max(0, age - 38), min(28, age - 21)
        if oldest < youngest or any(one.relation == DAUGHTER_IN_LAW for one in household.members):
            return False
        self.add_child(household, father, self._born(youngest, oldest), "child")
        return True


def name_children(household: Household) -> None:
    """Say which son or daughter of the head each child is: 长子, 次子, …, in the order of their births."""
    for relations in (SONS, DAUGHTERS):
        children = [one for one in household.members if one.relation in relations]
        children.sort(key=lambda child: child.born)
        for place, child in enumerate(children):
            child.relation = relations[min(place, len(relations) - 1)]


def _latest_birth() -> date:
    return BASE_DAY.replace(year=BASE_DAY.year - 20)
