"""Sheets of residents: one line a person, in households, in villages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from anlan.kernel import codes
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem
from anlan.registers.imports import absence
from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.area_plan import write_new_areas
from anlan.registers.imports.batch import areas_of, people_of, require_fresh
from anlan.registers.imports.columns import RESIDENT_COLUMNS
from anlan.registers.imports.household_directory import HouseholdDirectory, KnownHousehold
from anlan.registers.imports.people import Known, OpenRow, People, index_of
from anlan.registers.imports.person_plan import (
    ACCOUNT,
    PHONE,
    PersonPlan,
    coded,
    dated,
    restate,
    stated_facts,
    text,
)
from anlan.registers.imports.programmes import programme_on
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import (
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Person,
    ResettlementRecord,
)
from anlan.sheets.checks import check_against_id_number
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

MEMBERSHIP_BLANK = {"household_id": None, "relation": "", "end_reason": ""}
RESETTLEMENT_BLANK = {
    "register_number": "",
    "from_place": "",
    "moved_on": None,
    "moved_precision": "",
    "mode": "",
    "support_mode": "",
    "programme_id": None,
    "end_reason": "",
}


class _Stated(NamedTuple):
    """What one line says, as the engine read it; the fields are columns of the sheet."""

    id_number: str
    name: Any
    relation: Any
    ethnic_group: Any
    education: Any
    marital_status: Any
    occupation: Any
    address: Any
    phone: Any
    bank_account: Any
    bank_name: Any
    moved_on: Any
    register_number: Any
    from_place: Any
    resettlement_mode: Any
    support_mode: Any


@dataclass(slots=True)
class _Line:
    """One live line with what is needed to write it."""

    number: int
    place: Place
    index: bytes
    stated: _Stated
    known: Known | None = None


@dataclass(slots=True)
class _Group:
    """The live lines of one household in the batch."""

    table: int
    number: str
    head_name: str
    lines: list[_Line] = field(default_factory=list)


class _Residents:
    """Works out what the sheets of residents in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.tables = tables
        self.context = context
        self.areas: AreaDirectory = areas_of(context)
        self.people: People = people_of(context)
        self.book = RowBook(lines=sum(map(len, tables)))
        self.persons = PersonPlan(self.book, self.people)
        self.households = HouseholdDirectory(self.areas)
        self.household_rows = self.book.table(
            Household, ("uid", "number", "area_id", "head_id", "valid_from", "valid_to"), ("uid",)
        )
        self.residence_rows = self.book.table(
            HouseholdResidence, ("household_id", "area_id", "valid_from", "valid_to")
        )
        self.membership_rows = self.book.table(
            HouseholdMembership, ("person_id", *MEMBERSHIP_BLANK, "valid_from", "valid_to")
        )
        self.resettlement_rows = self.book.table(
            ResettlementRecord, ("person_id", *RESETTLEMENT_BLANK, "valid_from", "valid_to")
        )
        self.plans = [TablePlan(table) for table in tables]
        self.changes: Counter[str] = Counter()
        self.days = [context.day_of(table) for table in tables]

    def plan(self) -> Plan:
        """The plan of all tables."""
        groups: dict[Any, _Group] = {}
        for number, table in enumerate(self.tables):
            self._gather(number, table, groups)
        self.people.load([line.index for group in groups.values() for line in group.lines])
        for group in groups.values():
            for line in group.lines:
                line.known = self.people.get(line.index)
        self.households.load(list(groups.values()))
        for group in groups.values():
            self._household(group)
        self.new_areas = self.areas.take_new()
        for place in self.new_areas:
            self.plans[0].count("area", "added")
        return Plan(
            tables=self.plans,
            write=self._write,
            prepare=self._prepare,
            absent=absence.absent_residents(self.areas, groups.values(), self.people),
            notes={"areas": [self.areas.full_name(place) for place in self.new_areas]},
        )

    def _gather(self, number: int, table: SheetTable, groups: dict[Any, _Group]) -> None:
        """Find each line's place and put it into its household."""
        column, households = table.column, table.households
        stated = list(map(_Stated._make, zip(*map(column, _Stated._fields), strict=True)))
        places = zip(column("township"), column("village"), column("group"), column("place"), strict=True)
        numbers, heads = column("household_number"), column("head_name")
        live = set(table.live_lines())
        for line, (township, village, group, path) in enumerate(places):
            place = self._place(township, village, group, path)
            if line not in live:
                self._remember(stated[line].id_number, place)
                continue
            if isinstance(place, Problem):
                table.refuse(line, place.field or "village", place.code, **place.params)
                continue
            own_number = numbers[line] or ""
            village_id = place.parent_id if place.kind == "group" else place.id
            key = (
                (village_id, own_number) if own_number else (number, households[line] if households else line)
            )
            found = groups.get(key)
            if found is None:
                found = groups[key] = _Group(number, own_number, heads[line] or "")
            found.lines.append(_Line(line, place, index_of(stated[line].id_number), stated[line]))

    def _remember(self, id_number: str | None, place: Place | Problem) -> None:
        """A refused line still tells where the bearer of a valid id number lives."""
        if id_number and isinstance(place, Place):
            self.people.said[index_of(id_number)] = place.id

    def _place(self, township: Any, village: Any, group: Any, path: Any) -> Place | Problem:
        if path and path is not NOTHING:
            township, village, group = (
                township or path.township,
                village or path.village,
                group or path.group,
            )
        return self.areas.find(township=township or None, village=village or None, group=group or None)

    def _household(self, group: _Group) -> None:
        """Write one household and its lines."""
        self.changes.clear()
        table, plan = self.tables[group.table], self.plans[group.table]
        day = self.days[group.table]
        place = group.lines[0].place
        household = self.households.find(group.number, place, [line.known for line in group.lines])
        is_new = household is None
        if household is None:
            household = self._new_household(group.number, place, day)
        moved = not is_new and self._settle(household, place, day)
        head_before = household.head_id
        for line in group.lines:
            known = self._line(table, plan, line, household, moved, day)
            if _is_head(line.stated.relation, group.head_name, line.stated.name):
                household.head_id = known.id
        self._head(household, head_before, is_new)
        for what, number in self.changes.items():
            plan.count("person", what, number)
        if is_new:
            plan.count("household", "added")
        elif moved or household.head_id != head_before:
            plan.count("household", "changed")

    def _line(
        self,
        table: SheetTable,
        plan: TablePlan,
        line: _Line,
        household: KnownHousehold,
        moved: bool,
        day: date,
    ) -> Known:
        """Write one person and say what becomes of the line."""
        said = line.stated
        facts = stated_facts(
            said.name, said.ethnic_group, said.education, said.marital_status, said.occupation, said.address
        )
        facts["area_id"] = household.area_id
        known = line.known
        is_new = known is None
        if known is None:
            known = line.known = self.persons.add(line.index, said.id_number, facts)
            changed = True
            self._settle_new(known, household, said, day)
        else:
            changed = self.persons.change(known, facts)
            changed |= self._belong(known, household, said.relation, day)
            changed |= self._resettle(known, said, day)
        if said.phone:
            changed |= self.persons.add_contacts(known, PHONE, said.phone, table.file, day)
        if said.bank_account:
            bank = text(said.bank_name) or ""
            changed |= self.persons.add_contacts(known, ACCOUNT, said.bank_account, table.file, day, bank)
        self.book.close(("person", known.id), known.salt)
        if changed:
            self.changes["added" if is_new else "changed"] += 1
        plan.outcomes[line.number] = ADDED if is_new else CHANGED if changed or moved else UNCHANGED
        return known

    def _settle_new(self, known: Known, household: KnownHousehold, said: _Stated, day: date) -> None:
        """Household and resettlement of a person the register did not have: rows without a before."""
        record, since = ("person", known.id), iso(day)
        _, noted = self.membership_rows.add(
            known.id, household.id, coded(said.relation) or "", "", since, None
        )
        self.book.note(record, noted)
        stated = self._stated_resettlement(said)
        if stated:
            if stated.get("support_mode"):
                stated["programme_id"] = programme_on(self.context, stated.get("moved_on"), day)
            moved_on = stated.get("moved_on")
            if moved_on is not None:
                stated["moved_on"] = iso(moved_on)
            _, noted = self.resettlement_rows.add(
                known.id, *{**RESETTLEMENT_BLANK, **stated}.values(), since, None
            )
            self.book.note(record, noted)

    def _belong(self, known: Known, household: KnownHousehold, relation: Any, day: date) -> bool:
        stated: dict[str, Any] = {"household_id": household.id}
        if relation is not None:
            stated["relation"] = coded(relation)
        known.household, changed = restate(
            self.book, self.membership_rows, known, known.household, stated, MEMBERSHIP_BLANK, day
        )
        if changed:
            self.book.note(("household", household.id))
        return changed

    def _stated_resettlement(self, said: _Stated) -> dict[str, Any]:
        stated = dated("moved_on", "moved_precision", said.moved_on)
        if said.register_number is not None:
            stated["register_number"] = text(said.register_number)
        if said.from_place is not None:
            stated["from_place"] = text(said.from_place)
        if said.resettlement_mode is not None:
            stated["mode"] = coded(said.resettlement_mode)
        if said.support_mode is not None:
            stated["support_mode"] = coded(said.support_mode)
        return stated

    def _resettle(self, known: Known, said: _Stated, day: date) -> bool:
        stated = self._stated_resettlement(said)
        if not stated:
            return False
        if stated.get("support_mode") and known.resettlement is None:
            stated["programme_id"] = programme_on(self.context, stated.get("moved_on"), day)
        known.resettlement, changed = restate(
            self.book, self.resettlement_rows, known, known.resettlement, stated, RESETTLEMENT_BLANK, day
        )
        return changed

    def _new_household(self, number: str, place: Place, day: date) -> KnownHousehold:
        own_id = self.household_rows.ids.next()
        _row, noted = self.residence_rows.add(own_id, place.id, iso(day), None)
        self.book.note(("household", own_id), noted)
        residence = OpenRow(_row, day, {"area_id": place.id}, is_new=True)
        household = KnownHousehold(own_id, number, place.id, None, residence, is_new=True, since=day)
        self.households.add(household)
        return household

    def _settle(self, household: KnownHousehold, place: Place, day: date) -> bool:
        """Move a household whose sheet says it lives elsewhere now."""
        residence = household.residence
        if household.area_id == place.id or (residence and day < residence.valid_from):
            return False
        record = ("household", household.id)
        old, new = {"area_id": household.area_id}, {"area_id": place.id}
        if residence and residence.valid_from == day:
            self.book.update(record, HouseholdResidence, residence.id, old, new)
        else:
            if residence:
                self.book.update(
                    record, HouseholdResidence, residence.id, {"valid_to": None}, {"valid_to": iso(day)}
                )
            own_id, noted = self.residence_rows.add(household.id, place.id, iso(day), None)
            self.book.note(record, noted)
            household.residence = OpenRow(own_id, day, dict(new), is_new=True)
        self.book.update(record, Household, household.id, old, new)
        household.area_id = place.id
        self._bring_along(household)
        return True

    def _bring_along(self, household: KnownHousehold) -> None:
        """Persons of a moved household who are on no line of the batch live in the new place too."""
        for person_id, area_id in self.households.residents_elsewhere(household, self.people):
            self.book.update(
                ("person", person_id), Person, person_id, {"area_id": area_id}, {"area_id": household.area_id}
            )

    def _head(self, household: KnownHousehold, before: int | None, is_new: bool) -> None:
        record = ("household", household.id)
        if is_new:
            noted = self.household_rows.add_with_id(
                household.id,
                self.persons.uid(),
                household.number,
                household.area_id,
                household.head_id,
                iso(household.since),
                None,
            )
            self.book.note(record, noted)
        elif household.head_id != before:
            self.book.update(
                record, Household, household.id, {"head_id": before}, {"head_id": household.head_id}
            )

    def _prepare(self) -> None:
        salts = {known.id: known.salt for known in self.people.by_index.values()}
        salts |= self.households.salts
        self.persons.seal(salts)

    def _write(self, change: Change) -> None:
        require_fresh(self.context, self.book.records())
        write_new_areas(change, self.new_areas, min(self.days))
        self.book.write(change)


def _is_head(relation: Any, head_name: str, name: str) -> bool:
    if relation is None or relation is NOTHING:
        return bool(head_name) and head_name == name
    return relation.code in codes.HEADS


def plan_residents(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of residents change; nothing is written before ``Plan.write``."""
    return _Residents(tables, context).plan()


RESIDENTS = SheetKind(
    code="residents",
    label=_("移民人口"),
    order=30,
    columns=RESIDENT_COLUMNS,
    needs=("name", "id_number"),
    identity=("id_number",),
    plan=plan_residents,
    stand_ins={"name": "head_name"},
    title_words=("移民人口", "移民户", "移民登记", "移民花名册", "人口登记", "人口花名册"),
    checks=(check_against_id_number,),
)
