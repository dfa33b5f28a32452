"""Coverage of a level on a day as figures, a chart and a tree; every figure leads to the list behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.queries.levels import Level
from anlan.kernel.paths import path_ids
from anlan.places.queries import path_on
from anlan.places.rules import AreaKind
from anlan.places.tables import area_url
from anlan.registers.dimensions.bands import years_before
from anlan.registers.labels import TARGET_KIND_WORDS
from anlan.registers.models import OrganizationVersion
from anlan.registers.queries.coverage import Coverage, Covered
from anlan.registers.queries.details import open_rows
from anlan.registers.tables.coverage import WITH, WITHOUT, cover_state
from anlan.web import charts
from anlan.web.charts import Chart, ChartData, Mark, Series
from anlan.web.parts import Figure, State

Text = str | Promise
LISTS = {False: "registers:covered_areas", True: "registers:units"}
AREA_KINDS = ("point", "village", "community")
STATES: Sequence[tuple[str, Text, dict[str, str]]] = (
    ("both", gettext_lazy("党组织和人员都有"), {"organization": WITH, "officer": WITH}),
    ("officer", gettext_lazy("缺专干、联络员"), {"organization": WITH, "officer": WITHOUT}),
    ("organization", gettext_lazy("缺党组织"), {"organization": WITHOUT, "officer": WITH}),
    ("neither", gettext_lazy("都没有"), {"organization": WITHOUT, "officer": WITHOUT}),
)
"""How a target may stand: code, word, and the filters of its list that find the same rows."""


@dataclass(slots=True)
class Node:
    """A line of the tree: an area with what lies in it, or a unit.

    ``lacking`` counts what lacks something in it and below it, itself included.
    """

    name: str
    url: str
    kind: Text
    state: State | None = None
    lacking: int = 0
    targets: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """How much there is in it and how much of that lacks something, in words."""
        words = {"all": self.targets, "lacking": self.lacking}
        if not self.lacking:
            return _("%(all)d 个对象，没有缺") % words
        return _("%(all)d 个对象，%(lacking)d 个有缺") % words


class CoverageBoard:
    """Coverage of a level on a day, compared with the same day a year before. Thirteen queries.

    A level of the organisations' tree shows what its organisations cover.
    """

    def __init__(self, level: Level, day: date) -> None:
        self.level, self.day = level, day
        self.before = years_before(day, 1)
        self.coverage = _coverage(level, day)
        self.rows = _rows(self.coverage, level)
        self._earlier = self._rows_before()

    def _rows_before(self) -> tuple[Covered, ...] | None:
        """The same level a year before, where it was; None when it did not exist."""
        if self.level.tree == "area":
            path = path_on(path_ids(self.level.path)[-1], self.before)
        else:
            key = path_ids(self.level.path)[-1]
            versions = OrganizationVersion.objects.filter(open_rows(self.before), organization_id=key)
            path = versions.values_list("path", flat=True).first() or ""
        if not path:
            return None
        earlier = Level(self.level.tree, path, self.level.key, self.level.name, self.level.kind)
        return _rows(_coverage(earlier, self.before), earlier)

    def list_url(self, is_unit: bool, **query: str) -> str:
        """The list behind a figure: the same level, day and filters."""
        return _list_url(self.level, self.day, is_unit, query)

    def figures(self) -> list[Figure]:
        """What there is to cover and what lacks something, areas and units apart, with a year before."""
        found = []
        for is_unit, label in ((False, _("村和居民点")), (True, _("单位"))):
            wanted: tuple[tuple[str, str, dict[str, str]], ...] = ((label, "", {}), *_lacking(label))
            for title, lacks, query in wanted:
                count = _count(self.rows, is_unit, lacks)
                found.append(
                    Figure(
                        title,
                        count,
                        self.list_url(is_unit, **query),
                        self.day,
                        self._compared(is_unit, lacks),
                        _("个"),
                    )
                )
        return found

    def _compared(self, is_unit: bool, lacks: str) -> str:
        if self._earlier is None:
            return ""
        return _("一年前 %(count)d 个") % {"count": _count(self._earlier, is_unit, lacks)}

    def chart(self) -> Chart:
        """How much of each kind is covered, each part a link to its list."""
        counts: Counter[tuple[str, str]] = Counter()
        for one in self.rows:
            counts[one.target.kind, _state_of(one)] += 1
        kinds = [kind for kind in TARGET_KIND_WORDS if any(counts[kind, code] for code, _word, _q in STATES)]
        kinds = kinds or list(AREA_KINDS)
        series = tuple(
            Series(
                word,
                tuple(
                    Mark(
                        TARGET_KIND_WORDS[kind],
                        counts[kind, code],
                        self.list_url(kind not in AREA_KINDS, kind=kind, **query),
                    )
                    for kind in kinds
                ),
            )
            for code, word, query in STATES
        )
        title = _("各类对象有没有党组织和专干、联络员")
        return charts.stacked(ChartData(title, series, _("个"), self.day, label_heading=_("对象")))

    def tree(self) -> list[Node]:
        """The level's areas with what lies in them; of the county only the townships, to be opened."""
        if self.level.tree != "area":
            return [self.leaf(one) for one in self.rows]
        return _Tree(self).nodes()

    def leaf(self, covered: Covered) -> Node:
        """One target as a line of the tree, without what lies below it."""
        target = covered.target
        url = reverse("registers:unit", args=[target.ref]) if target.is_unit else area_url(target.ref)
        return Node(
            target.name,
            f"{url}?{urlencode({'on': self.day.isoformat()})}",
            TARGET_KIND_WORDS[target.kind],
            cover_state(covered),
            int(bool(covered.lacks)),
            1,
        )


