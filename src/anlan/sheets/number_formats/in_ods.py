"""The cells of an .ods stand there with the text they show, beside their value."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from anlan.kernel.partial_dates import DAY, YEAR, parse
from anlan.sheets.number_formats.formats import as_month, as_two_decimals, as_year
from anlan.sheets.values import Cell

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{_NAMES}table:1.0}}", f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}"
_ROW, _SHEET = f"{_TABLE}table-row", f"{_TABLE}table"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_TELLING = re.compile(rb'office:value-type="(?:date|float)"')
_LEADING_ZERO = re.compile(r"0\d+")
_TWO_DECIMALS = re.compile(r"\d{4}\.\d0")


def apply(content: bytes, sheets: Mapping[str, list[list[Cell]]]) -> None:
    """Replace, in place, the cells of an .ods that show something else than their value by what they show."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read("content.xml")
        if _TELLING.search(text):
            for name, row, column, kind, shown in _cells(text):
                rows = sheets.get(name, [])
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = _shown(rows[row][column], kind, shown)
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        # Written so oddly that only its values can be read.
        return


def _shown(cell: Cell, kind: str, text: str) -> Cell:
    if kind == "date":
        found = parse(text)
        if found is None or found.precision == DAY:
            return cell
        return as_year(cell) if found.precision == YEAR else as_month(cell)
    if _LEADING_ZERO.fullmatch(text):
        return text
    return as_two_decimals(cell) if _TWO_DECIMALS.fullmatch(text) else cell


def _cells(content: bytes) -> Iterator[tuple[str, int, int, str, str]]:
    """Cells of days and numbers: sheet, row, column, kind, the text they show."""
    name, row = "", 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if event == "start":
            if element.tag == _SHEET:
                name, row = element.get(f"{_TABLE}name", ""), 0
        elif element.tag == _ROW:
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
            told = list(_cells_of(element))
            for number in range(row, row + repeated if told else row):
                for column, kind, shown in told:
                    yield name, number, column, kind, shown
            row += repeated
            element.clear()


def _cells_of(row: ElementTree.Element) -> Iterator[tuple[int, str, str]]:
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        kind = cell.get(f"{_OFFICE}value-type", "")
        if kind in ("date", "float"):
            shown = "".join("".join(part.itertext()) for part in cell.findall(f"{_TEXT}p")).strip()
            for number in range(column, column + repeated):
                yield number, kind, shown
        column += repeated
