"""Figures by area and by organisation: townships with villages, committees with what lies below them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anlan.insights.queries.breakdowns import ORGANIZATION_COLUMNS, PLACE_COLUMNS, PlaceColumn, Population
from anlan.insights.queries.levels import Division, Level
from anlan.insights.queries.links import statistics_url
from anlan.insights.queries.statistics import Figure, Statistics
from anlan.insights.queries.tallies import Tally
from anlan.insights.rules import hidden_groups
from anlan.kernel.paths import path_ids
from anlan.places.rules import VILLAGES, AreaKind

TOWNSHIPS = frozenset({AreaKind.TOWNSHIP.value})
VILLAGE_KINDS = frozenset(kind.value for kind in VILLAGES)
TOP = 0
"""The level itself as the parent of lines; within a group, what lies in the parent and in no line."""

Cells = Counter[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One area or organisation with its figures, in the order of the columns. ``depth`` 1 lies under a 0."""

    key: int
    name: str
    depth: int
    url: str
    level: Level
    figures: tuple[Figure, ...]

    @property
    def steps(self) -> range:
        """As many as the row is indented."""
        return range(self.depth)


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """A table by area or by organisation; ``total`` is the line of the whole level."""

    columns: tuple[PlaceColumn, ...]
    rows: tuple[PlaceRow, ...]
    total: PlaceRow

    def down_to(self, depth: int) -> "PlaceTable":
        """The table without the rows that lie deeper."""
        return PlaceTable(self.columns, tuple(row for row in self.rows if row.depth <= depth), self.total)


@dataclass(frozen=True, slots=True)
class _Line:
    key: int
    level: Level
    parent: int
    depth: int


def by_area(statistics: Statistics, of: Sequence[PlaceColumn] = PLACE_COLUMNS) -> PlaceTable:
    """A row for each township with its villages below it; for a township's level, for each village.

    What lies in a township directly, in none of its villages, is in the township's row alone. ``of`` are the
    columns wanted; the level's populations decide which of them there are.
    """
    columns = tuple(one for one in of if one.population in statistics.populations)
    areas = {key: division.path for key, division in statistics.divisions.by_key.items()}
    organizations = {key: areas.get(version.area_id, "") for key, version in statistics.organizations.items()}
    paths: Mapping[Population, Mapping[int, str]] = {
        "organizations": organizations,
        "members": organizations,
        "residents": areas,
        "households": areas,
    }
    return _table(statistics, columns, _area_lines(statistics), paths)


def by_organization(statistics: Statistics) -> PlaceTable:
    """A row for each organisation of the level, each with all members in it and below it."""
    versions = statistics.organizations
    paths = {key: version.path for key, version in versions.items()}
    lines = []
    for key in sorted(versions, key=lambda one: path_ids(paths[one])):
        version = versions[key]
        above = [one for one in path_ids(version.path)[:-1] if one in versions]
        level = Level("organization", version.path, str(version.organization.uid), version.name, version.kind)
        lines.append(_Line(key, level, above[-1] if above else TOP, len(above)))
    return _table(statistics, ORGANIZATION_COLUMNS, lines, {"members": paths})


def _area_lines(statistics: Statistics) -> list[_Line]:
    divisions, own = statistics.divisions, statistics.level.path
    below: dict[int, list[Division]] = {}
    for village in divisions.of_kind(VILLAGE_KINDS):
        if village.path != own:
            below.setdefault(divisions.above(village.key, TOWNSHIPS), []).append(village)
    lines = [_area_line(village, TOP) for village in below.get(TOP, [])]
    for township in divisions.of_kind(TOWNSHIPS):
        parent = TOP if township.path == own else township.key
        lines += [] if parent == TOP else [_area_line(township, TOP)]
        lines += [_area_line(village, parent) for village in below.get(township.key, [])]
    return lines


def _area_line(division: Division, parent: int) -> _Line:
    level = Level("area", division.path, division.code, division.name, division.kind)
    return _Line(division.key, level, parent, int(parent != TOP))


