"""One page of a list, at the same price for sixty thousand rows and for a million.

Two steps: the keys of the page in order (an index alone answers it), then the rows of these keys with all
they need. The far half of a list is read from its end. Rows are counted up to a limit; above it the list says
«more than».
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from anlan.web.listing.counts import count_of

M = TypeVar("M", bound=Model)
COUNT_LIMIT = 100_000
"""Rows counted and reachable by turning pages; further ones are reached by filtering."""


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of one page, its number (from 1), how many rows there are, whether that is exact."""

    rows: Sequence[M]
    number: int
    size: int
    total: int
    exact: bool

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return max(-(-self.total // self.size), 1)


def cut_page(
    queryset: QuerySet[M],
    *,
    order: Sequence[str],
    number: int,
    size: int,
    load: Callable[[QuerySet[M]], Sequence[M]],
    limit: int = COUNT_LIMIT,
) -> Page[M]:
    """The page ``number`` (from 1) of ``size`` rows; beyond the last page, the last one.

    ``load`` gets the queryset narrowed to the page's keys and answers its rows in any order.
    """
    total = count_of(queryset.order_by().values("pk")[: limit + 1])
    exact = total <= limit
    total = min(total, limit)
    number = min(number, max(-(-total // size), 1))
    keys = _keys(
        queryset.order_by(*order), (number - 1) * size, min(size, total - (number - 1) * size), total, exact
    )
    rows = {row.pk: row for row in load(queryset.filter(pk__in=keys))} if keys else {}
    return Page([rows[key] for key in keys if key in rows], number, size, total, exact)


def _keys(ordered: QuerySet[M], start: int, count: int, total: int, exact: bool) -> list[Any]:
    keys = ordered.values_list("pk", flat=True)
    if exact and start > total - start - count:
        end = total - start - count
        return list(keys.reverse()[end : end + count])[::-1]
    return list(keys[start : start + count])


def full_order(order: Sequence[str]) -> tuple[str, ...]:
    """The order made total with the key, so that no row stands on two pages."""
    if any(name.removeprefix("-") in {"pk", "id"} for name in order):
        return tuple(order)
    downwards = bool(order) and order[0].startswith("-")
    return (*order, "-pk" if downwards else "pk")


def turned(order: Sequence[str]) -> tuple[str, ...]:
    """The order the other way round."""
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
