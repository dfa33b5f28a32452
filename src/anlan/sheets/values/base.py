"""Cells, and what a value type is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from anlan.kernel.names import plain
from anlan.sheets.lines import WARNING, Level

Cell = str | int | float | bool | date | datetime | time | timedelta

UNKNOWN = "value.unknown"
DIGITS_LOST = "value.digits_lost"
FORMULA_ERROR = "value.formula_error"

EXACT_DIGITS = 15
"""Digits a spreadsheet number keeps; of a longer one the last are gone."""

NOTHING_WORDS = frozenset(
    {
        "无",
        "/",
        "//",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "―",
        "一一",
        "暂无",
        "没有",
        "〃无",
        "N/A",
        "n/a",
        "NA",
    }
)
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"})
_BLANKS = " \t\r\n\v\f\u00a0\u2002\u2003\u2009\u3000\u200b\u200c\u200d\u2060\ufeff\x85"
_VOID = frozenset({"NULL", "null", "None", "nan", "NaN", "(null)", "<NA>"})
"""What exports of other systems write for an empty cell."""
_SPACES = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the file says about a column besides its cells, and what its cells say together.

    ``latest`` is the last day a two-digit year may mean; ``width`` the digits a number format pads to (0:
    none); ``months`` that date cells are shown without their day; ``tenths`` that 1998.1 means October,
    because the column is shown with two decimals or writes its other months as 1998.01.
    """

    latest: date
    width: int = 0
    months: bool = False
    tenths: bool = False


class Finding(NamedTuple):
    """A value with something to tell about it."""

    value: Any
    code: str
    params: Mapping[str, Any]
    level: Level = WARNING


Parser = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class ValueType:
    """How cells of one meaning are read.

    ``parser`` makes, for a column, the function from a cell (never blank) to its value, ``NOTHING`` or a
    ``Finding``. ``fits`` says whether a cell looks like this meaning; where ``specific`` is true that alone
    is evidence enough to recognise a column whose header says nothing.
    """

    code: str
    parser: Callable[[ColumnFacts], Parser]
    fits: Callable[[Cell], bool] | None = None
    specific: bool = False
    firm: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    if isinstance(cell, str):
        return not cell.strip(_BLANKS) or cell in _VOID
    return cell is None


def is_nothing(text: str) -> bool:
    """Whether a text states that there is none (无, /, —)."""
    return _SPACES.sub("", text) in NOTHING_WORDS


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where a formula failed."""
    return text in _ERRORS


def text_of(cell: object) -> str:
    """A cell as text in one width: whole numbers without ``.0``, days as ISO dates, single spaces inside."""
    if isinstance(cell, str):
        return plain(cell.lstrip("'’‘") if cell[:1] in "'’‘" else cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell == cell and abs(cell) < 1e300 and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    return "" if cell is None else str(cell)


def squeezed(cell: object) -> str:
    """A cell as text without any spaces."""
    return _SPACES.sub("", text_of(cell))


def unknown(cell: object, value: Any = None) -> Finding:
    """A cell that says something nobody here understands; its text is told."""
    return Finding(value, UNKNOWN, {"value": text_of(cell)})
