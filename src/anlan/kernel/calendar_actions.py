"""Editing the working-day calendar, and filling it with the known days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from anlan.kernel import permissions, stamps
from anlan.kernel.actions import action
from anlan.kernel.actors import SystemActor
from anlan.kernel.bulk import insert_rows, reserve_ids
from anlan.kernel.calendar import STAMP
from anlan.kernel.changes import Change
from anlan.kernel.holidays import LAW_FROM, LAW_TO, KnownDay, known_days, law_fixed_days
from anlan.kernel.models import CalendarDay, DayKind
from anlan.kernel.problems import Problem, Refused

MOST_DAYS = 31
"""As many days as one entry takes: no holiday is longer, a slip of the year is."""
_SATURDAY = 5


@action("kernel.calendar_set", label=_("修改工作日历"))
def calendar_set(
    change: Change,
    *,
    day: date,
    until: date | None = None,
    kind: str | None,
    name: str = "",
    source: str,
    provisional: bool = False,
    reason: str = "",
) -> list[CalendarDay]:
    """Say what the days from ``day`` to ``until`` (inclusive; None: that day) are: holiday, rest, work, or
    None for as the week has it. Gives their rows, none when the week holds.

    Refused: no source or name; a plain week day named as made up; an end before the start or more than
    ``MOST_DAYS`` days; taking a year's last row away (the year would be unknown); less than the whole county.
    """
    _require_county(change, "kernel.calendar_set")
    last = until or day
    problems = list(_senseless(day, last, kind, name, source))
    if problems:
        raise Refused(*problems)
    rows = {row.day: row for row in CalendarDay.objects.select_for_update().filter(day__range=(day, last))}
    if kind is None:
        _keep_years(rows)
    change.reason = reason.strip()
    stamps.renew(STAMP)
    if kind is None:
        for row in rows.values():
            change.delete(row)
        return []
    return [
        _write(change, rows.get(one), KnownDay(one, DayKind(kind), name.strip(), provisional, source.strip()))
        for one in _days(day, last)
    ]


@action("kernel.calendar_confirm", label=_("确认全年日历"))
def calendar_confirm(change: Change, *, year: int, source: str) -> int:
    """Say that a year's notice has been entered: none of its days waits any more. Gives how many did.

    The days that waited take the notice as their source. Refused: no source, a year that is not there or
    waits for nothing.
    """
    _require_county(change, "kernel.calendar_confirm")
    if not source.strip():
        raise Refused(Problem("value.required", "source"))
    rows = list(CalendarDay.objects.select_for_update().filter(day__year=year))
    if not rows:
        raise Refused(Problem("calendar.year_missing", params={"year": year}))
    waiting = [row for row in rows if row.provisional]
    if not waiting:
        raise Refused(Problem("calendar.year_confirmed", params={"year": year}))
    for row in waiting:
        change.begin(row)
        row.provisional, row.source = False, source.strip()
        change.save(row)
    stamps.renew(STAMP)
    return len(waiting)


@action("kernel.calendar_prepare", label=_("按法定节假日录入日历"))
def calendar_prepare(change: Change, *, year: int) -> int:
    """Enter what the law fixes for a year nobody has entered, provisional; gives how many days.

    Refused: a year that has rows, or lies outside what the order in force can tell.
    """
    _require_county(change, "kernel.calendar_prepare")
    if not LAW_FROM <= year <= LAW_TO:
        raise Refused(Problem("calendar.year_range", "year", {"first": LAW_FROM, "last": LAW_TO}))
    if CalendarDay.objects.filter(day__year=year).exists():
        raise Refused(Problem("calendar.year_known", "year", {"year": year}))
    days = law_fixed_days(year)
    _write_many(change, days)
    stamps.renew(STAMP)
    return len(days)


@action("kernel.calendar_load", label=_("载入已知节假日"), actors=("system", "cli"))
def calendar_load(change: Change) -> int:
    """Put the known days into the table; gives how many rows were written.

    A year that is announced now replaces what was provisional. Other years that have rows are left as they
    are: the county may have edited them.
    """
    rows = {row.day: row for row in CalendarDay.objects.all()}
    settled = {row.day.year for row in rows.values() if not row.provisional}
    known = [day for day in known_days() if day.day.year not in settled]
    announced = {day.day.year for day in known if not day.provisional}
    stale = [row for row in rows.values() if row.provisional and row.day.year in announced]
    for row in stale:
        change.delete(row)
        del rows[row.day]
    new = [day for day in known if day.day not in rows]
    _write_many(change, new)
    written = len(stale) + len(new)
    if written:
        stamps.renew(STAMP)
    return written


def load_calendar() -> int:
    """Fill the calendar with the known days, as the system; safe to repeat. Gives how many rows were
    written.
    """
    return calendar_load(SystemActor("calendar-defaults"))


def _require_county(change: Change, permission: str) -> None:
    """One calendar holds for all offices, so that who edits it has to have the whole county."""
    ranges = permissions.ranges_for(change.actor, permission)
    if not any(reach.tree == "area" and reach.is_whole for reach in ranges):
        raise Refused(Problem("action.out_of_range", params={"action": str(_("修改工作日历"))}))


def _senseless(day: date, last: date, kind: str | None, name: str, source: str) -> Iterator[Problem]:
    if not source.strip():
        yield Problem("value.required", "source")
    if kind is not None and not name.strip():
        yield Problem("value.required", "name")
    if kind is not None and kind not in DayKind.values:
        yield Problem("calendar.kind", "kind")
    if last < day:
        yield Problem("calendar.order", "until")
    elif (last - day).days >= MOST_DAYS:
        yield Problem("calendar.too_long", "until", {"days": MOST_DAYS})
    elif kind == DayKind.WORK and any(one.weekday() < _SATURDAY for one in _days(day, last)):
        yield Problem("calendar.work_on_weekday", "day")


def _keep_years(rows: dict[date, CalendarDay]) -> None:
    for year in {day.year for day in rows}:
        if not CalendarDay.objects.filter(day__year=year).exclude(day__in=list(rows)).exists():
            raise Refused(Problem("calendar.last_day", "day", {"year": year}))


def _days(day: date, last: date) -> Iterator[date]:
    for count in range((last - day).days + 1):
        yield day + timedelta(days=count)


def _write(change: Change, row: CalendarDay | None, known: KnownDay) -> CalendarDay:
    if row is None:
        fresh = CalendarDay(day=known.day)
        _fill(fresh, known)
        change.create(fresh)
        return fresh
    change.begin(row)
    _fill(row, known)
    change.save(row)
    return row


def _fill(row: CalendarDay, known: KnownDay) -> None:
    row.kind, row.name = known.kind, known.name
    row.provisional, row.source = known.provisional, known.source


def _write_many(change: Change, days: Sequence[KnownDay]) -> None:
    """Several hundred days at once, with one statement."""
    ids = reserve_ids(CalendarDay, len(days))
    fields = ("id", "day", "kind", "name", "provisional", "source")
    insert_rows(
        CalendarDay,
        fields,
        [
            (pk, day.day, day.kind.value, day.name, day.provisional, day.source)
            for pk, day in zip(ids, days, strict=True)
        ],
    )
    for pk, day in zip(ids, days, strict=True):
        values = {
            "day": day.day,
            "kind": day.kind.value,
            "name": day.name,
            "provisional": day.provisional,
            "source": day.source,
        }
        change.touch([("calendar", day.day.year)], (CalendarDay._meta.db_table, pk, None, values))
