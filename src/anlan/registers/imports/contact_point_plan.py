"""Sheets of contact points for resettlers: one line a contact point of one of the three tiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import database_uuid
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem
from anlan.kernel.uids import new_uid
from anlan.places.rules import AreaKind
from anlan.registers.imports.area_directory import Place
from anlan.registers.imports.batch import areas_of, require_fresh, require_permission
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.registers.imports.organization_directory import key_of
from anlan.registers.imports.person_plan import coded, text
from anlan.registers.imports.placing import place_field, place_of_line
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.imports.unit_columns import CONTACT_POINT_COLUMNS
from anlan.registers.imports.unit_covers import sealed_phone
from anlan.registers.models import ContactPoint, ContactPointDuty
from anlan.registers.rules.units import contact_point_problems
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import SheetTable

_TEXTS = ("place", "officer_name", "opening")
_PHONE = ("phone", "phone_index", "phone_tail")
TOUCHED = ("area", "organization", "contact_point")
_TIERS = {AreaKind.COUNTY.value: "county", AreaKind.TOWNSHIP.value: "township"}


@dataclass(slots=True)
class _Known:
    """A contact point with its open facts and the id and first day of their row."""

    id: int
    facts: dict[str, Any]
    duty: int
    since: date


class _ContactPoints:
    """Works out what the sheets of contact points in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas = areas_of(context)
        self.plans = [TablePlan(table) for table in tables]
        self.book = RowBook()
        self.rows = self.book.table(
            ContactPoint, ("uid", "name", "tier", "area_id", "valid_from", "valid_to"), ("uid",)
        )
        self.duties = self.book.table(
            ContactPointDuty,
            ("contact_point_id", *_TEXTS, *_PHONE, "valid_from", "valid_to"),
            ("phone_index", "phone_tail"),
        )
        self.known = {
            (key_of(row.contact_point.name), row.contact_point.area_id): _Known(
                row.contact_point_id,
                {name: getattr(row, name) for name in (*_TEXTS, *_PHONE)},
                row.pk,
                row.valid_from,
            )
            for row in ContactPointDuty.objects.filter(valid_to=None).select_related("contact_point")
        }

    def plan(self) -> Plan:
        """The plan of all tables."""
        require_permission(self.context, "registers.contact_point_add", str(CONTACT_POINTS.label))
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
        name = plain(table.column("name")[n]).replace(" ", "")
        tier = coded(table.column("tier")[n]) or _TIERS.get(place.kind, "village")
        problems = contact_point_problems(name=name, tier=tier, area_kind=place.kind)
        if problems:
            says = {"value": name, "what": "地区", "says": problems[0].code, **problems[0].params}
            table.refuse(n, problems[0].field, "reference.unknown", **says)
            return
        day, known = self.context.day_of(table), self.known.get((key_of(name), place.id))
        stated: dict[str, Any] = {
            one: text(value) for one in _TEXTS if (value := table.column(one)[n]) is not None
        }
        phone = dict(zip(_PHONE, sealed_phone(table.column("phone")[n]), strict=True))
        if phone["phone"]:
            stated |= phone
        if known is None:
            outcome = ADDED
            self._add(name, tier, place, stated, day)
        else:
            outcome = CHANGED if self._change(known, stated, table, n, day) else UNCHANGED
        plan.outcomes[n] = outcome
        if outcome != UNCHANGED:
            plan.count("contact_point", outcome)

    def _add(self, name: str, tier: str, place: Place, stated: dict[str, Any], day: date) -> None:
        own_id, noted = self.rows.add(database_uuid(new_uid()), name, tier, place.id, iso(day), None)
        self.book.note(("contact_point", own_id), noted)
        facts = {**dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_PHONE), **stated}
        duty = self._duty(own_id, facts, day)
        self.known[key_of(name), place.id] = _Known(own_id, facts, duty, day)

    def _duty(self, own_id: int, facts: dict[str, Any], day: date) -> int:
        values = [facts[name] for name in (*_TEXTS, *_PHONE)]
        duty, noted = self.duties.add(own_id, *values, iso(day), None)
        self.book.note(("contact_point", own_id), noted)
        return duty

    def _change(self, known: _Known, stated: dict[str, Any], table: SheetTable, n: int, day: date) -> bool:
        new = {name: value for name, value in stated.items() if known.facts[name] != value}
        if _bytes(known.facts["phone_index"]) == stated.get("phone_index"):
            # Sealing the same number twice gives other bytes; its index does not differ.
            new = {name: value for name, value in new.items() if name not in _PHONE}
        if not new:
            return False
        if day < known.since:
            newer = {"what": str(FACT_WORDS["contact_point"]), "day": known.since.isoformat()}
            table.warn(n, "name", "register.newer", **newer)
            return False
        record = ("contact_point", known.id)
        if day == known.since:
            old = {name: _bytes(known.facts[name]) if name in _PHONE else known.facts[name] for name in new}
            self.book.update(record, ContactPointDuty, known.duty, old, new)
            known.facts |= new
            return True
        ends = {"valid_to": iso(day)}
        self.book.update(record, ContactPointDuty, known.duty, {"valid_to": None}, ends)
        known.facts |= new
        known.duty, known.since = self._duty(known.id, known.facts, day), day
        return True

    def _prepare(self) -> None:
        self.book.seal({})

    def _write(self, change: Change) -> None:
        self._confirm()
        self.book.write(change)

    def _confirm(self) -> None:
        require_fresh(self.context, self.book.records(), kinds=TOUCHED)


def _bytes(value: Any) -> bytes | None:
    return bytes(value) if value else None


def plan_contact_points(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of contact points change; nothing is written before ``Plan.write``."""
    return _ContactPoints(tables, context).plan()


CONTACT_POINTS = SheetKind(
    code="contact_points",
    label=_("移民群众联系点"),
    order=26,
    columns=CONTACT_POINT_COLUMNS,
    needs=("name",),
    identity=("name", "tier", "township", "village"),
    plan=plan_contact_points,
    title_words=("联系点",),
    checks=(clip_long_texts,),
)
