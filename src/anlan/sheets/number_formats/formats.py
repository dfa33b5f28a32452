"""What a number format says that a value does not, whatever file it stands in."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from anlan.sheets.values import Cell

Shown = Callable[[Cell], Cell]

_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
"""Built-in formats that show year and month alone (ECMA-376 part 1, 18.8.30; 27 and above in Chinese
locales).
"""
_TWO_DECIMALS = frozenset({2})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ZEROS = re.compile(r"0{2,}")
_SERIAL_ORIGIN = date(1899, 12, 30)


def shown_by(number: int, code: str) -> Shown | None:
    """What a number format shows of a cell where that is more than its value; None where it is not.

    ``number`` is the built-in format's (0 for one that is written out), ``code`` the format as written.
    """
    if number in _MONTH_FORMATS:
        return as_month
    if number in _TWO_DECIMALS:
        return as_two_decimals
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    if "y" in plain and "d" not in plain:
        return as_month if "m" in plain else as_year
    if plain == "0.00":
        return as_two_decimals
    return _padded(len(plain)) if _ZEROS.fullmatch(plain) else None


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 61 <= cell < 73_415:
        return _SERIAL_ORIGIN + timedelta(days=int(cell))
    return None


def as_month(cell: Cell) -> Cell:
    """A day without its day of the month."""
    day = _day_of(cell)
    return f"{day:%Y-%m}" if day else cell


def as_year(cell: Cell) -> Cell:
    """The year of a day."""
    day = _day_of(cell)
    return f"{day:%Y}" if day else cell


def as_two_decimals(cell: Cell) -> Cell:
    """A number that is a year and a month with both digits of the month."""
    is_year_and_month = isinstance(cell, float) and 1850 < cell < 2100
    return f"{cell:.2f}" if is_year_and_month else cell


def _padded(width: int) -> Shown:
    def show(cell: Cell) -> Cell:
        if (
            isinstance(cell, bool)
            or not isinstance(cell, int | float)
            or cell != int(cell)
            or not 0 <= cell < 1e15
        ):
            return cell
        return str(int(cell)).zfill(width)

    return show
