"""What a report's template can name. Documented in docs/howto/replace-the-report-template.md."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anlan.insights import charts
from anlan.insights.documents.charts import WordChart
from anlan.insights.documents.tables import Align, HeadCell, WordTable
from anlan.insights.queries.breakdowns import TITLES, UNITS, Population
from anlan.insights.queries.findings import Finding, Reader, advice, practices, problems
from anlan.insights.queries.notes import COUNTED, Note, Notes
from anlan.insights.queries.places import PlaceTable, by_area
from anlan.insights.queries.statistics import BreakdownTable, Statistics
from anlan.web.formats import write_day

_RIGHT: tuple[Align, ...] = ("right",) * 20


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A break-down as a table and, where there is something to draw, as a chart with its caption."""

    code: str
    title: str
    text: str
    table: WordTable
    chart: WordChart | None
    chart_caption: str


@dataclass(frozen=True, slots=True)
class Section:
    """One population: sentences, one table of all its break-downs, the charts."""

    title: str
    text: str
    table: WordTable
    table_caption: str
    charts: tuple[Exhibit, ...]


def report_context(statistics: Statistics, year: int, made_on: date, holder: Any) -> dict[str, Any]:
    """Everything the template can name, figures as text, tables and charts ready to be placed.

    ``holder`` is the docxtpl template into which the charts put their parts.
    """
    maker = _Maker(statistics, Notes(statistics.day), holder)
    sections = {one: maker.section(one) for one in ("organizations", "members", "residents")}
    areas = maker.areas()
    reader = Reader(statistics, maker.notes)
    found, done = problems(reader), practices(reader)
    return {
        "county": statistics.level.name,
        "year": str(year),
        "day": write_day(statistics.day),
        "made_on": write_day(made_on),
        "running": statistics.day < date(year, 12, 31),
        **sections,
        "areas": areas,
        "exhibits": maker.exhibits,
        "practices": _numbered(done),
        "problems": _numbered(found),
        "advice": _numbered(advice(found)),
        "balance": maker.balance(),
        "counted": [
            _("%(what)s：%(rule)s。") % {"what": TITLES[one], "rule": rule} for one, rule in COUNTED.items()
        ],
        "notes": _notes_table(maker.notes.rows),
    }


