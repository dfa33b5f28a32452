"""Counting a population: one query for the whole, one for its parts along all dimensions at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from anlan.insights.queries.breakdowns import Population
from anlan.insights.queries.levels import Level
from anlan.registers.dimensions import (
    MEMBER_DIMENSIONS,
    ORGANIZATION_DIMENSIONS,
    RESIDENT_DIMENSIONS,
    Dimension,
    households_on,
    members_on,
    organizations_on,
    residents_on,
)

DIMENSIONS: Mapping[Population, Sequence[Dimension]] = {
    "organizations": ORGANIZATION_DIMENSIONS,
    "members": MEMBER_DIMENSIONS,
    "residents": RESIDENT_DIMENSIONS,
    "households": (),
}
_PLACE = {
    "organizations": "pk",
    "members": "organization_id",
    "residents": "home_area_id",
    "households": "home_area_id",
}
_ONE = {"organizations": "pk", "members": "person_id", "residents": "pk", "households": "pk"}


@dataclass(slots=True)
class Tally:
    """How many there are on a day within a level.

    ``counts`` by dimension code and value; ``places`` and ``at`` the same by place (an organisation's key for
    organisations and members, an area's for residents and households).
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    places: Counter[int] = field(default_factory=Counter)
    at: dict[str, Counter[tuple[int, str]]] = field(default_factory=dict)

    def count(self, dimension: Dimension, value: str) -> int:
        """How many have the value (or one of a union's values)."""
        counter = self.counts[dimension.code]
        return sum(counter[one] for one in dimension.values_of(value))

    def count_at(self, place: int, dimension: Dimension, value: str) -> int:
        """The same at one place."""
        counter = self.at[dimension.code]
        return sum(counter[place, one] for one in dimension.values_of(value))


def population_on(population: Population, level: Level, day: date) -> QuerySet[Any]:
    """The rows of a population. Residents and households have no place in the tree of organisations: none."""
    if population == "organizations":
        return organizations_on(day, level.tree, level.path)
    if population == "members":
        return members_on(day, level.tree, level.path)
    rows: QuerySet[Any] = (residents_on if population == "residents" else households_on)(day, level.path)
    return rows if level.tree == "area" else rows.none()


def count_all(population: Population, level: Level, day: date) -> int:
    """How many there are in all, each person or organisation once: a count of its own, one query."""
    rows = population_on(population, level, day)
    return int(rows.aggregate(found=Count(_ONE[population], distinct=True))["found"])


def tally(population: Population, level: Level, day: date, only: Collection[str] | None = None) -> Tally:
    """Count a population along all its dimensions, or ``only`` those with these codes.

    One query, however many rows there are, and what a dimension needs to know its own options. The fewer
    dimensions, the fewer groups.
    """
    rows = population_on(population, level, day)
    result = Tally()
    dimensions = [one for one in DIMENSIONS[population] if only is None or one.code in only]
    for dimension in dimensions:
        rows = rows.alias(**dimension.relations(day))
        result.counts[dimension.code], result.at[dimension.code] = Counter(), Counter()
    place_of = F(_PLACE[population])
    columns = {f"by_{dimension.code}": dimension.expression(day) for dimension in dimensions}
    groups = rows.order_by().values(place=place_of, **columns).annotate(found=Count("*"))
    for place, *stored, found in groups.values_list("place", *columns, "found").iterator():
        result.places[place] += found
        for dimension, raw in zip(dimensions, stored, strict=True):
            value = dimension.bucket(raw)
            result.counts[dimension.code][value] += found
            result.at[dimension.code][place, value] += found
    return result
