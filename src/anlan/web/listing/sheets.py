"""A list as a file: the same rows in the same order as on the screen, all of them."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from anlan.web.listing.columns import Column, Exported

ROWS_A_SHEET = 1_000_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands above the rows: title, who made it, when, with which filter."""

    title: str
    who: str
    when: str
    filter: str

    @property
    def unit_line(self) -> str:
        """The second line of the sheet."""
        parts = [_("导出人：%(who)s") % {"who": self.who}, _("导出时间：%(when)s") % {"when": self.when}]
        parts.append(_("范围：%(filter)s") % {"filter": self.filter or _("全部")})
        return "    ".join(parts)

    @property
    def signature_line(self) -> str:
        """The last line of the sheet."""
        blank = "＿" * 6
        return "    ".join(
            f"{word}{blank}" for word in (_("填表人："), _("审核人："), _("负责人："), _("日期："))
        )


class _Line:
    """A file that hands back what is written to it, so that a CSV line goes out as soon as it is made."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[Column], rows: Iterable[Any], *, reveal: bool) -> Iterator[str]:
    """The lines of a CSV file in UTF-8 with byte order mark: header, then rows. Days are YYYY-MM-DD."""
    writer = csv.writer(_Line())
    yield _BOM + str(writer.writerow([str(column.label) for column in columns]))
    for row in rows:
        yield str(writer.writerow([_csv_cell(column.in_sheet(row, reveal=reveal)) for column in columns]))


def _csv_cell(value: Exported) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        # A spreadsheet would run it. The apostrophe is the mark by which it, and our importer, know text.
        return f"'{value}"
    return value.isoformat() if isinstance(value, date) else str(value)


def write_workbook(
    columns: Sequence[Column], rows: Iterable[Any], head: SheetHead, *, reveal: bool
) -> IO[bytes]:
    """A workbook in a temporary file, at its start: title, unit line, header, rows, signature line.

    Set up for A4 landscape with the header on every page; text stays text. More than a million rows go on in
    a further sheet.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the answer, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    styles = _styles(book)
    sheet, line = _new_sheet(book, styles, columns, head), 3
    for row in rows:
        if line - 3 >= ROWS_A_SHEET:
            _sign(sheet, styles, line, columns, head)
            sheet, line = _new_sheet(book, styles, columns, head), 3
        for at, column in enumerate(columns):
            _write(sheet, styles, line, at, column.in_sheet(row, reveal=reveal))
        line += 1
    _sign(sheet, styles, line, columns, head)
    book.close()
    target.seek(0)
    return target


def _styles(book: Any) -> dict[str, Any]:
    border = {
        "border": 1,
        "border_color": "#B9B4A8",
        "valign": "vcenter",
        "font_name": "宋体",
        "font_size": 10,
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_size": 10, "valign": "vcenter"}),
        "head": book.add_format(
            {**border, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#F3F0E9"}
        ),
        "text": book.add_format({**border, "num_format": "@"}),
        "number": book.add_format({**border, "num_format": "#,##0.######"}),
        "whole": book.add_format({**border, "num_format": "#,##0"}),
        "day": book.add_format({**border, "num_format": "yyyy-mm-dd", "align": "center"}),
    }


def _new_sheet(book: Any, styles: dict[str, Any], columns: Sequence[Column], head: SheetHead) -> Any:
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    _across(sheet, 0, columns, head.title, styles["title"])
    _across(sheet, 1, columns, head.unit_line, styles["line"])
    for at, column in enumerate(columns):
        sheet.write_string(2, at, str(column.label), styles["head"])
    return sheet


def _across(sheet: Any, line: int, columns: Sequence[Column], text: str, style: Any) -> None:
    if len(columns) > 1:
        sheet.merge_range(line, 0, line, len(columns) - 1, text, style)
    else:
        sheet.write_string(line, 0, text, style)


def _sign(sheet: Any, styles: dict[str, Any], line: int, columns: Sequence[Column], head: SheetHead) -> None:
    _across(sheet, line + 1, columns, head.signature_line, styles["line"])


def _write(sheet: Any, styles: dict[str, Any], line: int, at: int, value: Exported) -> None:
    if value is None:
        sheet.write_blank(line, at, None, styles["text"])
    elif isinstance(value, str):
        sheet.write_string(line, at, value, styles["text"])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, styles["day"])
    else:
        style = styles["whole"] if value == int(value) else styles["number"]
        sheet.write_number(line, at, float(value) if isinstance(value, Decimal) else value, style)
