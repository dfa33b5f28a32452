"""Dates with their precision."""

from collections.abc import Callable
from datetime import date, datetime

from anlan.kernel.partial_dates import DAY, MONTH, PartialDate, parse, parse_range
from anlan.sheets.lines import NOTHING
from anlan.sheets.values.base import Cell, ColumnFacts, Parser, ValueType, is_nothing, text_of, unknown

_DIGITS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九〇零")


def looks_like_date(cell: Cell) -> bool:
    """Whether a cell is a date beyond doubt: a date cell, or a text or number of at least year and month."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, str):
        text = cell.strip()
        if len(text) < 4 or text[0] not in _DIGITS or (text.isdigit() and len(text) not in (6, 8)):
            return False
        return parse(text, latest=date(2100, 1, 1)) is not None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 1900 <= cell < 100_000_000:
        return False
    return (cell != int(cell) or cell > 190_000) and parse(cell) is not None


def _read(cell: Cell, facts: ColumnFacts) -> PartialDate | None:
    if isinstance(cell, float) and facts.tenths and 1900 < cell < 2100 and cell != int(cell):
        return parse(f"{cell:.2f}", latest=facts.latest)
    found = parse(cell, latest=facts.latest)
    if found and facts.months and isinstance(cell, date | datetime) and found.precision == DAY:
        return PartialDate(found.date.replace(day=1), MONTH)
    return found


def _make(range_end: bool) -> Callable[[ColumnFacts], Parser]:
    def parser(facts: ColumnFacts) -> Parser:
        def read(cell: Cell) -> object:
            found = _read(cell, facts)
            if found is None and isinstance(cell, str):
                if is_nothing(text_of(cell)):
                    return NOTHING
                term = parse_range(cell, latest=facts.latest) if range_end else None
                found = term.end if term else None
            return found if found is not None else unknown(cell)

        return read

    return parser


DATE = ValueType("date", _make(range_end=False), looks_like_date, specific=True, firm=True)
"""A ``PartialDate``: known to the day, the month or the year."""

DATE_END = ValueType("date_end", _make(range_end=True), looks_like_date, firm=True)
"""A date, or the end of a term such as 2011.6-2016.6."""