class _Tree:
    """Puts what is to be covered under the areas it lies in."""

    def __init__(self, board: CoverageBoard) -> None:
        self._board = board
        self._level = path_ids(board.level.path)[-1]
        self._own = next((one for one in board.rows if self._is_level(one)), None)
        self._below: Mapping[int, list[Covered]] = self._by_area(board.rows)

    def _is_level(self, one: Covered) -> bool:
        return not one.target.is_unit and one.target.key == self._level

    def _by_area(self, rows: Iterable[Covered]) -> dict[int, list[Covered]]:
        """The targets by the area they hang under: a point or unit under its village, else its township."""
        found: dict[int, list[Covered]] = defaultdict(list)
        for one in rows:
            if one is self._own:
                continue
            above = one.target.above[0 if one.target.is_unit else 1 :]
            hangs = next((key for key in above if self._is_branch(key)), self._level)
            found[hangs].append(one)
        return found

    def _is_branch(self, key: int) -> bool:
        area = self._board.coverage.area(key)
        return key == self._level or (area is not None and area.kind not in (AreaKind.GROUP, AreaKind.POINT))

    def nodes(self) -> list[Node]:
        """The townships of a county; of every other level what hangs directly under it, or itself."""
        if self._own is not None:
            return [self._node(self._own)]
        opened = self._board.level.kind != AreaKind.COUNTY
        townships = () if opened else self._townships()
        return [*townships, *(self._node(one) for one in self._below.get(self._level, ()))]

    def _townships(self) -> Iterable[Node]:
        board = self._board
        townships = board.coverage.areas_of_kind(AreaKind.TOWNSHIP)
        targets: Counter[int] = Counter()
        lacking: Counter[int] = Counter()
        for one in board.rows:
            for key in one.target.above:
                if key in townships:
                    targets[key] += 1
                    lacking[key] += bool(one.lacks)
        for key, area in townships.items():
            url = coverage_url("area", area.code, board.day)
            yield Node(area.name, url, _("乡镇"), None, lacking[key], targets[key])

    def _node(self, covered: Covered) -> Node:
        node = self._board.leaf(covered)
        if not covered.target.is_unit:
            node.children = [self._node(one) for one in self._below.get(covered.target.key, ())]
            node.lacking += sum(child.lacking for child in node.children)
            node.targets += sum(child.targets for child in node.children)
        return node


def coverage_url(tree: str, key: str, day: date, name: str = "insights:coverage") -> str:
    """The page of coverage (or of proposals) of a level on a day."""
    return f"{reverse(name)}?{urlencode({tree: key, 'on': day.isoformat()})}"


def _coverage(level: Level, day: date) -> Coverage:
    return Coverage(day, level.path if level.tree == "area" else "")


def _rows(coverage: Coverage, level: Level) -> tuple[Covered, ...]:
    return coverage.all if level.tree == "area" else coverage.of_organization(level.path)


def _state_of(one: Covered) -> str:
    return {(): "both", ("officer",): "officer", ("organization",): "organization"}.get(one.lacks, "neither")


def _count(rows: Iterable[Covered], is_unit: bool, lacks: str) -> int:
    return sum(one.target.is_unit == is_unit and (not lacks or lacks in one.lacks) for one in rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """How many of something lack an organisation or an officer, and their list."""

    label: str
    count: int
    url: str


def gaps_of(level: Level, day: date) -> list[Gap]:
    """What lacks something within a level on a day, areas and units apart."""
    rows = _rows(_coverage(level, day), level)
    return [
        Gap(title, _count(rows, is_unit, lacks), _list_url(level, day, is_unit, query))
        for is_unit, label in ((False, _("村和居民点")), (True, _("单位")))
        for title, lacks, query in _lacking(label)
    ]


def _lacking(label: str) -> tuple[tuple[str, str, dict[str, str]], ...]:
    """The two things that may be lacking: title, code, filter of the list."""
    return (
        (_("%(what)s缺党组织") % {"what": label}, "organization", {"organization": WITHOUT}),
        (_("%(what)s缺专干、联络员") % {"what": label}, "officer", {"officer": WITHOUT}),
    )


def _list_url(level: Level, day: date, is_unit: bool, query: Mapping[str, str]) -> str:
    area = {"area": level.key} if level.tree == "area" else {}
    return f"{reverse(LISTS[is_unit])}?{urlencode({**area, 'on': day.isoformat(), **query})}"
