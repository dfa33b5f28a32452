"""Dates as sheets write them: read with their precision, or not at all."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel.partial_dates import DAY, MONTH, YEAR, DateRange, PartialDate, parse, parse_range

TODAY = date(2026, 11, 23)
JULY = PartialDate(date(1998, 7, 1), MONTH)
FIRST = PartialDate(date(1998, 7, 1), DAY)

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
NUMERALS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "text",
    [
        "1998.7",
        "1998.07",
        "199807",
        "1998年7月",
        "1998年07月份",
        "1998-7",
        "1998/07",
        "98.7",
        "98年7月",
        "１９９８．７",
        "一九九八年七月",
        "1998 年 7 月",
        "1998。7",
        "1998.7.",
        "1998 7",
        "19980700",
        "1998.7.0",
        1998.7,
        199807.0,
    ],
)
def test_month_styles(text: object) -> None:
    assert parse(text, latest=TODAY) == JULY


@pytest.mark.parametrize(
    "text",
    [
        "1998-07-01",
        "1998/7/1",
        "19980701",
        "1998.07.01",
        "1998年7月1日",
        "1998-07-01 00:00:00",
        "1998-07-01T08:30:00",
        "一九九八年七月一日",
        "98.7.1",
        "980701",
        "'1998-07-01",
        "1998－07－01",
        "1998-7-1 星期三",
        "1998年7月1号",
        35977,
        35977.0,
        "35977",
        19980701.0,
        date(1998, 7, 1),
        datetime(1998, 7, 1, 9, 30, tzinfo=UTC),
    ],
)
def test_day_styles(text: object) -> None:
    assert parse(text, latest=TODAY) == FIRST


@pytest.mark.parametrize(
    "text", ["二〇〇八年", "二零零八年", "2008", "2008年", "2008年度", "20080000", 2008, 2008.0]
)
def test_year_styles(text: object) -> None:
    assert parse(text, latest=TODAY) == PartialDate(date(2008, 1, 1), YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "不详",
        "1998.13",
        "1998-02-30",
        "2011-2016",
        "2011.6-2016.6",
        "3/7/1998",
        "98",
        "18年",
        "0",
        "农历七月",
        *(None, True, 0, -5, 12, 1e12, float("nan"), 1998.1, 1998.123, "1798.3", "19981301"),
    ],
)
def test_not_read(text: object) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["98.7", "98年7月", "980701", "九八年七月"])
def test_two_digit_years_need_to_know_today(text: str) -> None:
    assert parse(text) is None
    assert parse(text, latest=TODAY) is not None


def test_two_digit_years_lie_in_the_past() -> None:
    assert parse("26.11", latest=TODAY) == PartialDate(date(2026, 11, 1), MONTH)
    assert parse("26.12", latest=TODAY) == PartialDate(date(1926, 12, 1), MONTH)
    assert parse("05.3", latest=TODAY) == PartialDate(date(2005, 3, 1), MONTH)


def test_only_the_unambiguous_reading_of_a_year_at_the_end() -> None:
    assert parse("13/7/1998") == parse("7/13/1998") == PartialDate(date(1998, 7, 13), DAY)
    assert parse("7/7/1998") == PartialDate(date(1998, 7, 7), DAY)


@given(DAYS)
def test_every_day_in_every_style(day: date) -> None:
    digits = f"{day:%Y}"
    chinese = "".join(NUMERALS[int(c)] for c in digits)
    styles = [
        f"{day:%Y-%m-%d}",
        f"{digits}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{digits}/{day.month}/{day.day}",
    ]
    styles += [f"{digits}年{day.month}月{day.day}日", f"{chinese}年{tens(day.month)}月{tens(day.day)}日"]
    assert {parse(style) for style in styles} == {PartialDate(day, DAY)}
    assert {parse(style.rsplit(".", 1)[0]) for style in styles if "." in style} == {
        PartialDate(day.replace(day=1), MONTH)
    }


def tens(number: int) -> str:
    ten, one = divmod(number, 10)
    return (("" if ten == 1 else NUMERALS[ten]) + "十" if ten else "") + (NUMERALS[one] if one else "")


@given(st.text(alphabet="0123456789./-年月日 一二十", max_size=12))
def test_any_text_is_a_real_day_or_nothing(text: str) -> None:
    found = parse(text, latest=TODAY)
    assert found is None or (1850 <= found.date.year <= 2100 and parse(str(found)) == found)


def test_words_and_meaning() -> None:
    assert [str(d) for d in (FIRST, JULY, PartialDate(date(1998, 1, 1), YEAR))] == [
        "1998-07-01",
        "1998-07",
        "1998",
    ]
    assert JULY.last == date(1998, 7, 31)
    assert PartialDate(date(1999, 12, 1), MONTH).last == date(1999, 12, 31)
    assert PartialDate(date(1999, 1, 1), YEAR).last == date(1999, 12, 31)
    assert JULY.agrees(date(1998, 7, 15)) and not JULY.agrees(date(1998, 8, 1))
    day = PartialDate(date(1998, 7, 15), DAY)
    assert JULY.finer_of(day) == day.finer_of(JULY) == day
    assert JULY.finer_of(PartialDate(date(1999, 7, 15), DAY)) is None


@pytest.mark.parametrize(
    "text", ["2011.6-2016.6", "2011年6月至2016年6月", "2011.06—2016.06", "201106~201606", "2011.6 - 2016.6"]
)
def test_terms(text: str) -> None:
    assert parse_range(text) == DateRange(
        PartialDate(date(2011, 6, 1), MONTH), PartialDate(date(2016, 6, 1), MONTH)
    )
    assert parse(text) is None


def test_terms_that_last_and_no_terms() -> None:
    assert parse_range("2011年6月至今") == DateRange(PartialDate(date(2011, 6, 1), MONTH), None)
    assert parse_range("2011-06-01~2016-05-31") is not None
    for text in ("1998-07-01", "1998.7", "2016.6-2011.6", "无", 1998.7, None):
        assert parse_range(text) is None
