"""Which household of the register a group of lines is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Count, QuerySet

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import Known, OpenRow, chunks
from anlan.registers.models import Household, HouseholdMembership, HouseholdResidence


@dataclass(slots=True)
class KnownHousehold:
    """A household as the register will have it once the batch is written."""

    id: int
    number: str
    area_id: int
    head_id: int | None
    residence: OpenRow | None
    is_new: bool = False
    since: date | None = None


class Line(Protocol):
    """A line of the batch, with the person it is about once known."""

    known: Known | None


class Group(Protocol):
    """Lines that stand for one household. ``tells``: the sheet says who belongs together."""

    number: str
    place: Place
    tells: bool

    @property
    def lines(self) -> Sequence[Line]:
        """The lines."""


class HouseholdDirectory:
    """Open households by number within a village, and by the persons who belong to them."""

    def __init__(self, areas: AreaDirectory) -> None:
        self._areas = areas
        self._by_id: dict[int, KnownHousehold] = {}
        self._by_number: dict[tuple[int | None, str], KnownHousehold] = {}
        self._taken: dict[int, int] = {}
        self._sizes: dict[int, int] = {}
        self.salts: dict[int, bytes] = {}

    def load(self, groups: Sequence[Group]) -> None:
        """Look up what the groups may be, in a few statements however many there are."""
        numbers = list({group.number for group in groups if group.number})
        for chunk in chunks(numbers):
            self._load(Household.objects.filter(number__in=chunk, valid_to=None))
        ids = {
            line.known.household.facts["household_id"]
            for group in groups
            for line in group.lines
            if line.known and line.known.household
        }
        for chunk in chunks(list(ids - self._by_id.keys())):
            self._load(Household.objects.filter(pk__in=chunk, valid_to=None))
        self._load_residences()
        self._choose(groups)

    def _load(self, households: "QuerySet[Household]") -> None:
        for own_id, number, area_id, head_id in households.values_list("pk", "number", "area_id", "head_id"):
            if self._areas.reaches(area_id):
                self.add(KnownHousehold(own_id, number, area_id, head_id, None))

    def _load_residences(self) -> None:
        for chunk in chunks(list(self._by_id)):
            rows = HouseholdResidence.objects.filter(household_id__in=chunk, valid_to=None)
            for household_id, own_id, since, area_id in rows.values_list(
                "household_id", "pk", "valid_from", "area_id"
            ):
                self._by_id[household_id].residence = OpenRow(own_id, since, {"area_id": area_id})

    def add(self, household: KnownHousehold) -> None:
        """Know a household, found or planned."""
        self._by_id[household.id] = household
        if household.number:
            self._by_number[self._key(household)] = household

    def changed(self, household: KnownHousehold, before: tuple[str, int]) -> None:
        """Know a household by another number or place; ``before`` are those it had."""
        number, area_id = before
        key = (self._village_id(area_id), number)
        if self._by_number.get(key) is household:
            del self._by_number[key]
        self.add(household)

    def get(self, own_id: int) -> KnownHousehold | None:
        """An open household within the actor's range that the batch has to do with."""
        return self._by_id.get(own_id)

    def _key(self, household: KnownHousehold) -> tuple[int | None, str]:
        return self._village_id(household.area_id), household.number

    def _village_id(self, area_id: int) -> int | None:
        village = self._areas.village_of(area_id)
        return village.id if village else None

    def find(self, group: Group) -> KnownHousehold | None:
        """The household a group is; None when it is a new one."""
        found = self._taken.get(id(group))
        return self._by_id[found] if found is not None else None

    def _choose(self, groups: Sequence[Group]) -> None:
        """Decide for all groups: by number within the village, else by the persons who belong to it.

        A household found by its persons counts only when the sheet gives no number, or the same one, or the
        whole household under another one; a part of it under a new number was split off. Two groups of one
        household: the one with its head, else with more of its persons, is it, and the other was split off.
        """
        numbers = {(self._village_id(group.place.id), group.number) for group in groups if group.number}
        taken: set[int] = set()
        open_groups: list[Group] = []
        for group in groups:
            found = self._by_number.get((self._village_id(group.place.id), group.number))
            if group.number and found:
                self._taken[id(group)] = found.id
                taken.add(found.id)
            elif any(line.known and line.known.household for line in group.lines):
                open_groups.append(group)
        self._count_members(open_groups)
        wanted: dict[int, list[tuple[bool, int, int, Group]]] = defaultdict(list)
        for order, group in enumerate(open_groups):
            household = self._of_persons(group, numbers)
            if household is None or (household.id in taken and group.tells):
                continue
            if not group.tells:
                self._taken[id(group)] = household.id
                continue
            persons = [line.known.id for line in group.lines if line.known]
            wanted[household.id].append((household.head_id in persons, len(persons), -order, group))
        for own_id, asking in wanted.items():
            self._taken[id(max(asking, key=lambda one: one[:3])[3])] = own_id

    def _count_members(self, groups: Sequence[Group]) -> None:
        """How many belong to the households whose number a sheet may have changed."""
        ids = {own_id for group in groups if group.number for own_id in _belongings(group)}
        for chunk in chunks(list(ids)):
            rows = HouseholdMembership.objects.filter(household_id__in=chunk, valid_to=None)
            self._sizes.update(rows.values_list("household_id").annotate(Count("pk")))

    def _of_persons(self, group: Group, numbers: set[tuple[int | None, str]]) -> KnownHousehold | None:
        for own_id, count in _belongings(group).most_common():
            household = self._by_id.get(own_id)
            if household is None:
                continue
            if not group.number or household.number in ("", group.number):
                return household
            if count == self._sizes.get(own_id) and self._key(household) not in numbers:
                return household
        return None

    def residents_elsewhere(
        self, household: KnownHousehold, listed: set[int]
    ) -> Iterator[tuple[int, int | None]]:
        """(person, area) of members of a household who are on no line and live elsewhere than it."""
        rows = HouseholdMembership.objects.filter(household_id=household.id, valid_to=None)
        for person_id, area_id, salt in rows.values_list("person_id", "person__area_id", "person__salt"):
            if person_id not in listed and area_id != household.area_id:
                self.salts[person_id] = bytes(salt or b"")
                yield person_id, area_id


def _belongings(group: Group) -> Counter[int]:
    return Counter(
        line.known.household.facts["household_id"]
        for line in group.lines
        if line.known and line.known.household
    )
