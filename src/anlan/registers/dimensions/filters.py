"""Dimensions as filters of the register lists."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anlan.registers.dimensions.dimension import Dimension
from anlan.web.listing import Choice, Filter


def list_filters(dimensions: Sequence[Dimension]) -> tuple[Filter, ...]:
    """One filter of a list for each dimension, with the dimension's code as its parameter."""
    return tuple(_filter(dimension) for dimension in dimensions)


def _filter(dimension: Dimension) -> Filter:
    def choices(actor: object, on: date) -> Sequence[Choice]:
        return [Choice(option.value, option.label) for option in dimension.choices(on)]

    apply: Callable[[QuerySet[Any], str, date], QuerySet[Any]] = dimension.narrow
    return Filter(dimension.code, dimension.title, choices, apply=apply)
