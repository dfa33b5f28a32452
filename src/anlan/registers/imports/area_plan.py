"""Sheets of areas, and the groups other sheets speak of that the register did not have."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from anlan.kernel.bulk import insert_rows, reserve_ids
from anlan.kernel.changes import Change
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem
from anlan.places.actions.area_rename import apply_rename
from anlan.places.models import Area, AreaVersion
from anlan.places.rules import VILLAGES, AreaKind, area_problems, kind_of_code, parent_code
from anlan.registers.imports.area_directory import (
    AREA_FIELDS,
    VERSION_FIELDS,
    AreaDirectory,
    Place,
    area_rows,
)
from anlan.registers.imports.batch import areas_of, require_fresh, require_permission
from anlan.registers.imports.columns import AREA_COLUMNS
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.lengths import clip_long_texts
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, ImportContext, Plan, SheetKind, TablePlan
from anlan.sheets.lines import SheetTable


def write_new_areas(change: Change, places: Sequence[Place], day: date) -> None:
    """Insert planned areas with their first version and note each in the record."""
    rows = list(area_rows(places, day))
    insert_rows(Area, AREA_FIELDS, rows)
    versions = reserve_ids(AreaVersion, len(rows))
    insert_rows(
        AreaVersion, ("id", *VERSION_FIELDS), [(own, *row) for own, row in zip(versions, rows, strict=True)]
    )
    for place, version, row in zip(places, versions, rows, strict=True):
        after = dict(zip(AREA_FIELDS[1:], row[1:], strict=True))
        first = dict(zip(VERSION_FIELDS, row, strict=True))
        change.touch([("area", place.id)], (Area._meta.db_table, place.id, None, after))
        change.touch([("area", place.id)], (AreaVersion._meta.db_table, version, None, first))


class _Areas:
    """Works out what the sheets of areas in a batch change."""

    def __init__(self, tables: Sequence[SheetTable], context: ImportContext) -> None:
        self.context = context
        self.areas: AreaDirectory = areas_of(context)
        self.plans = [TablePlan(table) for table in tables]
        self.renames: list[_Rename] = []
        self.new: list[tuple[Place, date]] = []

    def plan(self) -> Plan:
        """The plan of all tables; an area is planned after the one above it, whatever the order of lines."""
        require_permission(self.context, "places.area_create", str(AREAS.label))
        lines = [(plan, n) for plan in self.plans for n in plan.table.live_lines()]
        lines.sort(key=lambda line: _depth(line[0].table.column("code")[line[1]] or ""))
        codes = [plan.table.column("code")[n] for plan, n in lines]
        ended = Area.objects.filter(code__in=codes).exclude(valid_to=None)
        self.ended = dict(ended.values_list("code", "name"))
        for plan, n in lines:
            self._line(plan, n)
        self.areas.take_new()
        return Plan(tables=self.plans, write=self._write, confirm=self._confirm)

    def _line(self, plan: TablePlan, n: int) -> None:
        table = plan.table
        code, name = table.column("code")[n] or "", table.column("name")[n] or ""
        kind = _kind(table.column("kind")[n], code, name)
        known = self.areas.by_code.get(code)
        if known is None and code in self.ended:
            table.warn(n, "code", "register.ended", name=self.ended[code])
            plan.outcomes[n] = UNCHANGED
            return
        parent = self._parent(table, n, code)
        if parent is None and kind is not AreaKind.COUNTY:
            value = table.column("parent_code")[n] or table.column("parent_name")[n] or parent_code(code)
            table.refuse(n, "parent_code", "reference.unknown", value=str(value or ""), what="上级地区")
            return
        problems = area_problems(
            code=code, name=name, kind=kind, parent_kind=AreaKind(parent.kind) if parent else None
        )
        if known is None and kind is AreaKind.COUNTY and self.areas.county() is not None:
            problems.append(Problem("area.county_exists", "code"))
        if problems:
            for problem in problems:
                # Codes that refuse a line are few; which rule it is says the sentence.
                params = {"value": code, "what": "地区", "says": problem.code, **problem.params}
                table.refuse(n, problem.field, "reference.unknown", **params)
            return
        own = known or parent
        if own is not None and not self.areas.reaches(own.id):
            says = "area.out_of_reach"
            table.refuse(n, "code", "reference.unknown", value=name, what="地区", says=says)
        elif known is None:
            self._add(plan, n, Place(0, code, name, kind.value, parent.id if parent else None, ""), parent)
        else:
            self._change(plan, n, known, name, kind)

    def _change(self, plan: TablePlan, n: int, known: Place, name: str, kind: AreaKind) -> None:
        """Another name from a day on; a village may also become a community."""
        turns = {kind, AreaKind(known.kind)} <= VILLAGES
        after = kind if turns and plan.table.column("kind")[n] else AreaKind(known.kind)
        plan.outcomes[n] = UNCHANGED
        if (known.name, known.kind) == (name, after.value):
            return
        day = self.context.day_of(plan.table)
        version = (
            AreaVersion.objects.filter(area_id=known.id, valid_to=None).values_list("valid_from").first()
        )
        if version and day < version[0]:
            newer = {"what": str(FACT_WORDS["name"]), "day": version[0].isoformat()}
            plan.table.warn(n, "name", "register.newer", **newer)
            return
        self.areas.rename(known.id, name)
        known.kind = after.value
        self.renames.append(_Rename(known.id, name, after, day))
        plan.outcomes[n] = CHANGED
        plan.count("area", "changed")

    def _add(self, plan: TablePlan, n: int, place: Place, parent: Place | None) -> None:
        """A new area. A list that names no day says that the areas are, not since when: as long as the one
        above them.
        """
        stated = self.context.as_of or plan.table.as_of
        day = self.context.day_of(plan.table) if stated or not parent or not parent.since else parent.since
        place.id = self.areas.next_id()
        place.path = child_path(parent.path if parent else "", place.id)
        place.since = day
        self.areas.add(place)
        self.new.append((place, day))
        plan.outcomes[n] = ADDED
        plan.count("area", "added")

    def _parent(self, table: SheetTable, n: int, code: str) -> Place | None:
        stated: Any = table.column("parent_code")[n]
        if stated:
            return self.areas.by_code.get(stated)
        name = table.column("parent_name")[n]
        if name:
            found = self.areas.resolve(name)
            return found if isinstance(found, Place) else None
        return self.areas.by_code.get(parent_code(code)) if code else None

    def _confirm(self) -> None:
        require_fresh(self.context, {("area", one.area_id) for one in self.renames})

    def _write(self, change: Change) -> None:
        self._confirm()
        for day in sorted({day for _place, day in self.new}):
            write_new_areas(change, [place for place, since in self.new if since == day], day)
        for one in self.renames:
            apply_rename(change, Area.objects.get(pk=one.area_id), name=one.name, on=one.day, kind=one.kind)


class _Rename(NamedTuple):
    """Another name or kind of an area from a day on."""

    area_id: int
    name: str
    kind: AreaKind
    day: date


def _kind(value: Any, code: str, name: str) -> AreaKind:
    if value and value.code:
        kind = AreaKind(value.code)
        if kind is AreaKind.VILLAGE and name.endswith(("社区", "居委会")):
            return AreaKind.COMMUNITY
        return kind
    return kind_of_code(code, name) if code else AreaKind.VILLAGE


def _depth(code: str) -> tuple[int, str]:
    return (len(code.rstrip("0")) if len(code) == 12 else len(code), code)


def plan_areas(tables: Sequence[SheetTable], context: ImportContext) -> Plan:
    """Work out what sheets of areas change; nothing is written before ``Plan.write``."""
    return _Areas(tables, context).plan()


AREAS = SheetKind(
    code="areas",
    label=_("行政区划"),
    order=10,
    columns=AREA_COLUMNS,
    needs=("code", "name"),
    identity=("code",),
    plan=plan_areas,
    title_words=("行政区划", "区划代码"),
    checks=(clip_long_texts,),
)
