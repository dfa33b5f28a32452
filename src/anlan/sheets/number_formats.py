"""What number formats say that cell values do not: a month shown without its day, a code with its leading
zeros.

The reading library gives values alone: a date cell shown as 1998年7月 arrives as 1 July, a code shown as
004 as 4, a number shown as 1998.10 as 1998.1. The styles of an .xlsx tell which cells are so shown; only
when there are such styles is the sheet's text searched for cells that use them. .xls and .ods are not
looked into (see docs/rules/spreadsheets.md).
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

from anlan.sheets.values import Cell

Shown = Callable[[Cell], Cell]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
"""Built-in formats that show year and month alone (ECMA-376 part 1, 18.8.30; 27 and above in Chinese
locales).
"""
_TWO_DECIMALS = frozenset({2})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ZEROS = re.compile(r"0{2,}")
_CELL_NAME = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_SERIAL_ORIGIN = date(1899, 12, 30)


def apply(content: bytes, sheets: Mapping[str, list[list[Cell]]]) -> None:
    """Replace, in place, the cells of an .xlsx whose format says more than their value by the text it
    shows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            styles = _telling_styles(archive)
            if not styles:
                return
            for name, member in _sheet_members(archive).items():
                if name in sheets:
                    _apply_to(archive.read(member), styles, sheets[name])
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        # A workbook without styles, or written so oddly that only its values can be read.
        return


def _telling_styles(archive: zipfile.ZipFile) -> dict[int, Shown]:
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    written = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in root.iter(f"{_MAIN}numFmt")}
    cell_formats = root.find(f"{_MAIN}cellXfs")
    found: dict[int, Shown] = {}
    for index, cell_format in enumerate(cell_formats if cell_formats is not None else ()):
        number = int(cell_format.get("numFmtId", 0))
        shown = _shown_by(number, written.get(number, ""))
        if shown:
            found[index] = shown
    return found


def _shown_by(number: int, code: str) -> Shown | None:
    if number in _MONTH_FORMATS:
        return _as_month
    if number in _TWO_DECIMALS:
        return _as_two_decimals
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    if "y" in plain and "d" not in plain:
        return _as_month if "m" in plain else _as_year
    if plain == "0.00":
        return _as_two_decimals
    return _padded(len(plain)) if _ZEROS.fullmatch(plain) else None


def _day_of(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 61 <= cell < 73_415:
        return _SERIAL_ORIGIN + timedelta(days=int(cell))
    return None


def _as_month(cell: Cell) -> Cell:
    day = _day_of(cell)
    return f"{day:%Y-%m}" if day else cell


def _as_year(cell: Cell) -> Cell:
    day = _day_of(cell)
    return f"{day:%Y}" if day else cell


def _as_two_decimals(cell: Cell) -> Cell:
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


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the archive."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _apply_to(text: bytes, styles: Mapping[int, Shown], rows: list[list[Cell]]) -> None:
    numbers = "|".join(map(str, styles)).encode()
    cells = re.compile(rb'<c\b([^>]*?\bs="(' + numbers + rb')"[^>]*)>')
    for hit in cells.finditer(text):
        place = _CELL_NAME.search(hit[1])
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column_number(place[1])
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = styles[int(hit[2])](rows[row][column])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
