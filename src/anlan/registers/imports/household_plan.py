"""What the lines of a batch do to households: new ones, moves, numbers, heads, and those somebody left."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from anlan.kernel import codes
from anlan.registers.imports.area_directory import AreaDirectory
from anlan.registers.imports.household_directory import HouseholdDirectory, KnownHousehold
from anlan.registers.imports.people import OpenRow, chunks
from anlan.registers.imports.resident_lines import HouseholdGroup, ResidentLine
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import Household, HouseholdMembership, HouseholdResidence, Person
from anlan.sheets.lines import NOTHING

Warn = Callable[..., None]
"""Says something about a line: the line, the field, the code, the parameters."""


class HouseholdPlan:
    """Collects what happens to households in one batch."""

    def __init__(self, book: RowBook, areas: AreaDirectory, warn: Warn) -> None:
        self.directory = HouseholdDirectory(areas)
        self.listed: set[int] = set()
        """The persons of the register who are on a line of the batch."""
        self._areas = areas
        self._book = book
        self._warn = warn
        self._left: dict[int, set[int]] = defaultdict(set)
        self._left_on: dict[int, date] = {}
        self._joined: dict[int, int] = defaultdict(int)
        self._rows = book.table(
            Household, ("uid", "number", "area_id", "head_id", "valid_from", "valid_to"), ("uid",)
        )
        self._residences = book.table(
            HouseholdResidence, ("household_id", "area_id", "valid_from", "valid_to")
        )

    def new(self, group: HouseholdGroup, day: date) -> KnownHousehold:
        """A household the register does not have; ``finish`` writes it, once its head is known."""
        own_id = next(self._rows.ids)
        row_id, noted = self._residences.add(own_id, group.place.id, iso(day), None)
        self._book.note(("household", own_id), noted)
        residence = OpenRow(row_id, day, {"area_id": group.place.id}, is_new=True)
        household = KnownHousehold(
            own_id, group.number, group.place.id, None, residence, is_new=True, since=day
        )
        self.directory.add(household)
        return household

    def restate(self, household: KnownHousehold, group: HouseholdGroup, day: date) -> bool:
        """Bring number and place of a stored household to what its lines say; whether any differs."""
        before = household.number, household.area_id
        if group.number and household.number != group.number:
            household.number = group.number
            old, new = {"number": before[0]}, {"number": group.number}
            self._book.update(("household", household.id), Household, household.id, old, new)
        if self._lives_elsewhere(household, group):
            self._move(household, group, day)
        if before == (household.number, household.area_id):
            return False
        self.directory.changed(household, before)
        return True

    def _lives_elsewhere(self, household: KnownHousehold, group: HouseholdGroup) -> bool:
        """A sheet that names only the village says nothing about the group within it."""
        here, stated = self._areas.by_id[household.area_id], group.place
        if here.id == stated.id:
            return False
        return group.place_is_whole or not here.path.startswith(stated.path)

    def _move(self, household: KnownHousehold, group: HouseholdGroup, day: date) -> None:
        record, residence = ("household", household.id), household.residence
        old, new = {"area_id": household.area_id}, {"area_id": group.place.id}
        if residence and day < residence.valid_from:
            since = residence.valid_from
            self._warn(group.lines[0], "village", "register.newer", what="residence", since=since)
            return
        if residence and residence.valid_from == day:
            self._book.update(record, HouseholdResidence, residence.id, old, new)
        else:
            if residence:
                ends = {"valid_to": iso(day)}
                self._book.update(record, HouseholdResidence, residence.id, {"valid_to": None}, ends)
            row_id, noted = self._residences.add(household.id, group.place.id, iso(day), None)
            self._book.note(record, noted)
            household.residence = OpenRow(row_id, day, dict(new), is_new=True)
        self._book.update(record, Household, household.id, old, new)
        household.area_id = group.place.id
        for person_id, area_id in self.directory.residents_elsewhere(household, self.listed):
            # Those of the household who are on no line live in the new place too.
            self._book.update(("person", person_id), Person, person_id, {"area_id": area_id}, new)

    def left(self, person_id: int, household_id: int, day: date) -> None:
        """Somebody of the batch belongs to this household no longer, from a day on."""
        self._left[household_id].add(person_id)
        self._left_on[household_id] = max(day, self._left_on.get(household_id, day))
        self._book.note(("household", household_id))

    def joined(self, household: KnownHousehold) -> None:
        """Somebody of the batch belongs to this household from now on."""
        self._joined[household.id] += 1
        self._book.note(("household", household.id))

    def name_head(self, household: KnownHousehold, group: HouseholdGroup) -> bool:
        """Decide who the head is by what the lines say; gives whether that changes a stored row.

        The first head of the sheet, unless the head known is one of them. A head whose line now says
        something else is none any more.
        """
        before = household.head_id
        named = {
            line.known.id: line
            for line in group.lines
            if line.known
            and line.belongs
            and is_head(line.stated.relation, group.head_name, line.stated.name)
        }
        if named:
            first = before if before in named else next(iter(named))
            household.head_id = first
            for person_id, line in named.items():
                if person_id != first:
                    self._warn(line, "relation", "household.heads", others=named[first].stated.name)
        elif before in {line.known.id for line in group.lines if line.known and states_relation(line)}:
            household.head_id = None
        if household.is_new:
            return False
        if household.head_id == before:
            return False
        if before is not None and household.head_id is not None and before not in self.listed:
            self._warn(named[household.head_id], "relation", "household.head_replaced")
        self._set_head(household, before)
        return True

    def write_new(self, household: KnownHousehold, uid: Any) -> None:
        """The row of a new household, whose head is decided."""
        noted = self._rows.add_with_id(
            household.id,
            uid,
            household.number,
            household.area_id,
            household.head_id,
            iso(household.since),
            None,
        )
        self._book.note(("household", household.id), noted)

    def _set_head(self, household: KnownHousehold, before: int | None) -> None:
        old, new = {"head_id": before}, {"head_id": household.head_id}
        self._book.update(("household", household.id), Household, household.id, old, new)

    def finish(self) -> int:
        """What leaving does to the households left: no head where the head went, an end where nobody stayed.

        Gives how many households that changes.
        """
        members: dict[int, int] = defaultdict(int)
        left = list(self._left)
        for chunk in chunks(left):
            rows = HouseholdMembership.objects.filter(household_id__in=chunk, valid_to=None)
            for household_id in rows.values_list("household_id", flat=True):
                members[household_id] += 1
        changed = 0
        for own_id in left:
            household = self.directory.get(own_id)
            if household is None:
                continue
            gone = self._left[own_id]
            if members[own_id] + self._joined[own_id] == len(gone):
                self._end(household, self._left_on[own_id])
                changed += 1
            elif household.head_id in gone:
                before, household.head_id = household.head_id, None
                self._set_head(household, before)
                changed += 1
        return changed

    def _end(self, household: KnownHousehold, day: date) -> None:
        record = ("household", household.id)
        old: dict[str, Any] = {"valid_to": None}
        new: dict[str, Any] = {"valid_to": iso(day)}
        if household.residence:
            self._book.update(record, HouseholdResidence, household.residence.id, dict(old), dict(new))
        if household.head_id is not None:
            old["head_id"], new["head_id"] = household.head_id, None
        self._book.update(record, Household, household.id, old, new)


def is_head(relation: Any, head_name: str, name: str) -> bool:
    """Whether a line is the head of its household: by its relation, else by bearing the head's name."""
    if relation is None or relation is NOTHING:
        return bool(head_name) and head_name == name
    return relation.code in codes.HEADS


def states_relation(line: ResidentLine) -> bool:
    """Whether a line says how the person is related to the head."""
    return line.stated.relation is not None and line.stated.relation is not NOTHING


__all__ = ["HouseholdPlan", "is_head"]