class _Maker:
    """Makes tables and charts in the report's order, numbering them and taking a note for every figure."""

    def __init__(self, statistics: Statistics, notes: Notes, holder: Any) -> None:
        self.statistics, self.notes, self._holder = statistics, notes, holder
        self.exhibits: dict[str, Exhibit] = {}
        self._tables = self._charts = 0

    def section(self, population: Population) -> Section:
        """The whole of a population and all its break-downs."""
        whole = self.statistics.whole(population)
        note = self.notes.of_whole(population, whole)
        text = _("截至%(day)s，共有%(what)s %(count)s %(unit)s。") % {
            "day": write_day(self.statistics.day),
            "what": TITLES[population],
            "count": f"{whole.text}{note.mark}",
            "unit": UNITS[population],
        }
        if population == "residents":
            text += self._households()
        rows: list[tuple[str, ...]] = []
        shown: list[Exhibit] = []
        for found in self.statistics.breakdowns_of(population):
            own = self._rows(found)
            rows += [
                (str(found.breakdown.dimension.title) if at == 0 else "", *one) for at, one in enumerate(own)
            ]
            exhibit = self._exhibit(found, own)
            if exhibit.chart is not None and charts.is_drawn(found):
                shown.append(exhibit)
        caption = self._table_caption(_("%(what)s基本情况") % {"what": TITLES[population]})
        table = WordTable(
            (2.6, 6.2, 2.2, 2.2, 1.8),
            (_head(_("类别"), _("分项"), _("数量"), _("占总数"), _("附录注")),),
            tuple(rows),
            ("center", "left", "right", "right", "center"),
            groups=True,
        )
        return Section(str(TITLES[population]), text, table, caption, tuple(shown))

    def areas(self) -> Section:
        """Townships with their villages; one note a column, for the sum and how its rows are counted."""
        found = by_area(self.statistics)
        rows = [self._area_line(found, row.key, row.name, row.depth) for row in (found.total, *found.rows)]
        notes = self._column_notes(found)
        marks = (_("附录注"), "", *(str(note.number) for note in notes))
        longest = [max(len(row[at]) for row in rows) for at in range(2, len(marks))]
        table = WordTable(
            (2.5, 2.4, *(max(0.75, 0.3 + 0.155 * length) for length in longest)),
            (_head(_("名称"), _("区划代码"), *(str(column.title) for column in found.columns)),),
            (*rows, marks),
            ("left", "center", *_RIGHT[: len(found.columns)]),
            size=7.5,
        )
        text = _("各乡镇、村（社区）的情况见下表，各行包括它管辖的全部。")
        caption = self._table_caption(_("分区域情况"))
        return Section(str(_("分区域情况")), text, table, caption, ())

    def balance(self) -> str:
        """Whether the break-downs make up their wholes, as a sentence."""
        wrong = [table for table in self.statistics.breakdowns if not table.balance.holds]
        if not wrong:
            count = len(self.statistics.breakdowns)
            return _("%(count)d 张分项统计表的分项之和都等于总数，平衡核对通过。") % {"count": count}
        names = _("、").join(
            _("%(title)s相差 %(difference)d")
            % {"title": one.breakdown.title, "difference": one.balance.difference}
            for one in wrong
        )
        return _("平衡核对没有通过：%(names)s。请核对登记后重新生成。") % {"names": names}

    def _households(self) -> str:
        figure = self.statistics.whole("households")
        note = self.notes.of_whole("households", figure)
        return _("移民户 %(count)s 户。") % {"count": f"{figure.text}{note.mark}"}

    def _rows(self, table: BreakdownTable) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        for figure in table.rows:
            note = self.notes.of_part(table.breakdown.population, table.breakdown.dimension.title, figure)
            rows.append((str(figure.label), figure.text, figure.share_text, str(note.number)))
        return rows

    def _exhibit(self, table: BreakdownTable, rows: Sequence[tuple[str, ...]]) -> Exhibit:
        title, drawn = str(table.breakdown.title), charts.chart(self.statistics, table)
        caption, chart = "", None
        if drawn is not None:
            chart = WordChart(drawn.data, drawn.kind, self._holder)
            if charts.is_drawn(table):
                self._charts += 1
                caption = _("图%(number)d　%(title)s") % {"number": self._charts, "title": title}
        own = WordTable(
            (6.2, 2.6, 2.6, 2.0),
            (_head(str(table.breakdown.dimension.title), _("数量"), _("占总数"), _("附录注")),),
            tuple(rows),
            ("left", "right", "right", "center"),
        )
        exhibit = Exhibit(table.code, title, str(table.breakdown.note), own, chart, caption)
        self.exhibits[table.code] = exhibit
        return exhibit

    def _area_line(self, found: PlaceTable, key: int, name: str, depth: int) -> tuple[str, ...]:
        row = next(one for one in (found.total, *found.rows) if one.key == key)
        division = self.statistics.divisions.by_key.get(key)
        code = division.code if division else self.statistics.level.key
        label = _("合计") if row is found.total else "　" * depth + name
        return (label, code, *(figure.text for figure in row.figures))

    def _column_notes(self, found: PlaceTable) -> list[Note]:
        notes = []
        for column, figure in zip(found.columns, found.total.figures, strict=True):
            if column.dimension is None:
                notes.append(self.notes.of_whole(column.population, self.statistics.whole(column.population)))
                continue
            choices = {one.value: one.label for one in column.dimension.choices(self.statistics.day)}
            named = replace(figure, label=choices[column.value])
            notes.append(self.notes.of_part(column.population, column.dimension.title, named))
        return notes

    def _table_caption(self, title: str) -> str:
        self._tables += 1
        return _("表%(number)d　%(title)s") % {"number": self._tables, "title": title}


def _head(*texts: str) -> tuple[HeadCell, ...]:
    return tuple(HeadCell(text) for text in texts)


def _numbered(findings: Sequence[Finding]) -> list[dict[str, str]]:
    numerals = "一二三四五六七八九十"
    return [
        {"number": numerals[at] if at < len(numerals) else str(at + 1), "title": one.title, "text": one.text}
        for at, one in enumerate(findings)
    ]


def _notes_table(notes: Sequence[Note]) -> WordTable:
    aligns: tuple[Align, ...] = ("center", "left", "right", "left", "left", "center")
    rows = tuple(
        (str(note.number), note.title, note.value, note.computed, note.url or _("无"), note.day.isoformat())
        for note in notes
    )
    head = _head(_("注"), _("指标"), _("数值"), _("怎样统计"), _("名单地址"), _("统计日"))
    return WordTable((0.9, 4.8, 1.3, 5.2, 11.2, 1.9), (head,), rows, aligns, size=7.5)
