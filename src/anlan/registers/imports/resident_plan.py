"""Sheets of residents: one line a person, in households, in villages."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.changes import Change
from anlan.registers.imports import absence
from anlan.registers.imports.area_directory import AreaDirectory
from anlan.registers.imports.area_plan import write_new_areas
from anlan.registers.imports.batch import (
    areas_of,
    later_facts,
    people_of,
    require_fresh,
    require_nobody_added,
    require_permission,
)
from anlan.registers.imports.columns import RESIDENT_COLUMNS
from anlan.registers.imports.household_directory import KnownHousehold
from anlan.registers.imports.household_plan import HouseholdPlan
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.registers.imports.people import Known, People
from anlan.registers.imports.person_plan import ACCOUNT, PHONE, PersonPlan, coded, stated_facts, text
from anlan.registers.imports.resettlement_plan import ResettlementPlan
from anlan.registers.imports.resident_lines import HouseholdGroup, ResidentLine, Stated, gather
from anlan.registers.imports.restating import Restated, restate
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import HouseholdMembership
from anlan.registers.rules.households import LeaveReason
from anlan.registers.rules.resettlement import record_problems
from anlan.sheets.checks import check_against_id_number
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import SheetTable

PLACE_BLANK: dict[str, Any] = {"household_id": None, "relation": "", "end_reason": ""}
FACTS = ("household", "resettlement")


class _Residents:
    """Works out what the sheets of residents in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.tables = tables
        self.context = context
        self.areas: AreaDirectory = areas_of(context)
        self.people: People = people_of(context)
        self.book = RowBook(lines=sum(map(len, tables)))
        self.persons = PersonPlan(self.book, self.people)
        self.households = HouseholdPlan(self.book, self.areas, self._warn)
        self.resettlements = ResettlementPlan(self.book, self.people, context)
        self.places = self.book.table(
            HouseholdMembership, ("person_id", *PLACE_BLANK, "valid_from", "valid_to")
        )
        self.plans = [TablePlan(table) for table in tables]
        self.changes: list[Counter[str]] = [Counter() for _table in tables]
        self.days = [context.day_of(table) for table in tables]
        self.later = later_facts(context)
        self.today = context.today.strftime("%Y%m%d")

    def plan(self) -> Plan:
        """The plan of all tables."""
        require_permission(self.context, "registers.person_add", str(RESIDENTS.label))
        groups = gather(self.tables, self.areas, self.people)
        self._find_persons(groups)
        groups = [group for group in groups if group.lines]
        self.households.directory.load(groups)
        for group in groups:
            self._household(group)
        for plan, changes in zip(self.plans, self.changes, strict=True):
            for what, number in changes.items():
                plan.count("person", what, number)
        if changed := self.households.finish():
            self.plans[0].count("household", "changed", changed)
        inhabited = {group.place.id for group in groups}
        self.new_areas = [place for place in self.areas.take_new() if place.id in inhabited]
        if self.new_areas:
            self.plans[0].count("area", "added", len(self.new_areas))
        self.numbers = {group.number for group in groups if group.number}
        return Plan(
            tables=self.plans,
            write=self._write,
            prepare=self._prepare,
            confirm=self._confirm,
            absent=absence.absent_residents(self.areas, groups, self.households.listed),
            notes={"areas": [self.areas.full_name(place) for place in self.new_areas]},
        )

    def _find_persons(self, groups: Sequence[HouseholdGroup]) -> None:
        """Look everybody up; lines of persons outside the actor's range are refused."""
        people = self.people
        people.load([line.index for group in groups for line in group.lines] + list(people.said), FACTS)
        for group in groups:
            for line in group.lines:
                line.known = people.by_index.get(line.index)
                if line.known is not None and not line.known.is_new:
                    self.households.listed.add(line.known.id)
        self.households.listed |= {known.id for index in people.said if (known := people.get(index))}
        if not people.elsewhere:
            return
        for group in groups:
            for line in group.lines:
                if line.known and line.known.id in people.elsewhere:
                    name = line.stated.name
                    self.tables[line.table].refuse(
                        line.number,
                        "id_number",
                        "reference.unknown",
                        value=name,
                        what="人员",
                        says="person.elsewhere",
                    )
            group.lines = [
                line for line in group.lines if not (line.known and line.known.id in people.elsewhere)
            ]

    def _household(self, group: HouseholdGroup) -> None:
        """Write one household and its lines."""
        first = group.lines[0].table
        plan, day = self.plans[first], self.days[first]
        household = self.households.directory.find(group)
        if household is None:
            household = self.households.new(group, day)
            changed = False
        else:
            changed = self.households.restate(household, group, day)
        for line in group.lines:
            self._line(line, household, changed)
        self._check_moves(group)
        changed |= self.households.name_head(household, group)
        if household.is_new:
            self.households.write_new(household, next(self.persons.uids))
            plan.count("household", "added")
        elif changed:
            plan.count("household", "changed")

    def _line(self, line: ResidentLine, household: KnownHousehold, moved: bool) -> None:
        """Write one person and say what becomes of the line."""
        said, day = line.stated, self.days[line.table]
        facts = stated_facts(
            said.name, said.ethnic_group, said.education, said.marital_status, said.occupation, said.address
        )
        known = line.known
        is_new = known is None
        if known is None:
            facts["area_id"] = household.area_id
            known = line.known = self.persons.add(line.index, said.id_number, facts)
            changed = True
            self._begin(known, household, said, day)
            if said.id_number[6:14] > self.today:
                born = f"{said.id_number[6:10]}-{said.id_number[10:12]}-{said.id_number[12:14]}"
                self._warn(line, "id_number", "date.future", day=born)
        elif known.facts["died_on"]:
            line.belongs = False
            self._warn(line, "id_number", "register.dead", day=known.facts["died_on"].isoformat())
            changed = False
        else:
            changed = self._change(line, known, facts, household, day)
        if line.belongs or not known.facts["died_on"]:
            changed |= self._contacts(known, said, line.table, day)
        self.book.close(("person", known.id), known.salt)
        if changed:
            self.changes[line.table]["added" if is_new else "changed"] += 1
        outcome = ADDED if is_new else CHANGED if changed or moved else UNCHANGED
        self.plans[line.table].outcomes[line.number] = outcome

    def _contacts(self, known: Known, said: Stated, table: int, day: date) -> bool:
        changed = False
        if said.phone is not None:
            changed = self.persons.state_contacts(
                known, PHONE, said.phone, self.tables[table].file[:120], day
            )
        if said.bank_account is not None:
            bank, source = text(said.bank_name) or "", self.tables[table].file[:120]
            changed |= self.persons.state_contacts(known, ACCOUNT, said.bank_account, source, day, bank)
        return changed

    def _begin(self, known: Known, household: KnownHousehold, said: Stated, day: date) -> None:
        """Household and resettlement of a person the register did not have: rows without a before."""
        _row, noted = self.places.add(known.id, household.id, coded(said.relation) or "", "", iso(day), None)
        self.book.note(("person", known.id), noted)
        if not household.is_new:
            self.households.joined(household)
        self.resettlements.begin(known, said, day)

    def _change(
        self, line: ResidentLine, known: Known, facts: dict[str, Any], household: KnownHousehold, day: date
    ) -> bool:
        """Bring a person of the register to what a line states; gives whether any differs."""
        belongs = self._belong(line, known, household, day)
        if line.belongs:
            facts["area_id"] = household.area_id
        later = self.later.get(line.stated.id_number) if self.later else None
        changed = self.persons.change(known, facts, later)
        settled = self.resettlements.restate(known, line.stated, day)
        if settled is Restated.NEWER and known.resettlement is not None:
            self._warn(
                line, "moved_on", "register.newer", what="resettlement", since=known.resettlement.valid_from
            )
        return changed or Restated.CHANGED in (belongs, settled)

    def _belong(self, line: ResidentLine, known: Known, household: KnownHousehold, day: date) -> Restated:
        """Let a person belong to the household of the line from a day on."""
        relation = coded(line.stated.relation)
        now = known.household.facts if known.household else PLACE_BLANK
        if now["household_id"] == household.id and relation in (None, now["relation"]):
            return Restated.SAME
        stated: dict[str, Any] = {"household_id": household.id}
        if relation is not None:
            stated["relation"] = relation
        before = now["household_id"]
        goes = before != household.id
        if goes and relation is None:
            # What somebody was to another head says nothing about this one.
            stated["relation"] = ""
        reason = LeaveReason.SPLIT if household.is_new else LeaveReason.MOVE
        ended = self.people.ended.get(("household", known.id))
        known.household, done = restate(
            self.book,
            self.places,
            known,
            known.household,
            stated,
            PLACE_BLANK,
            day,
            ended=ended,
            reason=reason.value if goes else "",
        )
        if done is Restated.NEWER:
            line.belongs = not goes
            since = known.household.valid_from if known.household else ended
            self._warn(line, "relation", "register.newer", what="household", since=since)
        elif done is Restated.CHANGED:
            self.book.note(("household", household.id))
            if goes and before is not None:
                self.households.left(known.id, before, day)
            if goes and not household.is_new:
                self.households.joined(household)
        return done

    def _check_moves(self, group: HouseholdGroup) -> None:
        """Days of moving that are still to come.

        One before the person was born is no contradiction: descendants carry the day of their household's
        move in every register, long after those who moved are dead.
        """
        for line in group.lines:
            moved = line.stated.moved_on
            if moved and moved.date > self.context.today:
                for problem in record_problems(moved_on=moved.date, birth=None, today=self.context.today):
                    self._warn(line, "moved_on", problem.code, **problem.params)

    def _warn(self, line: ResidentLine, field: str, code: str, **params: Any) -> None:
        if code == "register.newer":
            params = {"what": str(FACT_WORDS[params["what"]]), "day": params["since"].isoformat()}
        self.tables[line.table].warn(line.number, field, code, **params)

    def _prepare(self) -> None:
        self.persons.seal(self.people.salts() | self.households.directory.salts)

    def _write(self, change: Change) -> None:
        self._confirm()
        write_new_areas(change, self.new_areas, min(self.days))
        self.book.write(change)

    def _confirm(self) -> None:
        require_fresh(self.context, self.book.records())
        require_nobody_added(self.context, self.people, self.numbers)


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
    checks=(check_against_id_number, clip_long_texts),
)
