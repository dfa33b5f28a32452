"""Days of which sometimes only the month or the year is known, as registers and sheets write them.

Styles read: 1998.7, 199807, 1998年7月, 1998-07-01, 1998/7/1, 19980701, a spreadsheet's serial number, date
cells, Chinese numerals (一九九八年七月), two-digit years (98.7, only when the caller says which day is the
latest possible), full-width digits, a time behind the day. What cannot be read for certain is None: nothing
is guessed, and a month never becomes its first day without saying so.
"""

import re
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

Day = date
"""The type ``date``, whose name the field of ``PartialDate`` takes."""

Precision = Literal["day", "month", "year"]

DAY: Precision = "day"
MONTH: Precision = "month"
YEAR: Precision = "year"

FIRST_YEAR = 1850
LAST_YEAR = 2100
"""Years outside of these two (inclusive) are slips of the pen."""

_SERIAL_ORIGIN = date(1899, 12, 30)
"""Day 0 of the 1900 date system for serials from 61 on (the system has a 29 February 1900 that never was)."""
_SERIAL_FIRST, _SERIAL_LAST = 2200, 73_415
"""Serial numbers read as days: 1906-01-08 to 2100-12-31; smaller ones could be years."""


class PartialDate(NamedTuple):
    """A day known to the ``day``, ``month`` or ``year``; ``date`` is the first day of what is known."""

    date: Day
    precision: Precision

    def __str__(self) -> str:
        return self.date.isoformat()[: {DAY: 10, MONTH: 7, YEAR: 4}[self.precision]]

    @property
    def last(self) -> Day:
        """The last day it can mean (inclusive)."""
        if self.precision == DAY:
            return self.date
        if self.precision == YEAR:
            return Day(self.date.year, 12, 31)
        following = Day(self.date.year + self.date.month // 12, self.date.month % 12 + 1, 1)
        return following - timedelta(days=1)

    def agrees(self, day: Day) -> bool:
        """Whether ``day`` can be meant, compared as precisely as this date is given."""
        return self.date <= day <= self.last

    def finer_of(self, other: "PartialDate") -> "PartialDate | None":
        """The more precise of two dates that can mean the same day, None when they cannot."""
        if self.last < other.date or other.last < self.date:
            return None
        order = (DAY, MONTH, YEAR)
        return self if order.index(self.precision) <= order.index(other.precision) else other


class DateRange(NamedTuple):
    """A term such as 2011.6-2016.6; ``end`` is None where the text says 至今."""

    start: PartialDate
    end: PartialDate | None


_UNIFY: dict[int, int | str | None] = {ord("０") + n: ord("0") + n for n in range(10)}
_UNIFY |= {ord(c): "." for c in "．。·，,、"}
_UNIFY |= {ord(c): "/" for c in "／\\"}
_UNIFY |= {ord(c): "-" for c in "－—–―‐﹣−"}
_UNIFY |= {ord(c): "~" for c in "～〜∼"}
_UNIFY |= {ord("："): ":", ord("\u3000"): " ", ord("\u00a0"): " ", ord("號"): "日", ord("号"): "日"}
_UNIFY |= dict.fromkeys(map(ord, "'’‘`\u200b\u200c\u200d\ufeff"))

_NUMERALS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")}
_NUMERALS |= {"零": "0", "○": "0", "Ο": "0", "О": "0", "O": "0", "o": "0", "◯": "0", "元": "1", "两": "2"}
_CHINESE = re.compile(r"[〇零○ΟОOo◯一二三四五六七八九十廿卅元两]+")

_TIME = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
_PARTS = re.compile(
    r"(?P<y>\d{4}|\d{2})(?:\s*年\s*|\s*[./-]\s*|\s+)(?P<m>\d{1,2})"
    r"(?:(?:\s*月\s*|\s*[./-]\s*|\s+)(?P<d>\d{1,2})\s*日?)?\s*(?:月份?)?[./-]?"
)
_USUAL = re.compile(
    r"([0-9]{4})[./\-年]([0-9]{1,2})(?:[./\-月]([0-9]{1,2})日?|月)?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_YEAR_ONLY = re.compile(r"(?P<y>\d{4}|\d{2}(?=年))\s*年?(?:度)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DIGITS = re.compile(r"\d+")
_NUMBER_TAIL = re.compile(r"(\d{4,8})\.0+")
_RANGE = re.compile(r"\s*(?:-+|~+|至|到)\s*")
_UNTIL_NOW = frozenset({"今", "至今", "现在", "现任", "目前"})


def parse(value: object, *, latest: date | None = None) -> PartialDate | None:
    """Read a date cell or text.

    ``latest`` is the last day that can be meant (usually today): it decides the century of two-digit years,
    which are not read without it. Returns None for what is no date, no real day, a range, or could mean two
    things.
    """
    if isinstance(value, str):
        return _parse_usual(value) or _parse_text(value, latest)
    if isinstance(value, datetime):
        return _known(value.date())
    if isinstance(value, date):
        return _known(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _parse_number(float(value), latest)
    return None


def parse_range(value: object, *, latest: date | None = None) -> DateRange | None:
    """Read a term of two dates such as «2011.6-2016.6», «2011年6月至今»; None for anything else."""
    if not isinstance(value, str):
        return None
    text = _prepare(value)
    for hit in _RANGE.finditer(text):
        start = _parse_text(text[: hit.start()], latest)
        if start is None:
            continue
        rest = text[hit.end() :].strip()
        if rest in _UNTIL_NOW or (rest == "" and hit[0].strip() == "至"):
            return DateRange(start, None)
        end = _parse_text(rest, None)
        if end is not None and start.date <= end.last:
            return DateRange(start, end)
    return None


def _known(day: date) -> PartialDate | None:
    return PartialDate(day, DAY) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _prepare(text: str) -> str:
    text = text.translate(_UNIFY).strip()
    if not text.isascii() and _CHINESE.search(text):
        text = _CHINESE.sub(_arabic, text)
    return text


def _arabic(hit: re.Match[str]) -> str:
    """Chinese numerals as digits: 一九九八 → 1998, 二十一 → 21, 十 → 10, 廿三 → 23."""
    word = hit[0].replace("廿", "二十").replace("卅", "三十")
    if "十" not in word:
        return "".join(_NUMERALS[c] for c in word)
    tens, _, ones = word.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return word
    return (_NUMERALS[tens] if tens else "1") + (_NUMERALS[ones] if ones else "0")


def _parse_usual(text: str) -> PartialDate | None:
    """The styles nearly all cells have, without a closer look; None leaves the text to ``_parse_text``."""
    hit = _USUAL.fullmatch(text)
    if hit is None:
        return None
    year, month, day = int(hit[1] or hit[4]), int(hit[2] or hit[5]), hit[3] or hit[6]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    known = _day(year, month, int(day or 1))
    return PartialDate(known, DAY if day else MONTH) if known else None


def _parse_text(value: str, latest: date | None) -> PartialDate | None:
    text = _WEEKDAY.sub("", value.translate(_UNIFY).strip())
    text = _TIME.sub("", _prepare(text))
    tail = _NUMBER_TAIL.fullmatch(text)
    if tail and len(tail[1]) != 4:
        text = tail[1]
    if _DIGITS.fullmatch(text):
        return _parse_digits(text, latest)
    hit = _PARTS.fullmatch(text)
    if hit:
        return _build(hit["y"], hit["m"], hit["d"], latest)
    hit = _YEAR_ONLY.fullmatch(text)
    if hit:
        return _build(hit["y"], None, None, latest)
    hit = _YEAR_LAST.fullmatch(text)
    return _year_last(hit) if hit else None


def _parse_digits(text: str, latest: date | None) -> PartialDate | None:
    if len(text) == 8:
        return _build(text[:4], text[4:6], text[6:], latest)
    if len(text) == 6:
        whole = _build(text[:4], text[4:], None, latest)
        return whole or _build(text[:2], text[2:4], text[4:], latest)
    if len(text) == 4:
        return _build(text, None, None, latest)
    if len(text) == 5 and _SERIAL_FIRST <= int(text) <= _SERIAL_LAST:
        return _known(_SERIAL_ORIGIN + timedelta(days=int(text)))
    return None


def _parse_number(value: float, latest: date | None) -> PartialDate | None:
    if value != value or not 0 < value < 100_000_000:
        return None
    whole = int(value)
    if value == whole:
        if FIRST_YEAR <= whole <= LAST_YEAR:
            return _build(str(whole), None, None, latest)
        if _SERIAL_FIRST <= whole <= _SERIAL_LAST:
            return _known(_SERIAL_ORIGIN + timedelta(days=whole))
        return _parse_digits(str(whole), latest)
    if FIRST_YEAR <= whole <= LAST_YEAR:
        return _parse_year_month_number(value, whole, latest)
    if _SERIAL_FIRST <= whole <= _SERIAL_LAST:
        return _known(_SERIAL_ORIGIN + timedelta(days=whole))
    return _parse_text(repr(value), latest) if not repr(value).endswith(".1") else None


def _parse_year_month_number(value: float, year: int, latest: date | None) -> PartialDate | None:
    """1998.7 and 1998.12 typed into a number cell; 1998.1 may have been 1998.10 and is not guessed."""
    month = repr(value).partition(".")[2]
    if month == "1" or len(month) > 2:
        return None
    return _build(str(year), month, None, latest)


def _year_last(hit: re.Match[str]) -> PartialDate | None:
    """13/7/1998 or 7/13/1998: read only where one reading alone is a day, or both are the same."""
    first, second, year = int(hit[1]), int(hit[2]), int(hit[3])
    days = {_day(year, month, day) for month, day in ((first, second), (second, first))} - {None}
    only = days.pop() if len(days) == 1 else None
    return _known(only) if only else None


def _build(year: str, month: str | None, day: str | None, latest: date | None) -> PartialDate | None:
    number = int(year)
    if len(year) == 2:
        if latest is None:
            return None
        number += latest.year - latest.year % 100
        first = _day(number, int(month or 1) or 1, 1)
        if first is None or first > latest:
            number -= 100
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    if month is None or (int(month) == 0 and int(day or 0) == 0):
        return PartialDate(date(number, 1, 1), YEAR)
    if day is None or int(day) == 0:
        known = _day(number, int(month), 1)
        return PartialDate(known, MONTH) if known else None
    known = _day(number, int(month), int(day))
    return PartialDate(known, DAY) if known else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
