"""Counting working days, given the days that differ from the plain week. Pure: the calendar is an argument.

The day something is received is not counted (信访工作条例 and the county promises of rules.md section 7
alike).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarMissing(LookupError):
    """The calendar of a year is not loaded: no limit that touches it can be told."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the working-day calendar of {year} is not loaded")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days of the known years: True for a weekend day worked, False for a rest day or holiday."""

    exceptions: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day. Raises ``CalendarMissing`` for a year that is not loaded."""
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        known = self.exceptions.get(day)
        return day.weekday() < _SATURDAY if known is None else known

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted; 0 gives
        ``next_working_day``.
        """
        if count < 0:
            raise ValueError("working days are counted forwards")
        if count == 0:
            return self.next_working_day(day)
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is
        earlier.
        """
        if end < start:
            return -self.between(end, start)
        count = 0
        while start < end:
            start += _DAY
            count += self.is_working_day(start)
        return count
