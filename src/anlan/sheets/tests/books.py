"""Spreadsheets made for tests: .xlsx, .xls, .ods and text, from rows and merged ranges."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from anlan.kernel import id_numbers

Rows = Sequence[Sequence[Any]]
Merges = Sequence[tuple[int, int, int, int]]
"""(first row, first column, last row, last column), from 0, inclusive."""

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def id_number(birth: str = "19841015", order: int = 1, region: str = "500299") -> str:
    """A valid id number; odd orders are men."""
    return id_numbers.complete(f"{region}{birth}{order:03d}")


def xlsx(sheets: Mapping[str, Rows], merges: Merges = (), hidden: Sequence[str] = ()) -> bytes:
    """An .xlsx; ``merges`` hold for its first sheet. Dates become date cells, («value», format) formatted
    ones.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for number, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for top, left, bottom, right in merges if number == 0 else ():
                sheet.merge_range(top, left, bottom, right, "")
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    _write_xlsx(book, sheet, r, c, cell, day)
    return stream.getvalue()


def _write_xlsx(book: Any, sheet: Any, r: int, c: int, cell: Any, day: Any) -> None:
    if isinstance(cell, tuple):
        value, shown = cell
        one = book.add_format({"num_format": shown})
        if isinstance(value, date):
            sheet.write_datetime(r, c, value, one)
        else:
            sheet.write_number(r, c, value, one)
    elif isinstance(cell, date | datetime):
        sheet.write_datetime(r, c, cell, day)
    elif isinstance(cell, str) and cell:
        sheet.write_string(r, c, cell)
    elif isinstance(cell, int | float):
        sheet.write(r, c, cell)


def xls(sheets: Mapping[str, Rows], merges: Merges = ()) -> bytes:
    """An .xls of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for top, left, bottom, right in merges if number == 0 else ():
            sheet.merge(top, bottom, left, right)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write(r, c, cell[0], xlwt.easyxf(num_format_str=cell[1]))
                elif cell != "":
                    sheet.write(r, c, cell, day) if isinstance(cell, date) else sheet.write(r, c, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """A small .ods; («value», text) is a cell that shows this text."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">' + "".join(map(_ods_row, rows)) + "</table:table>"
        for name, rows in sheets.items()
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def _ods_row(row: Sequence[Any]) -> str:
    return "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"


def _ods_cell(cell: Any) -> str:
    cell, shown = cell if isinstance(cell, tuple) else (cell, str(cell))
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell}"><text:p>{shown}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(cell, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell!r}"><text:p>{shown}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A text file with delimiters; cells with the delimiter are quoted."""
    lines = []
    for row in rows:
        cells = [f'"{cell}"' if delimiter in str(cell) or "\n" in str(cell) else str(cell) for cell in row]
        lines.append(delimiter.join(cells))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
