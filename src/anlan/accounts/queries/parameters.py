"""Parameters as pages show them: what holds at a place on a day, what will change, all values of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from anlan.kernel import parameters
from anlan.kernel.actors import Actor
from anlan.kernel.models import ParameterValue
from anlan.kernel.parameter_actions import place_path
from anlan.kernel.paths import path_ids, subtree
from anlan.kernel.permissions import ranges_for
from anlan.places.queries import widest_area


def own_path(actor: Actor, on: date) -> str:
    """Where an actor sits: the path of the widest area they reach, "" for the county and for branches."""
    area = widest_area(actor, on)
    return place_path(area.path) if area else ""


def _line(path: str) -> list[str]:
    """The places whose values may hold at one: everywhere, and each area down to it."""
    ids = path_ids(path)
    return ["", *("".join(f"{one}." for one in ids[: depth + 1]) for depth in range(len(ids)))]


def values_in_force(path: str, on: date) -> dict[str, ParameterValue]:
    """The row that holds at a place on a day, by code; the twin of ``parameters.value``. One query."""
    rows = ParameterValue.objects.filter(path__in=_line(path), valid_from__lte=on)
    latest: dict[tuple[str, str], ParameterValue] = {}
    for row in rows.order_by("valid_from"):
        latest[row.code, row.path] = row
    found: dict[str, ParameterValue] = {}
    for row in sorted(latest.values(), key=lambda one: len(one.path)):
        if row.value is not None and row.code in parameters.declared():
            found[row.code] = row
    return found


def next_changes(codes: Iterable[str], path: str, on: date) -> dict[str, tuple[date, Any]]:
    """By code the next day after ``on`` on which the value at a place becomes another one, and that value."""
    wanted = set(codes)
    later = ParameterValue.objects.filter(path__in=_line(path), valid_from__gt=on, code__in=wanted)
    days: dict[str, list[date]] = {}
    for code, day in later.order_by("valid_from").values_list("code", "valid_from"):
        days.setdefault(code, []).append(day)
    found = {}
    for code, coming in days.items():
        now = parameters.value(code, on=on, path=path)
        for day in coming:
            then = parameters.value(code, on=day, path=path)
            if then != now:
                found[code] = (day, then)
                break
    return found


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of one place: from its first day to its last (inclusive, None while nothing follows)."""

    row: ParameterValue
    last_day: date | None

    @property
    def first_day(self) -> date:
        """From when it holds."""
        return self.row.valid_from

    def state_on(self, day: date) -> str:
        """``now``, ``coming`` or ``past`` on a day."""
        if self.first_day > day:
            return "coming"
        return "past" if self.last_day is not None and self.last_day < day else "now"


def visible_values(actor: Actor, code: str) -> QuerySet[ParameterValue]:
    """The values of a parameter that concern an actor: of everywhere, the areas above and those below."""
    condition = Q(path="")
    for reach in ranges_for(actor, "kernel.parameter_view"):
        if reach.tree == "area" and reach.is_whole:
            return ParameterValue.objects.filter(code=code)
        if reach.tree == "area":
            condition |= Q(path__in=_line(reach.path)) | subtree("path", reach.path)
    return ParameterValue.objects.filter(condition, code=code)


def dated_values(rows: Iterable[ParameterValue]) -> list[DatedValue]:
    """Values with the day each ends on: by place from the widest, within it the latest first."""
    places: dict[str, list[ParameterValue]] = {}
    for row in rows:
        places.setdefault(row.path, []).append(row)
    told: list[DatedValue] = []
    for path in sorted(places, key=lambda one: (len(path_ids(one)), one)):
        ordered = sorted(places[path], key=lambda row: row.valid_from)
        ends: Sequence[date | None] = [row.valid_from - timedelta(days=1) for row in ordered[1:]]
        told += [DatedValue(row, end) for row, end in zip(ordered, [*ends, None], strict=True)][::-1]
    return told


def other_rules_below(code: str, path: str, on: date) -> list[ParameterValue]:
    """The areas below a place that have a value of their own on a day, which a change there leaves alone."""
    rows = ParameterValue.objects.filter(subtree("path", path), code=code, valid_from__lte=on)
    latest: dict[str, ParameterValue] = {}
    for row in rows.exclude(path=path).order_by("valid_from"):
        latest[row.path] = row
    return [row for row in latest.values() if row.value is not None]


def next_row(code: str, path: str, after: date) -> ParameterValue | None:
    """The value of the same place that follows a day."""
    rows = ParameterValue.objects.filter(code=code, path=path, valid_from__gt=after)
    return rows.order_by("valid_from").first()
