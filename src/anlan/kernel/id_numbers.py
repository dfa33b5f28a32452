"""Resident id numbers (公民身份号码) after GB 11643-1999.

18 characters: six digits of the region of first registration, eight of the day of birth, three of order
(odd for men, even for women) and one check character, ISO 7064 MOD 11-2. Numbers given out before October
1999 have 15 digits, no century and no check character; they are converted by inserting ``19`` and appending
the check character. Residence permits of foreigners and of residents of Hong Kong, Macao and Taiwan have
the same 18 characters and begin with 8 or 9; they need no case of their own, because the region is never
looked at: thousands of old numbers carry a region that was abolished, so an unknown one is no reason to
refuse.

Only the check digit comes from a library (python-stdnum); its full check raises errors on abolished regions.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from stdnum.iso7064 import mod_11_2

MISSING = "id_number.missing"
DIGITS_LOST = "id_number.digits_lost"
FORMAT = "id_number.format"
DATE = "id_number.date"
CHECKSUM = "id_number.checksum"
FIFTEEN_DIGITS = "id_number.fifteen_digits"

REFUSING_CODES = frozenset({MISSING, DIGITS_LOST, FORMAT, DATE, CHECKSUM})

MALE = "1"
FEMALE = "2"

EARLIEST_BIRTH_YEAR = 1850
"""Nobody in a living register was born earlier; a year before it is a slip of the pen, not a day."""

_EXACT_DIGITS = 15
"""Digits a spreadsheet number keeps (IEEE 754 double); of a longer one the last digits are gone."""

_WHOLE = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}|[0-9]{16,}\.0+")
_NONE_SAID = frozenset({"", "无", "/", "／", "\\", "暂无", "没有", "未办", "未知", "不详"})
_NUMBER_TAIL = re.compile(r"([0-9]{15})\.0+")
_DIGITS_ONLY = re.compile(r"[0-9]+")

_UNIFY: dict[int, int | str | None] = {ord("０") + n: ord("0") + n for n in range(10)}
_UNIFY |= {ord(c): "X" for c in "xＸｘ×✕Хх*"}
_UNIFY |= {ord(c): "E" for c in "eＥｅ"}
_UNIFY |= {ord(c): "+" for c in "＋"}
_UNIFY |= {ord(c): "." for c in "．"}
_UNIFY |= dict.fromkeys(
    map(ord, " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u202a\u202c\u202d'’‘`\"“”-－—–")
)


class Checked(NamedTuple):
    """What became of an id number: ``number`` in 18 characters (empty when refused), ``code`` empty when
    all is well.

    ``code`` is one of the constants of this module; ``id_number.fifteen_digits`` comes with a number and is
    a warning.
    """

    number: str
    code: str


_MISSING = Checked("", MISSING)
_DIGITS_LOST = Checked("", DIGITS_LOST)
_FORMAT = Checked("", FORMAT)
_DATE = Checked("", DATE)
_CHECKSUM = Checked("", CHECKSUM)


def unify(text: str) -> str:
    """The text in narrow characters, upper case X, without spaces, quotes and dashes; nothing else is
    changed.
    """
    return text.translate(_UNIFY)


def check(cell: object) -> Checked:
    """Check an id number as typed or as a spreadsheet cell (text, number or None).

    Asked in this order, the first that fails is told: missing, digits lost, format, date, checksum. A
    number cell of exactly 15 digits is whole and converted; a longer one has lost its last digits, whatever
    it looks like.
    """
    if isinstance(cell, str):
        text = cell
        if len(text) != 18 or not text.isascii():
            text = unify(text)
        if len(text) == 18:
            return _check_whole(text)
        return _check_short(text)
    if cell is None:
        return _MISSING
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _check_number(cell)
    return _FORMAT


def _check_whole(text: str) -> Checked:
    if not _WHOLE.fullmatch(text):
        text = unify(text)
        if not _WHOLE.fullmatch(text):
            return _check_short(text)
    if born(text) is None:
        return _DATE
    if (_region_sum(text[:6]) + _birth_sum(text[6:14]) + _tail_sum(text[14:])) % 11 != 1:
        return _CHECKSUM
    return Checked(text, "")


def _check_short(text: str) -> Checked:
    if text in _NONE_SAID:
        return _MISSING
    tail = _NUMBER_TAIL.fullmatch(text)
    if tail:
        text = tail[1]
    if _OLD.fullmatch(text):
        return _convert(text)
    if _SCIENTIFIC.fullmatch(text):
        return _DIGITS_LOST
    return _FORMAT


def _check_number(cell: float) -> Checked:
    if cell != cell or cell in (float("inf"), float("-inf")) or cell != int(cell) or cell <= 0:
        return _FORMAT
    digits = str(int(cell))
    if len(digits) > _EXACT_DIGITS:
        return _DIGITS_LOST
    return _convert(digits) if len(digits) == _EXACT_DIGITS else _FORMAT


def _convert(old: str) -> Checked:
    body = old[:6] + "19" + old[6:]
    if _birth_date(body[6:14]) is None:
        return _DATE
    return Checked(body + mod_11_2.calc_check_digit(body), FIFTEEN_DIGITS)


@lru_cache(maxsize=8192)
def _region_sum(region: str) -> int:
    return mod_11_2.checksum(region + "0" * 12)


@lru_cache(maxsize=65536)
def _birth_sum(birth: str) -> int:
    return mod_11_2.checksum(birth + "0" * 4)


@lru_cache(maxsize=16384)
def _tail_sum(tail: str) -> int:
    return mod_11_2.checksum(tail)


@lru_cache(maxsize=65536)
def _birth_date(birth: str) -> date | None:
    try:
        day = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return None
    return day if day.year >= EARLIEST_BIRTH_YEAR else None


def born(number: str) -> date | None:
    """Day of birth in a number of 18 characters; None when there is no such day."""
    return _birth_date(number[6:14])


def birth_date(number: str) -> date:
    """Day of birth in a valid number of 18 characters (as ``check`` returns it)."""
    day = _birth_date(number[6:14])
    if day is None:
        raise ValueError("not a valid id number")
    return day


def sex(number: str) -> str:
    """Sex in a valid number of 18 characters, as code of GB/T 2261.1: ``"1"`` male, ``"2"`` female."""
    return MALE if number[16] in "13579" else FEMALE


def complete(body: str) -> str:
    """The 18-character number for its first 17 digits."""
    if len(body) != 17 or not _DIGITS_ONLY.fullmatch(body):
        raise ValueError("17 digits needed")
    return body + mod_11_2.calc_check_digit(body)
