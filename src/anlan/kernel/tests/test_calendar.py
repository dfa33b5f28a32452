"""Working days: the days of 2026 as announced, counting, and loudness about years nobody knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from anlan.kernel import calendar
from anlan.kernel.actors import SystemActor
from anlan.kernel.calendar_actions import (
    MOST_DAYS,
    calendar_confirm,
    calendar_prepare,
    calendar_set,
    load_calendar,
)
from anlan.kernel.holidays import announced_days, law_fixed_days
from anlan.kernel.models import CalendarDay, DayKind
from anlan.kernel.problems import Refused
from anlan.kernel.working_days import CalendarMissing, WorkingDays

SYSTEM = SystemActor("test")
YEARS = frozenset(range(2020, 2028))
_KNOWN = {known.day: known.kind == DayKind.WORK for known in announced_days()}
_LAW = {known.day: False for known in law_fixed_days(2027)}
WORKING = WorkingDays({**_KNOWN, **_LAW}, YEARS)
days = st.dates(date(2021, 1, 1), date(2026, 6, 30))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 1, 2), False),  # in lieu
        (date(2026, 1, 4), True),  # a Sunday worked for it
        (date(2026, 2, 14), True),  # a Saturday worked before the Spring Festival
        (date(2026, 2, 16), False),  # the eve
        (date(2026, 2, 23), False),  # its last day, in lieu
        (date(2026, 2, 28), True),  # a Saturday worked after it
        (date(2026, 4, 6), False),  # Qingming, Monday
        (date(2026, 5, 1), False),
        (date(2026, 6, 19), False),  # Dragon Boat
        (date(2026, 9, 25), False),  # Mid-Autumn
        (date(2026, 10, 7), False),  # National Day, in lieu
        (date(2026, 10, 10), True),  # a Saturday worked for it
        (date(2026, 6, 30), True),  # a plain Tuesday
        (date(2026, 6, 28), False),  # a plain Sunday
        (date(2027, 2, 8), False),  # fixed by law
    ],
)
def test_days_are_as_announced(day: date, works: bool) -> None:
    assert calendar.is_working_day(day) is works


@pytest.mark.django_db
def test_a_year_nobody_knows_is_said_loudly() -> None:
    with pytest.raises(CalendarMissing, match="2031"):
        calendar.is_working_day(date(2031, 5, 4))
    last = max(calendar.working_days().years)
    with pytest.raises(CalendarMissing) as missing:
        calendar.add_working_days(date(last, 12, 30), 10)
    assert missing.value.year == last + 1


@pytest.mark.django_db
def test_the_year_after_the_last_notice_is_provisional() -> None:
    assert calendar.is_provisional(date(2027, 3, 3)) and not calendar.is_provisional(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 6, 26), 1, date(2026, 6, 29)),  # Friday: the day of receipt is not counted
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # the Saturday after is worked
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_limits_in_working_days(start: date, count: int, end: date) -> None:
    assert WORKING.add(start, count) == end


@given(days, st.integers(1, 60))
def test_adding_and_counting_are_each_others_reverse(day: date, count: int) -> None:
    end = WORKING.add(day, count)
    assert WORKING.is_working_day(end)
    assert WORKING.between(day, end) == count and WORKING.between(end, day) == -count
    assert WORKING.between(day, end - timedelta(days=1)) == count - 1


@given(days)
def test_the_next_working_day_is_the_first_from_the_day_itself(day: date) -> None:
    following = WORKING.next_working_day(day)
    assert following >= day and WORKING.is_working_day(following)
    assert not any(WORKING.is_working_day(day + timedelta(days=n)) for n in range((following - day).days))


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        WORKING.add(date(2026, 6, 30), -1)


def test_what_the_law_fixes_was_announced_alike() -> None:
    """The same rule, held against the years whose notices are known."""
    announced = {known.day: known for known in announced_days()}
    for year in (2025, 2026):
        for fixed in law_fixed_days(year):
            assert announced[fixed.day].kind == DayKind.HOLIDAY, fixed
            assert fixed.provisional


@pytest.mark.django_db
def test_an_officer_enters_the_notice_of_a_new_year(cast: Cast) -> None:
    officer, source = cast.county_officer.person, "国办发明电〔2026〕9号"
    day, worked = date(2027, 2, 9), date(2027, 2, 20)
    assert calendar.is_working_day(day) and not calendar.is_working_day(worked)
    calendar_set(officer, day=day, kind="rest", name="春节", source=source)
    calendar_set(officer, day=worked, kind="work", name="春节", source=source)
    assert not calendar.is_working_day(day) and calendar.is_working_day(worked)
    calendar_set(officer, day=worked, kind=None, source=source)
    assert not calendar.is_working_day(worked)
    with pytest.raises(Refused, match=r"action.permission"):
        calendar_set(cast.liaison.person, day=day, kind=None, source=source)


@pytest.mark.django_db
def test_senseless_days_are_refused() -> None:
    with pytest.raises(Refused, match=r"calendar.work_on_weekday"):
        calendar_set(SYSTEM, day=date(2026, 6, 30), kind="work", name="x", source="x")
    with pytest.raises(Refused, match=r"calendar.kind"):
        calendar_set(SYSTEM, day=date(2026, 6, 30), kind="party", name="x", source="x")
    with pytest.raises(Refused, match=r"value.required"):
        calendar_set(SYSTEM, day=date(2026, 6, 30), kind="rest", name="休息", source="")
    with pytest.raises(Refused, match=r"value.required"):
        calendar_set(SYSTEM, day=date(2026, 6, 30), kind="rest", source="x")
    calendar_set(SYSTEM, day=date(2030, 1, 1), kind="holiday", name="元旦", source="x")
    with pytest.raises(Refused, match=r"calendar.last_day"):
        calendar_set(SYSTEM, day=date(2030, 1, 1), kind=None, source="x")


@pytest.mark.django_db
def test_loading_again_keeps_what_the_county_entered() -> None:
    calendar_set(SYSTEM, day=date(2026, 6, 30), kind="rest", name="县里放假", source="县政府通知")
    rows = CalendarDay.objects.count()
    assert load_calendar() == 0 and CalendarDay.objects.count() == rows
    assert not calendar.is_working_day(date(2026, 6, 30))


@pytest.mark.django_db
def test_a_notice_in_a_newer_program_replaces_what_was_provisional() -> None:
    CalendarDay.objects.filter(day__year=2026).delete()
    for known in law_fixed_days(2026):
        CalendarDay.objects.create(
            day=known.day, kind=known.kind, name=known.name, provisional=True, source="x"
        )
    load_calendar()
    rows = CalendarDay.objects.filter(day__year=2026)
    assert not rows.filter(provisional=True).exists()
    assert rows.get(day=date(2026, 10, 10)).kind == DayKind.WORK


@pytest.mark.django_db
def test_a_stretch_of_days_is_entered_at_once_and_taken_back() -> None:
    first, last = date(2027, 2, 5), date(2027, 2, 11)
    rows = calendar_set(
        SYSTEM, day=first, until=last, kind="holiday", name="春节", source="国办发明电〔2026〕9号"
    )
    assert [row.day for row in rows] == [first + timedelta(days=n) for n in range(7)]
    assert not any(calendar.is_working_day(row.day) for row in rows)
    assert calendar_set(SYSTEM, day=first, until=last, kind=None, source="更正") == []
    assert calendar.is_working_day(first) and CalendarDay.objects.filter(day__year=2027).exists()


@pytest.mark.django_db
def test_a_senseless_stretch_is_refused() -> None:
    day = date(2027, 5, 1)
    with pytest.raises(Refused, match=r"calendar.order"):
        calendar_set(SYSTEM, day=day, until=date(2027, 4, 30), kind="rest", name="x", source="x")
    with pytest.raises(Refused, match=r"calendar.too_long"):
        calendar_set(
            SYSTEM, day=day, until=day + timedelta(days=MOST_DAYS), kind="rest", name="x", source="x"
        )
    with pytest.raises(Refused, match=r"calendar.work_on_weekday"):
        calendar_set(SYSTEM, day=day, until=date(2027, 5, 3), kind="work", name="x", source="x")
    calendar_set(SYSTEM, day=date(2031, 1, 1), until=date(2031, 1, 3), kind="rest", name="x", source="x")
    with pytest.raises(Refused, match=r"calendar.last_day"):
        calendar_set(SYSTEM, day=date(2031, 1, 1), until=date(2031, 1, 5), kind=None, source="x")


@pytest.mark.django_db
def test_a_missing_year_is_prepared_from_the_law_and_confirmed_later() -> None:
    with pytest.raises(CalendarMissing):
        calendar.is_working_day(date(2028, 1, 3))
    assert calendar_prepare(SYSTEM, year=2028) == len(law_fixed_days(2028))
    assert calendar.is_provisional(date(2028, 1, 3)) and not calendar.is_working_day(date(2028, 10, 2))
    with pytest.raises(Refused, match=r"calendar.year_known"):
        calendar_prepare(SYSTEM, year=2028)
    assert calendar_confirm(SYSTEM, year=2028, source="国办发明电〔2027〕8号") == len(law_fixed_days(2028))
    assert not calendar.is_provisional(date(2028, 1, 3))
    assert set(CalendarDay.objects.filter(day__year=2028).values_list("source", flat=True)) == {
        "国办发明电〔2027〕8号"
    }
    with pytest.raises(Refused, match=r"calendar.year_confirmed"):
        calendar_confirm(SYSTEM, year=2028, source="x")
    with pytest.raises(Refused, match=r"calendar.year_missing"):
        calendar_confirm(SYSTEM, year=2029, source="x")
    with pytest.raises(Refused, match=r"calendar.year_range"):
        calendar_prepare(SYSTEM, year=2024)
