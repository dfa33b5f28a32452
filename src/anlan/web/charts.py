"""Charts drawn from our own tokens as HTML and SVG: every mark a link, the numbers in a table behind a
toggle.

A chart carries one message, its title. Bars, shares and pyramids are rows of text with an SVG strip measured
in percent, so that words keep their size on a phone and no style attribute is needed. Tones go by lightness,
so that a grey print keeps them apart; every tone also stands beside its word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anlan.web import formats
from anlan.web.parts import Cell, Table, TableColumn

Text = str | Promise
Kind = Literal["bar", "stacked", "share", "pyramid", "line"]
TONES = 6
_WIDE_DIGIT = 4.2
_STACK_PAD = 3.0
_TOP, _BOTTOM = 12.0, 82.0
_LEFT, _RIGHT = 6.0, 94.0
_FEW_POINTS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its label, its value (0 or more), the address of its records.

    ``shown`` replaces the number where it must not be told («少于5»); the value is then 0.
    """

    label: Text
    value: float | int | Decimal
    url: str = ""
    shown: str = ""

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a chart draws no negative values: {self.label}")

    @property
    def text(self) -> str:
        """The value as written."""
        return self.shown or formats.write_number(self.value)


@dataclass(frozen=True, slots=True)
class Series:
    """Marks that belong together (one sex, one kind), in the order of the other series' marks."""

    label: Text
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows: its one message as title, its series, the unit, the day, a note below.

    All series have as many marks as the first, with the same labels.
    """

    title: Text
    series: tuple[Series, ...]
    unit: Text = ""
    on: date | None = None
    note: Text = ""
    label_heading: Text = ""

    def __post_init__(self) -> None:
        if not self.series:
            raise ValueError("a chart needs a series")
        labels = [str(mark.label) for mark in self.series[0].marks]
        if any([str(mark.label) for mark in one.marks] != labels for one in self.series):
            raise ValueError("the series of a chart have the same labels in the same order")


@dataclass(frozen=True, slots=True)
class Strip:
    """One coloured strip of a row: start and width as SVG percentages, tone 1 to 6, words, address."""

    x: str
    width: str
    tone: int
    label: str
    url: str
    text: str
    middle: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: its label, the strips, the value behind it, the address."""

    label: Text
    strips: tuple[Strip, ...]
    text: str
    url: str = ""
    left: Strip | None = None
    right: Strip | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A tone's word, with its value where there is one."""

    label: Text
    tone: int
    text: str = ""
    share: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line."""

    x: str
    y: str
    label: str
    text: str
    url: str
    named: bool
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The line between two points."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series as a line."""

    label: Text
    tone: int
    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    label_y: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis."""

    at: str
    text: Text
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready for its template ``web/charts/<kind>.html``."""

    kind: Kind
    data: ChartData
    table: Table
    rows: tuple[Row, ...] = ()
    keys: tuple[Key, ...] = ()
    lines: tuple[Line, ...] = ()
    across: tuple[Tick, ...] = ()
    upwards: tuple[Tick, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(mark.value or mark.shown for one in self.data.series for mark in one.marks)


def bar(data: ChartData) -> Chart:
    """Bars in the order given, one row a mark. One series."""
    (series,) = data.series
    most = max((mark.value for mark in series.marks), default=0)
    rows = tuple(
        Row(mark.label, (_strip(mark, 0.0, _percent(mark.value, most), 1),), mark.text, mark.url)
        for mark in series.marks
    )
    return Chart("bar", data, _table(data), rows)


def stacked(data: ChartData) -> Chart:
    """One row a label, one strip a series; the longest row fills the width. Up to six series."""
    _few(data.series)
    totals = [sum((Decimal(mark.value) for mark in marks), Decimal()) for marks in _by_label(data)]
    most = max(totals, default=Decimal())
    rows = tuple(
        Row(marks[0].label, _side_by_side(marks, most, data.series), formats.write_number(_plain(total)))
        for marks, total in zip(_by_label(data), totals, strict=True)
    )
    keys = tuple(Key(one.label, at) for at, one in enumerate(data.series, 1))
    return Chart("stacked", data, _table(data, total=True), rows, keys)


def share(data: ChartData) -> Chart:
    """One strip cut into the parts of a whole, each with its number and share. One series of up to six."""
    (series,) = data.series
    _few(series.marks)
    total = sum((Decimal(mark.value) for mark in series.marks), Decimal())
    strips = _side_by_side(series.marks, total)
    keys = tuple(
        Key(mark.label, at, mark.text, "" if mark.shown else _share(mark.value, total), mark.url)
        for at, mark in enumerate(series.marks, 1)
    )
    return Chart("share", data, _table(data, total=True), (Row("", strips, ""),), keys)


def pyramid(data: ChartData) -> Chart:
    """An age pyramid: two series (left, right), bands from young to old; the oldest stands on top."""
    left, right = data.series
    most = max((mark.value for one in data.series for mark in one.marks), default=0)
    rows = []
    for one, other in zip(left.marks, right.marks, strict=True):
        wide = _percent(one.value, most)
        rows.append(
            Row(
                one.label,
                (),
                "",
                left=_strip(one, 100 - wide, wide, 1, left.label),
                right=_strip(other, 0.0, _percent(other.value, most), 2, right.label),
            )
        )
    keys = tuple(Key(one.label, at) for at, one in enumerate(data.series, 1))
    return Chart("pyramid", data, _table(data, total=True), tuple(reversed(rows)), keys)


def line(data: ChartData) -> Chart:
    """Lines over time, from zero; up to four series, each named at its end."""
    if len(data.series) > 4:
        raise ValueError("a line chart shows up to four series; more cannot be told apart")
    top = _round_up(max((float(mark.value) for one in data.series for mark in one.marks), default=0.0))
    count = len(data.series[0].marks)
    lines = tuple(_line(one, at, top, len(data.series)) for at, one in enumerate(data.series, 1))
    step = max(-(-count // 8), 1)
    across = tuple(
        Tick(_pc(_x(at, count)), mark.label)
        for at, mark in enumerate(data.series[0].marks)
        if (count - 1 - at) % step == 0
    )
    # Where every point names its value, an axis would only repeat it.
    named = len(data.series) == 1 and count <= _FEW_POINTS
    heights = (0.0,) if named else (0.0, 0.5, 1.0)
    upwards = tuple(
        Tick(_pc(_y(top * part, top)), formats.write_number(_plain(top * part))) for part in heights
    )
    return Chart("line", data, _table(data), lines=lines, across=across, upwards=upwards)


def _line(series: Series, tone: int, top: float, of: int) -> Line:
    count = len(series.marks)
    places = [(_x(at, count), _y(float(mark.value), top)) for at, mark in enumerate(series.marks)]
    points = tuple(
        Point(
            _pc(x),
            _pc(y),
            f"{series.label} {mark.label}",
            mark.text,
            mark.url,
            at == count - 1 or (of == 1 and count <= _FEW_POINTS),
            "middle" if of == 1 else "end",
        )
        for at, ((x, y), mark) in enumerate(zip(places, series.marks, strict=True))
    )
    stretches = tuple(Stretch(_pc(x1), _pc(y1), _pc(x2), _pc(y2)) for (x1, y1), (x2, y2) in pairwise(places))
    return Line(series.label, tone, points, stretches, _pc(places[-1][1]) if places else "0%")


def _strip(mark: Mark, x: float, width: float, tone: int, of: Text = "") -> Strip:
    label = f"{of} {mark.label} {mark.text}".strip()
    fits = width >= _STACK_PAD + _WIDE_DIGIT * len(mark.text)
    return Strip(_pc(x), _pc(width), tone, label, mark.url, mark.text, _pc(x + width / 2), fits)


def _side_by_side(marks: Sequence[Mark], whole: Decimal, series: Sequence[Series] = ()) -> tuple[Strip, ...]:
    strips, x = [], 0.0
    for at, mark in enumerate(marks):
        width = _percent(mark.value, whole)
        strips.append(_strip(mark, x, width, at + 1, series[at].label if series else ""))
        x += width
    return tuple(strip for strip, mark in zip(strips, marks, strict=True) if mark.value)


def _by_label(data: ChartData) -> list[tuple[Mark, ...]]:
    return list(zip(*(one.marks for one in data.series), strict=True))


def _few(parts: Sequence[object]) -> None:
    if len(parts) > TONES:
        raise ValueError(f"a chart tells up to {TONES} parts apart; put the smallest together")


def _percent(value: float | int | Decimal, most: float | int | Decimal) -> float:
    return float(value) / float(most) * 100 if most else 0.0


def _share(value: float | int | Decimal, total: Decimal) -> str:
    return f"{_percent(value, total):.1f}%"


def _pc(value: float) -> str:
    return f"{value:.2f}%"


def _x(at: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (at / (count - 1) if count > 1 else 0.5)


def _y(value: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * (value / top if top else 0.0)


def _round_up(value: float) -> float:
    """The next round number: 1, 2, 5, 10 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1)
    return next(power * step for step in (1, 2, 5, 10) if power * step >= value)


def _plain(value: float | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _table(data: ChartData, *, total: bool = False) -> Table:
    several = len(data.series) > 1
    heads = [TableColumn(data.label_heading or _("项目"))]
    heads += [
        TableColumn(one.label if several else (data.unit or one.label), number=True) for one in data.series
    ]
    if total and several:
        heads.append(TableColumn(_("合计"), number=True))
    rows = [_table_row(marks, heads, total=total and several) for marks in _by_label(data)]
    return Table(tuple(heads), tuple(rows), str(data.title), stack=False)


def _table_row(marks: Sequence[Mark], heads: Sequence[TableColumn], *, total: bool) -> tuple[Cell, ...]:
    cells = [Cell(marks[0].label, heads[0].label, first=True)]
    cells += [
        Cell(mark.text, head.label, mark.url, number=True)
        for mark, head in zip(marks, heads[1:], strict=False)
    ]
    if total:
        hidden = any(mark.shown for mark in marks)
        whole = sum((Decimal(mark.value) for mark in marks), Decimal())
        cells.append(
            Cell(
                formats.NOTHING if hidden else formats.write_number(_plain(whole)),
                heads[-1].label,
                number=True,
            )
        )
    return tuple(cells)


MAKERS: dict[Kind, Callable[[ChartData], Chart]] = {
    "bar": bar,
    "stacked": stacked,
    "share": share,
    "pyramid": pyramid,
    "line": line,
}


def draw(kind: Kind, data: ChartData) -> Chart:
    """A chart of this kind."""
    return MAKERS[kind](data)


def marks(pairs: Sequence[tuple[Text, Any]] | Sequence[tuple[Text, Any, str]]) -> tuple[Mark, ...]:
    """Marks from ``(label, value)`` or ``(label, value, url)``."""
    return tuple(Mark(*pair) for pair in pairs)
