"""Everything the statistics page, its sheet and the report show, computed once for a level and a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from anlan.insights.labels import SMALL_GROUP
from anlan.insights.queries.breakdowns import BREAKDOWNS, TITLES, Breakdown, Population, Text
from anlan.insights.queries.levels import Divisions, Level, organizations_of
from anlan.insights.queries.links import list_url
from anlan.insights.queries.tallies import Tally, count_all, tally
from anlan.insights.rules import Balance, hidden_groups, share
from anlan.kernel import parameters
from anlan.kernel.actors import Actor
from anlan.kernel.permissions import holds
from anlan.registers.dimensions import NONE, OTHER
from anlan.registers.models import OrganizationVersion

HIDDEN = "＊"
SHOWS_LIST: Mapping[Population, str] = {
    "organizations": "registers.organization_view",
    "members": "registers.member_view",
    "residents": "registers.person_view",
    "households": "registers.household_view",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: how many, of what, and the address of the list behind it ("" for who may not see it).

    ``count`` is None where the group is too small to be shown; ``share`` is in percent of the whole.
    """

    code: str
    label: Text
    count: int | None
    share: float = 0.0
    url: str = ""

    @property
    def text(self) -> str:
        """The count as a person reads it."""
        return HIDDEN if self.count is None else f"{self.count:,}"

    @property
    def share_text(self) -> str:
        """The share as a person reads it."""
        return HIDDEN if self.count is None else f"{self.share:.1f}%"


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """A break-down with its figures, the whole, and whether the parts make it up."""

    breakdown: Breakdown
    rows: tuple[Figure, ...]
    total: Figure
    balance: Balance

    @property
    def code(self) -> str:
        """The break-down's code."""
        return self.breakdown.code

    @property
    def hides(self) -> bool:
        """Whether a small group is hidden."""
        return any(row.count is None for row in (*self.rows, self.total))

    def count(self, *values: str) -> int:
        """How many have one of the values; what is left out or hidden counts nothing."""
        return sum(row.count or 0 for row in self.rows if row.code in values)


class Statistics:
    """The statistics of a level on a day, for an actor: whoever may not see persons sees no small group.

    Populations are counted when first asked for, and once.
    """

    def __init__(self, actor: Actor, level: Level, day: date) -> None:
        self.actor, self.level, self.day = actor, level, day
        self._tallies: dict[tuple[Population, frozenset[str] | None], Tally] = {}
        self._totals: dict[Population, int] = {}
        self._shown: dict[Population, bool] = {}

    def total(self, population: Population) -> int:
        """How many there are in all, counted on their own."""
        if population not in self._totals:
            self._totals[population] = count_all(population, self.level, self.day)
        return self._totals[population]

    def tally(self, population: Population, only: frozenset[str] | None = None) -> Tally:
        """The parts of a population, along all its dimensions or at least ``only`` those with these codes."""
        known = self._tallies.get((population, None)) or self._tallies.get((population, only))
        if known is None:
            known = tally(population, self.level, self.day, only)
            self._tallies[population, only] = known
        return known

    @cached_property
    def divisions(self) -> Divisions:
        """The areas within the level."""
        return Divisions(self.level, self.day)

    @cached_property
    def organizations(self) -> Mapping[int, OrganizationVersion]:
        """How the level's organisations were called and where they stood on the day."""
        return organizations_of(self.day, self.level)

    @property
    def organization_areas(self) -> Mapping[int, int]:
        """The key of the area in which each organisation had its place on the day."""
        return {key: version.area_id for key, version in self.organizations.items()}

    @cached_property
    def minimum(self) -> int:
        """The smallest group that is shown to somebody who may not see persons."""
        return parameters.integer(SMALL_GROUP, on=self.day)

    @property
    def populations(self) -> tuple[Population, ...]:
        """The populations this level has: residents and households belong to areas, not to organisations."""
        if self.level.tree == "area":
            return ("organizations", "members", "households", "residents")
        return ("organizations", "members")

    def shows(self, population: Population) -> bool:
        """Whether the actor may open the lists of a population."""
        if population not in self._shown:
            self._shown[population] = holds(self.actor, SHOWS_LIST[population])
        return self._shown[population]

    def least(self, population: Population) -> int:
        """The smallest group shown of a population; 0 for whoever may open its lists."""
        return 0 if population == "organizations" or self.shows(population) else self.minimum

    def figure(
        self,
        population: Population,
        code: str,
        label: Text,
        count: int,
        *,
        query: Mapping[str, str] | None = None,
        level: Level | None = None,
        hidden: bool = False,
    ) -> Figure:
        """A figure with its list; without a number where it is hidden or too small."""
        if hidden or 0 < count < self.least(population):
            return Figure(code, label, None)
        url = (
            list_url(population, level or self.level, self.day, query or {}) if self.shows(population) else ""
        )
        return Figure(code, label, count, url=url)

    def whole(self, population: Population) -> Figure:
        """How many there are in all."""
        return self.figure(population, population, TITLES[population], self.total(population))

    def breakdowns_of(self, *populations: Population) -> tuple[BreakdownTable, ...]:
        """The break-downs of some of the level's populations, in their order."""
        wanted = [one for one in BREAKDOWNS if one.population in populations]
        return tuple(self._table(one) for one in wanted if one.population in self.populations)

    @cached_property
    def breakdowns(self) -> tuple[BreakdownTable, ...]:
        """All break-downs of the level's populations, in their order."""
        return self.breakdowns_of(*self.populations)

    def breakdown(self, code: str) -> BreakdownTable:
        """The break-down with a code; a ``KeyError`` for one the level does not have."""
        return {table.code: table for table in self.breakdowns}[code]

    @property
    def balanced(self) -> bool:
        """Whether every break-down makes up its whole."""
        return all(table.balance.holds for table in self.breakdowns)

    def _table(self, breakdown: Breakdown) -> BreakdownTable:
        population, dimension = breakdown.population, breakdown.dimension
        counted = self.tally(population)
        total, options = self.total(population), dimension.options(self.day)
        counts = {option.value: counted.count(dimension, option.value) for option in options}
        hidden = hidden_groups(counts, self.least(population))
        rows = []
        for value, label in options:
            if not counts[value] and (breakdown.used_only or value in (NONE, OTHER)):
                continue
            query = {dimension.code: value}
            figure = self.figure(population, value, label, counts[value], query=query, hidden=value in hidden)
            rows.append(replace(figure, share=share(figure.count or 0, total)))
        balance = Balance(total, sum(counts.values()))
        return BreakdownTable(breakdown, tuple(rows), self.whole(population), balance)
