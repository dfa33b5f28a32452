"""Sheets of members: one line a membership."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import database_uuid
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.registers.imports import absence
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import areas_of, organizations_of, people_of, require_fresh
from anlan.registers.imports.columns import MEMBER_COLUMNS
from anlan.registers.imports.noting import Added
from anlan.registers.imports.organization_directory import KnownOrganization
from anlan.registers.imports.people import Known, OpenRow, index_of
from anlan.registers.imports.person_plan import PHONE, PersonPlan, coded, dated, restate, stated_facts, text
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import FloatingSpell, Membership
from anlan.sheets.checks import check_against_id_number
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

FULL, PROBATIONARY = "full", "probationary"
MEMBERSHIP_BLANK = {
    "organization_id": None,
    "stage": "",
    "standing": "",
    "joined_on": None,
    "joined_precision": "",
    "full_member_on": None,
    "full_member_precision": "",
    "post": "",
    "is_resettler": None,
    "end_reason": "",
}
FLOATING_BLANK = {"destination": "", "since": None, "since_precision": ""}


class _MembershipRows:
    """New memberships: like any table, with a public identifier in front."""

    def __init__(self, book: RowBook) -> None:
        self.model = Membership
        self._table = book.table(
            Membership, ("uid", "person_id", *MEMBERSHIP_BLANK, "valid_from", "valid_to"), ("uid",)
        )

    def add(self, *values: Any) -> tuple[int, Added]:
        """A new row; gives its id and how the record of changes notes it."""
        return self._table.add(database_uuid(new_uid()), *values)


class _Members:
    """Works out what the sheets of members in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.people = people_of(context)
        self.organizations = organizations_of(context)
        self.book = RowBook(lines=sum(map(len, tables)))
        self.persons = PersonPlan(self.book, self.people)
        self.memberships = _MembershipRows(self.book)
        self.spells = self.book.table(FloatingSpell, ("person_id", *FLOATING_BLANK, "valid_from", "valid_to"))
        self.plans = [TablePlan(table) for table in tables]
        self.listed: set[int] = set()
        self.branches: set[int] = set()

    def plan(self) -> Plan:
        """The plan of all tables."""
        for plan in self.plans:
            table = plan.table
            ids = table.column("id_number")
            indexes = {n: index_of(ids[n]) for n in table.live_lines()}
            self.people.load(list(indexes.values()))
            for n, index in indexes.items():
                self._line(plan, n, index, ids[n])
        return Plan(
            tables=self.plans,
            write=self._write,
            prepare=self._prepare,
            absent=absence.absent_members(self.branches, self.listed),
        )

    def _line(self, plan: TablePlan, n: int, index: bytes, id_number: str) -> None:
        table = plan.table
        day = self.context.day_of(table)
        known = self.people.get(index)
        place = self._place(table, n)
        branch = self._branch(table, n, index, place)
        if isinstance(branch, Problem):
            table.refuse(n, "branch", branch.code, **branch.params)
            return
        column = table.column
        facts = stated_facts(
            column("name")[n],
            column("ethnic_group")[n],
            column("education")[n],
            column("marital_status")[n],
            column("occupation")[n],
            column("address")[n],
        )
        changed = False
        if known is None:
            facts["area_id"] = place.id if place else None
            known = self.persons.add(index, id_number, facts)
            plan.count("person", "added")
        elif self.persons.change(known, facts):
            changed = True
            plan.count("person", "changed")
        is_new = known.membership is None
        changed |= self._belong(table, n, known, branch, day)
        changed |= self._float(table, n, known, day)
        changed |= self.persons.add_contacts(known, PHONE, column("phone")[n], table.file, day)
        self.listed.add(known.id)
        self.branches.add(branch.id)
        if is_new or changed:
            plan.count("membership", "added" if is_new else "changed")
        plan.outcomes[n] = ADDED if is_new else CHANGED if changed else UNCHANGED

    def _branch(
        self, table: SheetTable, n: int, index: bytes, place: Place | None
    ) -> KnownOrganization | Problem:
        name = table.column("branch")[n]
        if not name or name is NOTHING:
            return Problem("reference.unknown", "branch", {"value": "", "what": "党组织"})
        return self.organizations.find(name, areas=tuple(self._evidence(table, index, place)))

    def _evidence(self, table: SheetTable, index: bytes, place: Place | None) -> Iterator[Place]:
        """Where the branch should lie: the line's own place, where the person is registered, the sheet's title."""
        if place:
            yield self.areas.village_of(place.id) or place
        known = self.people.get(index)
        area_id = known.facts["area_id"] if known else self.people.said.get(index)
        if area_id:
            village = self.areas.village_of(area_id)
            if village:
                yield village
                if village.parent_id in self.areas.by_id:
                    yield self.areas.by_id[village.parent_id]
        around = table.evidence
        if around.township or around.village:
            found = self.areas.find(township=around.township or None, village=around.village or None)
            if isinstance(found, Place):
                yield found

    def _place(self, table: SheetTable, n: int) -> Place | None:
        township, village, group, path = (
            table.column(name)[n] for name in ("township", "village", "group", "place")
        )
        if path and path is not NOTHING:
            township, village, group = (
                township or path.township,
                village or path.village,
                group or path.group,
            )
        if not (township or village):
            return None
        found = self.areas.find(township=township or None, village=village or None)
        return found if isinstance(found, Place) else None

    def _belong(self, table: SheetTable, n: int, known: Known, branch: KnownOrganization, day: date) -> bool:
        column = table.column
        stated: dict[str, Any] = {"organization_id": branch.id}
        stated |= dated("joined_on", "joined_precision", column("joined_on")[n])
        stated |= dated("full_member_on", "full_member_precision", column("full_member_on")[n])
        if column("is_resettler")[n] in (True, False):
            stated["is_resettler"] = column("is_resettler")[n]
        for name, value in (("stage", coded(column("stage")[n])), ("standing", coded(column("standing")[n]))):
            if value:
                stated[name] = value
        if column("post")[n] is not None:
            stated["post"] = text(column("post")[n])
        if "stage" not in stated and known.membership is None:
            stated["stage"] = self._stage(stated, table, day)
        known.membership, changed = restate(
            self.book, self.memberships, known, known.membership, stated, MEMBERSHIP_BLANK, day
        )
        if changed:
            self.book.note(("organization", branch.id))
        return changed

    def _stage(self, stated: dict[str, Any], table: SheetTable, day: date) -> str:
        """The stage of a line that does not name it: probationary when its conversion is left blank or to come."""
        converted = stated.get("full_member_on")
        if converted is not None:
            return FULL if converted <= day else PROBATIONARY
        return PROBATIONARY if "full_member_on" in table.columns and stated.get("joined_on") else FULL

    def _float(self, table: SheetTable, n: int, known: Known, day: date) -> bool:
        column = table.column
        floats, to = column("is_floating")[n], column("floating_to")[n]
        if floats is None and not to:
            return False
        if floats in (False, NOTHING):
            return self._end_spell(known, day)
        stated = dated("since", "since_precision", column("floating_since")[n])
        stated["destination"] = text(to) or ""
        known.floating, changed = restate(
            self.book, self.spells, known, known.floating, stated, FLOATING_BLANK, day
        )
        return changed

    def _end_spell(self, known: Known, day: date) -> bool:
        spell: OpenRow | None = known.floating
        if spell is None or day <= spell.valid_from:
            return False
        self.book.update(
            ("person", known.id), FloatingSpell, spell.id, {"valid_to": None}, {"valid_to": iso(day)}
        )
        known.floating = None
        return True

    def _prepare(self) -> None:
        self.persons.seal({known.id: known.salt for known in self.people.by_index.values()})

    def _write(self, change: Change) -> None:
        require_fresh(self.context, self.book.records())
        self.book.write(change)


def plan_members(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of members change; nothing is written before ``Plan.write``."""
    return _Members(tables, context).plan()


MEMBERS = SheetKind(
    code="members",
    label=_("党员"),
    order=40,
    columns=MEMBER_COLUMNS,
    needs=("name", "id_number"),
    identity=("id_number",),
    plan=plan_members,
    title_words=("党员花名册", "党员名册", "党员信息", "党员登记", "党员名单", "党员基本信息"),
    checks=(check_against_id_number,),
)
