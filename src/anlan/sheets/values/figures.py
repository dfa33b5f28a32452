"""Id numbers, codes, phones, figures, yes and no."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from anlan.kernel import id_numbers
from anlan.sheets.lines import NOTHING, REFUSED, WARNING
from anlan.sheets.values.base import (
    DIGITS_LOST,
    EXACT_DIGITS,
    Cell,
    ColumnFacts,
    Finding,
    Parser,
    ValueType,
    is_nothing,
    squeezed,
    text_of,
    unknown,
)

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,3}")
_LOST_TAIL = re.compile(r"\d{16,}\.0+")
_ID_LIKE = re.compile(r"\d{17}[\dXx]|\d{15}")
_SEVERAL_IDS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_SHORTEST_PAIR = 31
_MASKED = re.compile(r"[\dXx*]{15}|[\dXx*]{18}")


def looks_like_id_number(cell: Cell) -> bool:
    """Whether a cell is meant as an id number, right or wrong, whole or with its last digits lost."""
    if isinstance(cell, str):
        text = id_numbers.unify(cell)
        return bool(_ID_LIKE.fullmatch(text)) or bool(
            _SCIENTIFIC.fullmatch(text) and text[-2:] in ("17", "14")
        )
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 1e14 <= cell < 1e18


def id_numbers_in(text: str) -> list[str]:
    """The id numbers in a text that may hold several, right or wrong."""
    if len(text) < _SHORTEST_PAIR:
        return []
    return _SEVERAL_IDS.findall(unicodedata.normalize("NFKC", text))


def _id_parser(_: ColumnFacts) -> Parser:
    check = id_numbers.check

    def parse(cell: Cell) -> object:
        number, code = check(cell)
        if not code:
            return number
        if code == id_numbers.MISSING:
            return None
        level = WARNING if code == id_numbers.FIFTEEN_DIGITS else REFUSED
        several = isinstance(cell, str) and len(id_numbers_in(cell)) > 1
        return Finding(number or None, code, {"says": "id_number.several"} if several else {}, level)

    return parse


def _code_parser(facts: ColumnFacts) -> Parser:
    width = facts.width

    def parse(cell: Cell) -> object:
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            if abs(cell) >= 10**EXACT_DIGITS:
                return Finding(None, DIGITS_LOST, {"value": text_of(cell)})
            text = text_of(cell)
            return text.zfill(width) if text.isdigit() else text
        text = squeezed(cell)
        if is_nothing(text):
            return NOTHING
        if _SCIENTIFIC.fullmatch(text) or _LOST_TAIL.fullmatch(text):
            return Finding(None, DIGITS_LOST, {"value": text})
        return text

    return parse


def looks_like_area_code(cell: Cell) -> bool:
    """Whether a cell is a division code after GB/T 2260 and its statistical extension."""
    text = squeezed(cell)
    return len(text) in (6, 9, 12, 15) and text.isascii() and text.isdigit() and text[0] in "12345678"


_PHONE_BETWEEN = re.compile(r"[、,;/|或和\r\n]+")
_BRACKETS = re.compile(r"[((\[【].*?[))\]】]")
_NOT_DIGIT = re.compile(r"[^\d]+")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z::]+")


def _phone(text: str) -> str | None:
    """One phone number as digits; None when it is none."""
    digits = _NOT_DIGIT.sub("", text)
    if len(digits) in (13, 15) and digits.startswith(("861", "00861")):
        digits = digits[-11:]
    if len(digits) == 11 and digits[0] == "1":
        return digits
    return digits if 7 <= len(digits) <= 12 else None


def _phones_in(text: str) -> list[str] | None:
    found: list[str] = []
    text = unicodedata.normalize("NFKC", text)
    for part in _PHONE_BETWEEN.split(_WORDS.sub(" ", _BRACKETS.sub(" ", text))):
        pieces = [part]
        words = part.split()
        if len(words) > 1 and all(_phone(word) for word in words):
            pieces = words
        for piece in pieces:
            if not piece.strip():
                continue
            digits = _NOT_DIGIT.sub("", piece)
            one = (
                [digits[i : i + 11] for i in range(0, len(digits), 11)]
                if len(digits) in (22, 33)
                else [piece]
            )
            numbers = [_phone(number) for number in one]
            found.extend(number for number in numbers if number)
            if None in numbers:
                return None
    return found


def _phones_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        if isinstance(cell, str) and len(cell) == 11 and cell.isascii() and cell.isdigit():
            return (cell,)
        text = text_of(cell)
        if is_nothing(text):
            return NOTHING
        found = _phones_in(text if not isinstance(cell, str) else cell)
        return tuple(dict.fromkeys(found)) if found else unknown(cell, (text,))

    return parse


def looks_like_phone(cell: Cell) -> bool:
    """Whether a cell holds a mobile number, alone or first of several."""
    if isinstance(cell, str):
        found = _phones_in(cell)
        return bool(found) and len(found[0]) == 11 and found[0][0] == "1"  # type: ignore[index]
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 1.3e10 <= cell < 2e10


_YES_WORDS = "是 有 √ ✓ ✔ ☑ v V 对 1 Y y yes YES Yes true TRUE True 在 已 流动 外出 移民 失联"
_NO_WORDS = (
    "否 无 × ✗ ✘ ✕ x X 错 0 N n no NO No false FALSE False 不是 没有 不 未 非 "
    "不流动 非流动 未流动 未外出 非移民 未失联"
)
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())


def _yes_no_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        if text in _YES:
            return True
        if text in _NO:
            return False
        return NOTHING if is_nothing(text) else unknown(cell)

    return parse


_UNIT = re.compile(r"(?:人次|人|户|个|名|亩|岁|年|元|次|平方米|口)+$")


def _integer_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = _UNIT.sub("", squeezed(cell)).replace(",", "")
        if is_nothing(text):
            return NOTHING
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() else unknown(cell)

    return parse


def _money_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell).replace(",", "").removeprefix("¥")
        if is_nothing(text):
            return NOTHING
        factor = Decimal(10_000) if text.endswith(("万", "万元")) else Decimal(1)
        try:
            return Decimal(text.rstrip("元万")) * factor
        except InvalidOperation:
            return unknown(cell)

    return parse


ID_NUMBER = ValueType("id_number", _id_parser, looks_like_id_number, specific=True, firm=True)
"""An id number in 18 characters; what is wrong with it comes as a finding in the order of contracts.md."""

CODE_TEXT = ValueType("code_text", _code_parser)
"""A number that is a name (codes, accounts, household numbers): every digit and leading zero kept."""

AREA_CODE = ValueType("area_code", _code_parser, looks_like_area_code, specific=True)
"""A division code of 6, 9 or 12 digits, every digit kept."""

PHONES = ValueType("phones", _phones_parser, looks_like_phone, specific=True, firm=True)
"""Phone numbers as digits: a tuple, in the order of the cell."""

YES_NO = ValueType("yes_no", _yes_no_parser, lambda cell: squeezed(cell) in _YES | _NO)
"""True or False; 无 means no."""

INTEGER = ValueType("integer", _integer_parser, lambda cell: isinstance(cell, int | float))
"""A whole number, with or without a unit."""

MONEY = ValueType("money", _money_parser, lambda cell: isinstance(cell, int | float))
"""An amount in yuan as ``Decimal``; 万元 is counted out."""
