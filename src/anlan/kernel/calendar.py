"""The working-day calendar of this installation: a table, kept in memory, loud where a year is missing."""

from datetime import date

from anlan.kernel.models import CalendarDay, DayKind
from anlan.kernel.stamps import Kept
from anlan.kernel.working_days import CalendarMissing, WorkingDays

__all__ = [
    "CalendarMissing",
    "add_working_days",
    "is_provisional",
    "is_working_day",
    "next_working_day",
    "working_days",
    "working_days_between",
]
STAMP = "calendar"


def working_days() -> WorkingDays:
    """The calendar as of now, to hand to rules and to count many days with."""
    return _kept.get()[0]


def is_working_day(day: date) -> bool:
    """Whether offices work on a day. Raises ``CalendarMissing`` for a year that is not loaded."""
    return working_days().is_working_day(day)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    return working_days().next_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself is not counted."""
    return working_days().add(day, count)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier."""
    return working_days().between(start, end)


def is_provisional(day: date) -> bool:
    """Whether the year of a day still waits for the State Council's notice, so that limits in it may move."""
    return day.year in _kept.get()[1]


def _load() -> tuple[WorkingDays, frozenset[int]]:
    rows = list(CalendarDay.objects.order_by().values_list("day", "kind", "provisional"))
    exceptions = {day: kind == DayKind.WORK for day, kind, _ in rows}
    provisional = frozenset(day.year for day, _, waiting in rows if waiting)
    return WorkingDays(exceptions, frozenset(day.year for day in exceptions)), provisional


_kept = Kept(STAMP, _load)
