"""The formats of an .xls: its cells are read once more, by a library that keeps them, where some tell."""

import io
import logging
import struct
from collections.abc import Mapping

import xlrd
import xlrd.compdoc

from anlan.sheets.number_formats.formats import Shown, shown_by
from anlan.sheets.values import Cell

_SILENT = io.StringIO()
"""The library prints what it finds odd in a file; nothing is done with that."""

_STUMBLES = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the library raises over files that are damaged, or of a kind it does not know."""

logger = logging.getLogger("anlan.sheets")


def apply(content: bytes, sheets: Mapping[str, list[list[Cell]]]) -> None:
    """Replace, in place, the cells of an .xls whose format says more than their value by the text it shows.

    A file this library cannot read keeps its values as they are.
    """
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=_SILENT
        ) as book:
            styles = _telling_styles(book)
            for name in book.sheet_names() if styles else ():
                if name in sheets:
                    _apply_to(book.sheet_by_name(name), styles, sheets[name])
                    book.unload_sheet(name)
    except _STUMBLES as error:
        # Values are read by another library; this one stumbles over damaged files in many ways.
        logger.warning("number formats of an .xls could not be read: %s", type(error).__name__)


def is_locked(content: bytes) -> bool:
    """Whether an .xls is encrypted: the reading library only says that it cannot be read."""
    try:
        xlrd.open_workbook(file_contents=content, on_demand=True, logfile=_SILENT).release_resources()
    except xlrd.XLRDError as error:
        return "encrypted" in str(error)
    except _STUMBLES:
        return False
    return False


def _telling_styles(book: xlrd.Book) -> dict[int, Shown]:
    found: dict[int, Shown] = {}
    for index, style in enumerate(book.xf_list):
        written = book.format_map.get(style.format_key)
        shown = shown_by(style.format_key, written.format_str if written else "")
        if shown and not style.is_style:
            found[index] = shown
    return found


def _apply_to(sheet: xlrd.sheet.Sheet, styles: Mapping[int, Shown], rows: list[list[Cell]]) -> None:
    for number in range(min(sheet.nrows, len(rows))):
        row = rows[number]
        for column, kind in enumerate(sheet.row_types(number)[: len(row)]):
            if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                show = styles.get(sheet.cell_xf_index(number, column))
                if show:
                    row[column] = show(row[column])
