"""The statistics as a workbook laid out as official tables: title, unit line, merged header, signature."""

import tempfile
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from anlan.insights.queries.breakdowns import TITLES, UNITS, PlaceColumn, Population
from anlan.insights.queries.places import PlaceTable, by_area, by_organization
from anlan.insights.queries.statistics import BreakdownTable, Figure, Statistics
from anlan.web.formats import write_day

_BLANK = "＿" * 8
_HEAD_ROWS = 4
_WIDTHS = (26, 34, 14, 14, 20)


def statistics_workbook(statistics: Statistics) -> IO[bytes]:
    """A workbook with one sheet a population, one by area, one by organisation, at its start.

    Every sheet is set up for A4 landscape with its header on each page.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - given to the caller, who closes it
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    writer = _Writer(book, statistics)
    for population in statistics.populations:
        tables = statistics.breakdowns_of(population)
        if tables:
            writer.breakdowns(population, tables)
    if statistics.level.tree == "area":
        writer.places(str(_("分区域统计表")), by_area(statistics))
    writer.places(str(_("分组织统计表")), by_organization(statistics))
    book.close()
    target.seek(0)
    return target


class _Writer:
    """Writes one sheet after the other with the same styles."""

    def __init__(self, book: Any, statistics: Statistics) -> None:
        self._book, self._statistics = book, statistics
        border = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 10, "text_wrap": True}
        self._title = book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self._line = book.add_format({"font_name": "宋体", "font_size": 10, "valign": "vcenter"})
        self._note = book.add_format(
            {"font_name": "宋体", "font_size": 9, "valign": "top", "text_wrap": True}
        )
        self._head = book.add_format(
            {**border, "font_name": "黑体", "align": "center", "bg_color": "#F3F0E9"}
        )
        self._text = book.add_format({**border, "num_format": "@"})
        self._center = book.add_format({**border, "align": "center"})
        self._wrong = book.add_format({**border, "align": "center", "bold": True, "font_color": "#A8201A"})
        self._number = book.add_format({**border, "align": "right", "num_format": "#,##0"})
        self._share = book.add_format({**border, "align": "right", "num_format": "0.0"})

    def breakdowns(self, population: Population, tables: Sequence[BreakdownTable]) -> None:
        """The break-downs of one population below each other, each with its sum and its check."""
        name = _("%(what)s统计表") % {"what": TITLES[population]}
        sheet = self._sheet(name, _WIDTHS, _("单位：%(unit)s、％") % {"unit": UNITS[population]})
        for at, (first, last, text) in enumerate(
            ((0, 1, _("项目")), (2, 3, TITLES[population]), (4, 4, _("平衡核对")))
        ):
            self._merge(sheet, 2, first, 3 if at == 2 else 2, last, str(text), self._head)
        for at, text in enumerate((_("类别"), _("分项"), _("数量"), _("占总数"))):
            sheet.write_string(3, at, str(text), self._head)
        line = _HEAD_ROWS
        self._merge(sheet, line, 0, line, 1, str(_("总计")), self._center)
        self._write(sheet, line, 2, tables[0].total)
        sheet.write_blank(line, 3, None, self._share)
        sheet.write_blank(line, 4, None, self._text)
        line += 1
        for table in tables:
            line = self._block(sheet, line, table)
        notes = [str(table.breakdown.note) for table in tables if table.breakdown.note]
        self._foot(sheet, line, len(_WIDTHS), [*dict.fromkeys(notes), *self._hiding(tables)])

    def _block(self, sheet: Any, line: int, table: BreakdownTable) -> int:
        rows = table.rows or (Figure("", _("无"), 0),)
        last = line + len(rows) - 1
        self._merge(sheet, line, 0, last, 0, str(table.breakdown.title), self._center)
        balance = table.balance
        told = _("相符") if balance.holds else _("相差 %(difference)d") % {"difference": balance.difference}
        self._merge(sheet, line, 4, last, 4, str(told), self._center if balance.holds else self._wrong)
        for at, figure in enumerate(rows, line):
            sheet.write_string(at, 1, str(figure.label), self._text)
            self._write(sheet, at, 2, figure)
            if figure.count is None:
                sheet.write_string(at, 3, figure.text, self._center)
            else:
                sheet.write_number(at, 3, round(figure.share, 1), self._share)
        return last + 1

    def places(self, name: str, table: PlaceTable) -> None:
        """A table by area or organisation; columns of one population stand under one merged header."""
        widths = (30, *(11 for _column in table.columns))
        sheet = self._sheet(name, widths, str(_("单位：个、名、户、人")))
        self._merge(sheet, 2, 0, 3, 0, str(_("名称")), self._head)
        self._place_heads(sheet, table.columns)
        line = _HEAD_ROWS
        for row in (table.total, *table.rows):
            indent = "" if row is table.total else "　" * row.depth
            name = str(_("合计")) if row is table.total else row.name
            sheet.write_string(line, 0, indent + name, self._text)
            for at, figure in enumerate(row.figures, 1):
                self._write(sheet, line, at, figure)
            line += 1
        figures = [figure for row in (table.total, *table.rows) for figure in row.figures]
        note = _("下级各行包括它管辖的全部；直接属于上级、不在下级任何一行的，只计在上级。")
        self._foot(sheet, line, len(widths), [str(note), *self._hiding_figures(figures)])

    def _place_heads(self, sheet: Any, columns: Sequence[PlaceColumn]) -> None:
        at = 1
        for population in dict.fromkeys(column.population for column in columns):
            own = [column for column in columns if column.population == population]
            if len(own) == 1:
                self._merge(sheet, 2, at, 3, at, str(own[0].title), self._head)
            else:
                self._merge(sheet, 2, at, 2, at + len(own) - 1, str(TITLES[population]), self._head)
                for step, column in enumerate(own):
                    text = column.title if column.dimension else _("合计")
                    sheet.write_string(3, at + step, str(text), self._head)
            at += len(own)

    def _sheet(self, name: str, widths: Sequence[int], units: str) -> Any:
        sheet = self._book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2, 3)
        sheet.freeze_panes(_HEAD_ROWS, 1)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(str(_("&C第 &P 页，共 &N 页")))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        level, day = self._statistics.level.name, write_day(self._statistics.day)
        last = len(widths) - 1
        sheet.set_row(0, 30)
        self._merge(sheet, 0, 0, 0, last, f"{level}{name}", self._title)
        unit_line = _("填报单位：%(level)s    统计截至：%(day)s    %(units)s")
        words = unit_line % {"level": level, "day": day, "units": units}
        self._merge(sheet, 1, 0, 1, last, str(words), self._line)
        return sheet

    def _foot(self, sheet: Any, line: int, width: int, notes: Sequence[str]) -> None:
        for number, note in enumerate(notes, 1):
            sheet.set_row(line, 26)
            self._merge(sheet, line, 0, line, width - 1, _("注 %d：") % number + note, self._note)
            line += 1
        words = (_("填表人："), _("审核人："), _("单位负责人："), _("填报日期："))
        self._merge(
            sheet,
            line + 1,
            0,
            line + 1,
            width - 1,
            "    ".join(f"{word}{_BLANK}" for word in words),
            self._line,
        )

    def _hiding(self, tables: Sequence[BreakdownTable]) -> list[str]:
        return self._hiding_figures([row for table in tables for row in (*table.rows, table.total)])

    @staticmethod
    def _hiding_figures(figures: Sequence[Figure]) -> list[str]:
        if all(figure.count is not None for figure in figures):
            return []
        return [str(_("＊ 表示人数太少，不显示，以免认出是谁。"))]

    def _write(self, sheet: Any, line: int, at: int, figure: Figure) -> None:
        if figure.count is None:
            sheet.write_string(line, at, figure.text, self._center)
        else:
            sheet.write_number(line, at, figure.count, self._number)

    @staticmethod
    def _merge(sheet: Any, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
        if (top, left) == (bottom, right):
            sheet.write_string(top, left, text, style)
        else:
            sheet.merge_range(top, left, bottom, right, text, style)
