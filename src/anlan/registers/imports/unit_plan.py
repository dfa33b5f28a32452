"""Sheets of units to be covered: one line a unit, with who covers it and how many work there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import database_uuid
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.paths import path_ids
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.registers.derive import name_columns
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import areas_of, organizations_of, require_fresh, require_permission
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.registers.imports.person_plan import coded, text
from anlan.registers.imports.placing import place_field, place_of_line
from anlan.registers.imports.restating import plain_value, plain_values
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.imports.unit_columns import UNIT_COLUMNS
from anlan.registers.imports.unit_covers import CoverPlan, sealed_phone
from anlan.registers.imports.unit_directory import COUNTS, FACTS, KnownUnit, OpenRow, UnitDirectory
from anlan.registers.models import Unit, UnitHeadcount, UnitVersion
from anlan.registers.rules.units import (
    Headcount,
    credit_code_problems,
    headcount_problems,
    tidy_credit_code,
    work_problems,
)
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import NOTHING, SheetTable

VERSION_FACTS = ("name", "kind", "area_id")
_PHONE = ("phone", "phone_index", "phone_tail")
_BLANK: dict[str, Any] = {**dict.fromkeys(FACTS, ""), "work_starts_on": None, "work_ends_on": None}
TOUCHED = ("area", "organization", "unit")


class _Units:
    """Works out what the sheets of units in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.units = UnitDirectory(self.areas)
        self.plans = [TablePlan(table) for table in tables]
        self.book = RowBook()
        self.rows = self.book.table(
            Unit,
            ("uid", "pinyin", "initials", *FACTS, *_PHONE, "valid_from", "valid_to"),
            ("uid", "pinyin", "initials", "phone_index", "phone_tail"),
        )
        self.versions = self.book.table(UnitVersion, ("unit_id", *VERSION_FACTS, "valid_from", "valid_to"))
        self.counts = self.book.table(UnitHeadcount, ("unit_id", *COUNTS, "valid_from", "valid_to"))
        self.covers = CoverPlan(self.book, organizations_of(context), self.areas)

    def plan(self) -> Plan:
        """The plan of all tables."""
        require_permission(self.context, "registers.unit_add", str(UNITS.label))
        for plan in self.plans:
            for n in plan.table.live_lines():
                self._line(plan, n)
        return Plan(tables=self.plans, write=self._write, prepare=self._prepare, confirm=self._confirm)

    def _line(self, plan: TablePlan, n: int) -> None:
        table = plan.table
        place = place_of_line(self.areas, table, n)
        if isinstance(place, Problem):
            table.refuse(n, place_field(table), place.code, **place.params)
            return
        stated = self._stated(table, n)
        day = self.context.day_of(table)
        code = stated.get("credit_code", "")
        owner = self.units.with_code(code)
        if owner is not None and owner not in self.units.by_id:
            outside = {"value": stated["name"], "what": "单位", "says": "unit.out_of_reach"}
            table.refuse(n, "credit_code", "reference.unknown", **outside)
            return
        kind = stated.get("kind", "")
        known = self.units.find(stated["name"], code, kind, place.id, path_ids(place.path))
        if known is None:
            known = self._add(stated, place, table.column("phone")[n], day)
            outcome = ADDED
        else:
            if _says_where(table, n):
                stated["area_id"] = place.id
            changed = self._change(known, stated, table, n, day)
            changed |= self._phone(known, table.column("phone")[n])
            outcome = CHANGED if changed else UNCHANGED
        changed = self._count(known, table, n, day)
        changed |= self.covers.state(known, table, n, place, day)
        if changed and outcome == UNCHANGED:
            outcome = CHANGED
        plan.outcomes[n] = outcome
        if outcome != UNCHANGED:
            plan.count("unit", outcome)

    def _stated(self, table: SheetTable, n: int) -> dict[str, Any]:
        """What the line states, by column. What cannot be is told and left out."""
        column = table.column
        stated: dict[str, Any] = {"name": plain(column("name")[n]).replace(" ", "")}
        kind = coded(column("kind")[n])
        if kind:
            stated["kind"] = kind
        written = column("credit_code")[n]
        if written and written is not NOTHING:
            code = tidy_credit_code(written)
            problems = credit_code_problems(code)
            for problem in problems:
                table.warn(n, "credit_code", problem.code)
            stated |= {} if problems else {"credit_code": code}
        for name in ("trade", "contact_name"):
            if column(name)[n] is not None:
                stated[name] = text(column(name)[n])
        stated |= self._work(table, n)
        return stated

    def _work(self, table: SheetTable, n: int) -> dict[str, date]:
        """The days of a project's work; an end known to the month or year is the last day it may be."""
        starts, ends = (table.column(name)[n] for name in ("work_starts_on", "work_ends_on"))
        stated: dict[str, date] = {}
        if starts and starts is not NOTHING:
            stated["work_starts_on"] = starts.date
        if ends and ends is not NOTHING:
            stated["work_ends_on"] = ends.last
        for problem in work_problems(stated.get("work_starts_on"), stated.get("work_ends_on")):
            table.warn(n, problem.field, problem.code, **problem.params)
            stated.pop("work_ends_on", None)
        return stated

    def _add(self, stated: dict[str, Any], place: Place, phones: Any, day: date) -> KnownUnit:
        facts = {**_BLANK, **stated, "area_id": place.id}
        facts["kind"] = facts["kind"] or "enterprise"
        found = name_columns(facts["name"])
        phone = sealed_phone(phones)
        own_id, noted = self.rows.add(
            database_uuid(new_uid()),
            found.pinyin,
            found.initials,
            *(plain_value(facts[name]) for name in FACTS),
            *phone,
            iso(day),
            None,
        )
        record = ("unit", own_id)
        self.book.note(record, noted)
        known = KnownUnit(own_id, facts, phone[1], is_new=True)
        self._version(known, day)
        self.units.learn(known)
        return known

    def _version(self, known: KnownUnit, day: date) -> None:
        values = [known.facts[name] for name in VERSION_FACTS]
        own_id, noted = self.versions.add(known.id, *values, iso(day), None)
        self.book.note(("unit", known.id), noted)
        known.version = OpenRow(own_id, day, {})

    def _change(self, known: KnownUnit, stated: dict[str, Any], table: SheetTable, n: int, day: date) -> bool:
        new = {name: value for name, value in stated.items() if known.facts[name] != value}
        turned = {name for name in VERSION_FACTS if name in new}
        if turned and known.version is not None and day < known.version.valid_from:
            newer = {"what": str(FACT_WORDS["name"]), "day": known.version.valid_from.isoformat()}
            table.warn(n, "name", "register.newer", **newer)
            new = {name: value for name, value in new.items() if name not in turned}
            turned = set()
        if not new:
            return False
        old = {name: known.facts[name] for name in new}
        known.facts.update(new)
        if turned:
            self._turn(known, {name: old[name] for name in turned}, day)
        if "name" in new:
            for values in (old, new):
                found = name_columns(values["name"])
                values.update(pinyin=found.pinyin, initials=found.initials)
        self.book.update(("unit", known.id), Unit, known.id, plain_values(old), plain_values(new))
        return True

    def _turn(self, known: KnownUnit, old: dict[str, Any], day: date) -> None:
        """Another name, kind or place from a day on; on the same day the version is corrected."""
        version, record = known.version, ("unit", known.id)
        if version is not None and version.valid_from == day:
            new = {name: known.facts[name] for name in old}
            self.book.update(record, UnitVersion, version.id, old, new)
            return
        if version is not None:
            self.book.update(record, UnitVersion, version.id, {"valid_to": None}, {"valid_to": iso(day)})
        self._version(known, day)

    def _phone(self, known: KnownUnit, phones: Any) -> bool:
        new = sealed_phone(phones)
        if new[1] is None or new[1] == known.phone_index:
            return False
        stored = Unit.objects.filter(pk=known.id).values(*_PHONE).first() or dict.fromkeys(_PHONE)
        old = {name: bytes(value) if value else None for name, value in stored.items()}
        self.book.update(("unit", known.id), Unit, known.id, old, dict(zip(_PHONE, new, strict=True)))
        known.phone_index = new[1]
        return True

    def _count(self, known: KnownUnit, table: SheetTable, n: int, day: date) -> bool:
        """The headcount a line states from a day on; what it does not state stays as it was."""
        stated = {name: table.column(name)[n] for name in COUNTS}
        stated = {
            name: None if number is NOTHING else number
            for name, number in stated.items()
            if number is not None
        }
        now, record = known.headcount, ("unit", known.id)
        facts = {**(now.facts if now else dict.fromkeys(COUNTS)), **stated}
        if (
            not stated
            or (now is not None and facts == now.facts)
            or not any(v is not None for v in facts.values())
        ):
            return False
        problems = headcount_problems(Headcount(**facts))
        for problem in problems:
            table.warn(n, problem.field, problem.code, **problem.params)
        if problems:
            return False
        if now is not None and day < now.valid_from:
            newer = {"what": str(FACT_WORDS["headcount"]), "day": now.valid_from.isoformat()}
            table.warn(n, next(iter(stated)), "register.newer", **newer)
            return False
        if now is not None and day == now.valid_from:
            old = {name: now.facts[name] for name in stated}
            self.book.update(record, UnitHeadcount, now.id, old, stated)
            now.facts = facts
            return True
        if now is not None:
            self.book.update(record, UnitHeadcount, now.id, {"valid_to": None}, {"valid_to": iso(day)})
        own_id, noted = self.counts.add(known.id, *facts.values(), iso(day), None)
        self.book.note(record, noted)
        known.headcount = OpenRow(own_id, day, facts)
        return True

    def _prepare(self) -> None:
        self.book.seal({})

    def _write(self, change: Change) -> None:
        self._confirm()
        self.book.write(change)

    def _confirm(self) -> None:
        require_fresh(self.context, self.book.records(), kinds=TOUCHED)


def _says_where(table: SheetTable, n: int) -> bool:
    return any(
        value and value is not NOTHING
        for value in (table.column(name)[n] for name in ("township", "village", "area"))
    )


def plan_units(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of units change; nothing is written before ``Plan.write``."""
    return _Units(tables, context).plan()


UNITS = SheetKind(
    code="units",
    label=_("单位"),
    order=25,
    columns=UNIT_COLUMNS,
    needs=("name", "kind"),
    identity=("name", "kind", "credit_code", "township", "village"),
    plan=plan_units,
    title_words=(
        "合作社",
        "行业协会",
        "两新组织",
        "重大工程",
        "企业名录",
        "单位名录",
        "单位登记表",
        "单位情况",
    ),
    checks=(clip_long_texts,),
)
