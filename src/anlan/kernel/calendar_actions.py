"""Editing the working-day calendar, and filling it with the known days."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel import stamps
from anlan.kernel.actions import action
from anlan.kernel.actors import SystemActor
from anlan.kernel.bulk import insert_rows, reserve_ids
from anlan.kernel.calendar import STAMP
from anlan.kernel.changes import Change
from anlan.kernel.holidays import KnownDay, known_days
from anlan.kernel.models import CalendarDay, DayKind
from anlan.kernel.problems import Problem, Refused

_MADE_UP = (DayKind.WORK,)


@action("kernel.calendar_set", label=_("修改工作日历"))
def calendar_set(
    change: Change, *, day: date, kind: str | None, name: str = "", source: str, provisional: bool = False
) -> CalendarDay | None:
    """Say what a day is: holiday, rest, work, or None for as the week has it. Gives the row, None when
    there is none.

    Refused: no source or name; a plain week day named as made up; taking a year's last row away (the year
    would be unknown).
    """
    problems = []
    if not source.strip():
        problems.append(Problem("value.required", "source"))
    if kind is not None and not name.strip():
        problems.append(Problem("value.required", "name"))
    if kind is not None and kind not in DayKind.values:
        problems.append(Problem("calendar.kind", "kind"))
    if kind in _MADE_UP and day.weekday() < 5:
        problems.append(Problem("calendar.work_on_weekday", "day"))
    row = CalendarDay.objects.filter(day=day).first()
    if kind is None and row is not None and _is_last(row):
        problems.append(Problem("calendar.last_day", "day", {"year": day.year}))
    if problems:
        raise Refused(*problems)
    stamps.renew(STAMP)
    if kind is None:
        if row is not None:
            change.delete(row)
        return None
    return _write(change, row, KnownDay(day, DayKind(kind), name.strip(), provisional, source.strip()))


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


def _is_last(row: CalendarDay) -> bool:
    others = CalendarDay.objects.filter(day__year=row.day.year).exclude(pk=row.pk)
    return not others.exists()


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