def _table(
    statistics: Statistics,
    columns: Sequence[PlaceColumn],
    lines: Sequence[_Line],
    paths: Mapping[Population, Mapping[int, str]],
) -> PlaceTable:
    cells = _cells(statistics, columns, {line.key for line in lines}, paths)
    hidden = _hidden(statistics, columns, lines, cells)
    rows = []
    for line in lines:
        figures = []
        for column in columns:
            cell = (line.key, column.code)
            figures.append(_figure(statistics, column, line.level, cells[cell], hidden=cell in hidden))
        url = statistics_url(line.level, statistics.day)
        rows.append(PlaceRow(line.key, line.level.name, line.depth, url, line.level, tuple(figures)))
    return PlaceTable(tuple(columns), tuple(rows), _total(statistics, columns))


def _cells(
    statistics: Statistics,
    columns: Sequence[PlaceColumn],
    keys: set[int],
    paths: Mapping[Population, Mapping[int, str]],
) -> Cells:
    """How many there are in each line, with all below it."""
    above: dict[str, list[int]] = {}
    cells: Cells = Counter()
    for column in columns:
        own = paths[column.population]
        counted = statistics.tally(column.population, _needed(columns, column.population))
        for place, count in _at(counted, column).items():
            path = own.get(place, "")
            if path not in above:
                above[path] = [key for key in path_ids(path) if key in keys]
            for key in above[path]:
                cells[key, column.code] += count
    return cells


def _needed(columns: Sequence[PlaceColumn], population: Population) -> frozenset[str]:
    """The codes of the dimensions that a table's columns ask of a population."""
    return frozenset(one.dimension.code for one in columns if one.dimension and one.population == population)


def _at(counted: Tally, column: PlaceColumn) -> Counter[int]:
    """How many there are at each place of a population's tally."""
    if column.dimension is None:
        return counted.places
    values = column.dimension.values_of(column.value)
    found: Counter[int] = Counter()
    for (place, value), count in counted.at[column.dimension.code].items():
        if value in values:
            found[place] += count
    return found


def _figure(statistics: Statistics, column: PlaceColumn, level: Level, count: int, *, hidden: bool) -> Figure:
    query = {column.dimension.code: column.value} if column.dimension else {}
    return statistics.figure(
        column.population, column.code, column.title, count, query=query, level=level, hidden=hidden
    )


def _total(statistics: Statistics, columns: Sequence[PlaceColumn]) -> PlaceRow:
    level = statistics.level
    figures = []
    for column in columns:
        if column.dimension is None:
            count = statistics.total(column.population)
        else:
            counted = statistics.tally(column.population, _needed(columns, column.population))
            count = counted.count(column.dimension, column.value)
        figures.append(_figure(statistics, column, level, count, hidden=False))
    return PlaceRow(TOP, level.name, 0, statistics_url(level, statistics.day), level, tuple(figures))


def _hidden(
    statistics: Statistics, columns: Sequence[PlaceColumn], lines: Sequence[_Line], cells: Cells
) -> frozenset[tuple[int, str]]:
    """The cells not to be shown: in each group of lines whose sum stands above them.

    What the sum counts beyond the lines is a group of its own, which the difference must not tell either.
    """
    groups: dict[int, list[int]] = {}
    for line in lines:
        groups.setdefault(line.parent, []).append(line.key)
    found: set[tuple[int, str]] = set()
    for column, total in zip(columns, _total(statistics, columns).figures, strict=True):
        least = statistics.least(column.population)
        for parent, keys in groups.items() if least else ():
            counts = {key: cells[key, column.code] for key in keys}
            whole = (total.count or 0) if parent == TOP else cells[parent, column.code]
            counts[TOP] = max(whole - sum(counts.values()), 0)
            found.update((key, column.code) for key in hidden_groups(counts, least) if key != TOP)
    return frozenset(found)
