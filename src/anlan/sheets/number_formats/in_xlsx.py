"""The styles of an .xlsx: only when some tell is the text of the sheets searched for cells that use them."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from anlan.sheets.number_formats.formats import Shown, shown_by
from anlan.sheets.values import Cell

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_CELL_NAME = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')


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


def hidden_rows(content: bytes) -> dict[str, int]:
    """How many rows of each sheet of an .xlsx are hidden or filtered away; {} for any other file.

    Reads the whole text of the sheets, so it is asked for people to look at, not on every import.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _sheet_members(archive)
            return {name: len(_HIDDEN_ROW.findall(archive.read(member))) for name, member in members.items()}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return {}


def _telling_styles(archive: zipfile.ZipFile) -> dict[int, Shown]:
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    written = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in root.iter(f"{_MAIN}numFmt")}
    cell_formats = root.find(f"{_MAIN}cellXfs")
    found: dict[int, Shown] = {}
    for index, cell_format in enumerate(cell_formats if cell_formats is not None else ()):
        number = int(cell_format.get("numFmtId", 0))
        shown = shown_by(number, written.get(number, ""))
        if shown:
            found[index] = shown
    return found


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
