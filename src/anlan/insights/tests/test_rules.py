"""The rules: balance, small groups, the day of a year's report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.insights.rules import Balance, hidden_groups, reading_day, share
from anlan.kernel.problems import Problem

COUNTS = st.dictionaries(st.integers(1, 30), st.integers(0, 40), max_size=12)


def test_a_balance_says_how_far_it_is_off() -> None:
    assert Balance(10, 10).holds and Balance(10, 10).difference == 0
    assert not Balance(10, 9).holds and Balance(10, 9).difference == -1
    assert Balance(0, 2).difference == 2


@pytest.mark.parametrize(
    ("year", "today", "day"),
    [
        (2025, date(2026, 11, 23), date(2025, 12, 31)),
        (2026, date(2026, 11, 23), date(2026, 11, 23)),
        (2026, date(2026, 12, 31), date(2026, 12, 31)),
        (2026, date(2027, 1, 1), date(2026, 12, 31)),
        (1949, date(2026, 1, 1), date(1949, 12, 31)),
    ],
)
def test_a_year_reads_as_of_its_end_or_today(year: int, today: date, day: date) -> None:
    assert reading_day(year, today) == day


@pytest.mark.parametrize(
    ("year", "code"),
    [(2027, "report.year_future"), (1948, "report.year_unknown"), (26, "report.year_unknown")],
)
def test_a_year_that_is_none(year: int, code: str) -> None:
    found = reading_day(year, date(2026, 11, 23))
    assert isinstance(found, Problem) and found.code == code


def test_share_of_nobody() -> None:
    assert share(0, 0) == 0.0 and share(1, 4) == 25.0


def test_nothing_is_hidden_from_who_may_see_persons() -> None:
    assert hidden_groups({"a": 1, "b": 2}, 0) == frozenset()


def test_empty_groups_are_shown_and_small_ones_not() -> None:
    assert hidden_groups({"a": 0, "b": 4, "c": 4, "d": 9}, 5) == {"b", "c"}


def test_a_single_small_group_takes_the_next_smallest_along() -> None:
    assert hidden_groups({"a": 3, "b": 20, "c": 9}, 5) == {"a", "c"}
    assert hidden_groups({"a": 3, "b": 20, "c": 9}, 5, total_shown=False) == {"a"}


@given(COUNTS, st.integers(2, 9))
def test_the_difference_to_the_whole_tells_no_small_group(counts: dict[int, int], minimum: int) -> None:
    hidden = hidden_groups(counts, minimum)
    shown = {key: count for key, count in counts.items() if key not in hidden}
    assert all(count == 0 or count >= minimum for count in shown.values())
    if hidden and any(counts[key] >= minimum for key in counts):
        assert len(hidden) >= 2 or not shown or all(count == 0 for count in shown.values())
        rest = sum(counts.values()) - sum(shown.values())
        assert rest >= minimum or all(count == 0 for count in shown.values())
