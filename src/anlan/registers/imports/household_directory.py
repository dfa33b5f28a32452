"""Which household of the register a group of lines is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import Known, OpenRow, People, chunks
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
    """Lines that stand for one household."""

    number: str

    @property
    def lines(self) -> Sequence[Line]:
        """The lines."""


class HouseholdDirectory:
    """Open households by number within a village, and by the persons who belong to them."""

    def __init__(self, areas: AreaDirectory) -> None:
        self._areas = areas
        self._by_id: dict[int, KnownHousehold] = {}
        self._by_number: dict[tuple[int | None, str], KnownHousehold] = {}
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

    def _load(self, households: object) -> None:
        for own_id, number, area_id, head_id in households.values_list("pk", "number", "area_id", "head_id"):  # type: ignore[attr-defined]
            if area_id in self._areas.by_id:
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
            self._by_number[self._village_id(household.area_id), household.number] = household

    def find(self, number: str, place: Place, persons: Sequence[Known | None]) -> KnownHousehold | None:
        """The household with this number in the place's village; else the one most of the persons belong to.

        A household found by its persons counts only when the sheet gives no number or the same one: a new
        number is a new household (a family that was split).
        """
        if number:
            found = self._by_number.get((self._village_id(place.id), number))
            if found:
                return found
        belongs = Counter(p.household.facts["household_id"] for p in persons if p and p.household)
        for household_id, _ in belongs.most_common():
            household = self._by_id.get(household_id)
            if household and (not number or household.number in ("", number)):
                return household
        return None

    def _village_id(self, area_id: int) -> int | None:
        village = self._areas.village_of(area_id)
        return village.id if village else None

    def residents_elsewhere(
        self, household: KnownHousehold, people: People
    ) -> Iterator[tuple[int, int | None]]:
        """(person, area) of members of a household, not yet known to the batch, who live elsewhere than it."""
        known = {person.id for person in people.by_index.values()}
        rows = HouseholdMembership.objects.filter(household_id=household.id, valid_to=None)
        for person_id, area_id, salt in rows.values_list("person_id", "person__area_id", "person__salt"):
            if person_id not in known and area_id != household.area_id:
                self.salts[person_id] = bytes(salt or b"")
                yield person_id, area_id
