"""The formats of an .xls: its cells are read once more, by a library that keeps them, where some tell."""

import io
import logging
from collections.abc import Mapping

import xlrd

from anlan.sheets.number_formats.formats import Shown, shown_by
from anlan.sheets.values import Cell

_SILENT = io.StringIO()
"""The library prints what it finds odd in a file; nothing is done with that."""

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
    except Exception as error:
        # Values are read by another library; this one stumbles over damaged files in as many ways as there are.
        logger.warning("number formats of an .xls could not be read: %s", type(error).__name__)


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
