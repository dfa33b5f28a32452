"""A list as a workbook: title, second line, header of one or two rows, rows, totals, signature line, mark.

Set up for A4 landscape with the header and page numbers on every page, in the fonts of official papers.
Rows go to a temporary file as they come, so that memory does not grow with the list.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anlan.web import formats
from anlan.web.listing.columns import Column, Exported
from anlan.web.listing.layouts import Layout, SheetHead

ROWS_A_SHEET = 1_000_000
TITLE_FONT, HEAD_FONT, FONT = "方正小标宋简体", "黑体", "仿宋"
_LONGEST_FOOTER = 200
NUMBER = Column("running_number", _lazy("序号"), kind="number", wide=6)
"""The first column of a layout, in which its rows are counted."""


@dataclass(slots=True)
class _Totals:
    """What the last line of a layout says: rows, blocks, and the columns that add up."""

    rows: int = 0
    blocks: int = 0
    sums: dict[int, float | int | Decimal] = field(default_factory=dict)


class _Writer:
    """Writes one list into a workbook; a list longer than a sheet goes on in a further one."""

    def __init__(
        self, book: Any, columns: Sequence[Column], head: SheetHead, layout: Layout | None, *, reveal: bool
    ) -> None:
        self._book, self._columns, self._head, self._layout = book, columns, head, layout
        self._reveal = reveal
        self._styles = _styles(book)
        self._two_rows = any(column.group for column in columns)
        self._first = 4 if self._two_rows else 3
        self._sheet: Any = None
        self._line = 0

    def write(self, rows: Iterable[Any]) -> None:
        """Write all rows, then the totals of a layout, the signature line and the mark."""
        totals, block, known = _Totals(), self._layout.block if self._layout else None, False
        last: object = None
        self._begin()
        for row in rows:
            if self._line - self._first >= ROWS_A_SHEET:
                self._sign()
                self._begin()
            fresh = block is None or not known or block(row) != last
            if block is not None:
                last, known = block(row), True
            totals.rows += 1
            totals.blocks += int(fresh)
            self._row(row, totals, heavy=block is not None and fresh)
        if self._layout is not None:
            self._total(totals, self._layout)
        self._sign()

    def _begin(self) -> None:
        sheet = self._sheet = self._book.add_worksheet()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(2, self._first - 1)
        sheet.freeze_panes(self._first, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        mark = self._head.mark
        told = " ".join((mark.who, mark.when, mark.reason)).replace("&", "＆")[:_LONGEST_FOOTER]
        sheet.set_footer(f"&L&8{told}&C" + _("第 &P 页，共 &N 页"))
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, column.width)
        sheet.set_default_row(18)
        sheet.set_row(0, 34)
        self._across(0, self._head.title, "title")
        self._across(1, self._head.second_line, "line")
        self._header()
        self._line = self._first

    def _header(self) -> None:
        style, sheet = self._styles["head"], self._sheet
        # What is written goes out row by row, so the cells come first and what is merged is told apart.
        for at, column in enumerate(self._columns):
            sheet.write_string(2, at, str(column.group or column.label), style)
        if not self._two_rows:
            return
        for at, column in enumerate(self._columns):
            sheet.write_string(3, at, str(column.label) if column.group else "", style)
        for group, found in groupby(enumerate(self._columns), lambda one: str(one[1].group)):
            places = [at for at, _column in found]
            if not group:
                sheet.merge.extend([2, at, 3, at] for at in places)
            elif len(places) > 1:
                sheet.merge.append([2, places[0], 2, places[-1]])

    def _row(self, row: Any, totals: _Totals, *, heavy: bool) -> None:
        line, reveal = self._line, self._reveal
        for at, column in enumerate(self._columns):
            value: Exported = totals.rows if column is NUMBER else column.in_sheet(row, reveal=reveal)
            if column.total and isinstance(value, int | float | Decimal):
                totals.sums[at] = totals.sums.get(at, 0) + value  # type: ignore[operator]
            self._cell(line, at, value, heavy=heavy)
        self._line += 1

    def _cell(self, line: int, at: int, value: Exported, *, heavy: bool = False) -> None:
        sheet, styles = self._sheet, self._styles["heavy"] if heavy else self._styles
        if value is None:
            sheet.write_blank(line, at, None, styles["text"])
        elif isinstance(value, str):
            sheet.write_string(line, at, value, styles["text"])
        elif isinstance(value, date):
            sheet.write_datetime(line, at, value, styles["day"])
        else:
            style = styles["whole"] if value == int(value) else styles["number"]
            sheet.write_number(line, at, float(value) if isinstance(value, Decimal) else value, style)

    def _total(self, totals: _Totals, layout: Layout) -> None:
        counted = _("%(count)s %(unit)s")
        told = [counted % {"count": formats.write_number(totals.rows), "unit": self._head.unit}]
        if layout.block is not None:
            blocks = {"count": formats.write_number(totals.blocks), "unit": layout.block_unit}
            told.insert(0, counted % blocks)
        first: dict[int, Exported] = {0: _("合计"), 1: "，".join(told)}
        for at in range(len(self._columns)):
            self._cell(self._line, at, first.get(at, totals.sums.get(at)), heavy=True)
        self._line += 1

    def _sign(self) -> None:
        self._across(self._line + 1, self._head.signature_line, "line")
        if self._layout is not None:
            self._across(self._line + 2, self._head.mark.line, "mark")

    def _across(self, line: int, text: str, style: str) -> None:
        if len(self._columns) > 1:
            self._sheet.merge_range(line, 0, line, len(self._columns) - 1, text, self._styles[style])
        else:
            self._sheet.write_string(line, 0, text, self._styles[style])


def write_workbook(
    columns: Sequence[Column],
    rows: Iterable[Any],
    head: SheetHead,
    *,
    layout: Layout | None = None,
    reveal: bool,
) -> IO[bytes]:
    """A workbook in a temporary file, at its start. Text stays text, whatever it looks like.

    More than a million rows go on in a further sheet. The mark stands in the second line, or below the
    signatures of a layout, and in the file's properties and printed pages.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the answer, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": head.title, "author": head.mark.who, "comments": head.mark.line})
    if layout is not None:
        columns = (NUMBER, *columns)
    _Writer(book, columns, head, layout, reveal=reveal).write(rows)
    book.close()
    target.seek(0)
    return target


def _styles(book: Any) -> dict[str, Any]:
    base = {"valign": "vcenter", "font_name": FONT, "font_size": 11}
    border = {**base, "border": 1, "border_color": "#808080"}
    centred = {"align": "center", "text_wrap": True}

    def cells(**more: Any) -> dict[str, Any]:
        shared = {**border, **more}
        return {
            "text": book.add_format({**shared, "num_format": "@", "shrink": True}),
            "number": book.add_format({**shared, "num_format": "#,##0.######"}),
            "whole": book.add_format({**shared, "num_format": "#,##0"}),
            "day": book.add_format({**shared, "num_format": "yyyy-mm-dd", "align": "center"}),
        }

    title = {"font_name": TITLE_FONT, "font_size": 20, "align": "center", "valign": "vcenter"}
    return {
        **cells(),
        "heavy": cells(top=2, top_color="#404040"),
        "title": book.add_format(title),
        "line": book.add_format(base),
        "mark": book.add_format({**base, "font_size": 9, "font_color": "#606060"}),
        "head": book.add_format({**border, **centred, "font_name": HEAD_FONT}),
    }
