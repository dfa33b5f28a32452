"""A year of the working-day calendar as its page shows it."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from anlan.kernel.models import CalendarDay, DayKind
from anlan.kernel.working_days import WorkingDays

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of a month: ``kind`` is holiday, rest, work, weekend or "" for a plain working day."""

    day: date
    kind: str
    name: str
    provisional: bool
    today: bool

    @property
    def is_off(self) -> bool:
        """Whether offices are closed."""
        return self.kind in ("holiday", "rest", "weekend")


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """A month in weeks from Monday on; None stands for the days of its neighbours."""

    number: int
    weeks: Sequence[Sequence[ShownDay | None]]
    working: int

    @property
    def first_day(self) -> date:
        """The first of the month."""
        return next(day.day for week in self.weeks for day in week if day is not None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of one kind, name and source, both ends inclusive."""

    first_day: date
    last_day: date
    kind: str
    name: str
    provisional: bool
    source: str

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year at a glance; ``known`` is False when nobody has entered it, and then no limit can be told."""

    year: int
    known: bool
    provisional: bool
    months: Sequence[ShownMonth]
    stretches: Sequence[Stretch]
    working: int

    @property
    def off(self) -> int:
        """The days on which offices are closed."""
        return (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days - self.working


def known_years() -> dict[int, bool]:
    """The years that are entered: whether any of their days is provisional."""
    years: dict[int, bool] = {}
    for day, provisional in CalendarDay.objects.order_by("day").values_list("day", "provisional"):
        years[day.year] = years.get(day.year, False) or provisional
    return years


def year_at_a_glance(year: int, today: date) -> ShownYear:
    """A year with its months, its stretches of special days, and how many days offices work. One query."""
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    exceptions = {day: row.kind == DayKind.WORK for day, row in rows.items()}
    counting = WorkingDays(exceptions, frozenset({year}))
    months = [_month(year, number, rows, counting, today) for number in range(1, 13)]
    return ShownYear(
        year,
        bool(rows),
        any(row.provisional for row in rows.values()),
        months,
        stretches(rows.values()),
        sum(month.working for month in months),
    )


def _month(
    year: int, number: int, rows: Mapping[date, CalendarDay], counting: WorkingDays, today: date
) -> ShownMonth:
    weeks = [
        [_day(one, rows.get(one), today) if one.month == number else None for one in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    days = [one.day for week in weeks for one in week if one is not None]
    return ShownMonth(number, weeks, sum(counting.is_working_day(day) for day in days))


def _day(day: date, row: CalendarDay | None, today: date) -> ShownDay:
    plain = "weekend" if day.weekday() >= _SATURDAY else ""
    if row is None:
        return ShownDay(day, plain, "", False, day == today)
    return ShownDay(day, row.kind, row.name, row.provisional, day == today)


def breaks(told: Iterable[Stretch]) -> list[Stretch]:
    """The same with holidays and their rest days in lieu joined, as people speak of them."""
    joined: list[Stretch] = []
    for one in told:
        last = joined[-1] if joined else None
        if (
            last is not None
            and "work" not in (last.kind, one.kind)
            and (last.name, last.provisional) == (one.name, one.provisional)
            and last.last_day + timedelta(days=1) == one.first_day
        ):
            joined[-1] = replace(last, last_day=one.last_day)
        else:
            joined.append(one)
    return joined


def stretches(rows: Iterable[CalendarDay]) -> list[Stretch]:
    """The special days in order, those that follow each other and are alike joined."""
    told: list[Stretch] = []
    for row in sorted(rows, key=lambda one: one.day):
        alike = (row.kind, row.name, row.provisional, row.source)
        last = told[-1] if told else None
        joins = last is not None and last.last_day + timedelta(days=1) == row.day
        if last is not None and joins and (last.kind, last.name, last.provisional, last.source) == alike:
            told[-1] = Stretch(last.first_day, row.day, *alike)
        else:
            told.append(Stretch(row.day, row.day, *alike))
    return told
