"""One way to divide a population: its values, and for each value the condition that a row has it on a day.

Statistics group by a dimension and lists filter by it, both through the same object, so that a figure and the
list behind it can never differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, CharField, F, FilteredRelation, Model, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.kernel.code_list import CodeList

Text = str | Promise
M = TypeVar("M", bound=Model)

NONE, OTHER = "none", "other"
"""Values most dimensions have: the fact is not stated; it is stated in words no code list knows."""
NOT_STATED = _("未填")
OTHER_WORDS = _("其他")


class Option(NamedTuple):
    """One value of a dimension and how it is called."""

    value: str
    label: Text


class Union(NamedTuple):
    """Several values of a dimension asked for as one: a name over options, not an option of its own.

    ``condition`` says the same as the options' conditions together, where that is shorter.
    """

    value: str
    label: Text
    values: tuple[str, ...]
    condition: Q | None = None


Options = Callable[[date], Sequence[Option]]
Conditions = Callable[[date], Mapping[str, Q]]
Relations = Callable[[date], Mapping[str, FilteredRelation]]


def _no_relations(day: date) -> Mapping[str, FilteredRelation]:
    return {}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of one model's rows.

    ``code`` is the parameter in addresses. ``options`` gives the values of a day, in their order; together
    they cover every row, and no row twice. ``conditions`` gives for each value what a row meets on that day;
    it may use the names of ``relations``, dated joins that ``narrow`` and the statistics add first.
    ``column`` is given where the database can group by a plain column; ``buckets`` then says which value a
    stored text counts as. ``unions`` are further values that lists and figures can ask for.
    """

    code: str
    title: Text
    options: Options
    conditions: Conditions
    relations: Relations = _no_relations
    column: str = ""
    buckets: Mapping[str, str] | None = None
    unions: tuple[Union, ...] = ()

    def choices(self, day: date) -> Sequence[Option]:
        """All that can be asked for on a day: the options, then the unions."""
        return (*self.options(day), *(Option(union.value, union.label) for union in self.unions))

    def values_of(self, value: str) -> tuple[str, ...]:
        """The options a value stands for: those of a union, else itself."""
        return next((union.values for union in self.unions if union.value == value), (value,))

    def narrow(self, queryset: QuerySet[M], value: str, day: date) -> QuerySet[M]:
        """The rows of the queryset that have the value on the day. An unknown value is a ``KeyError``."""
        joined: QuerySet[M] = queryset.alias(**self.relations(day))
        return joined.filter(self.condition(value, day))

    def condition(self, value: str, day: date) -> Q:
        """What a row with the value meets on the day, over the names of ``relations``."""
        short = next((union.condition for union in self.unions if union.value == value), None)
        if short is not None:
            return short
        conditions = self.conditions(day)
        return reduce(or_, (conditions[one] for one in self.values_of(value)))

    def expression(self, day: date) -> Any:
        """What to group by: the plain column, or the value whose condition a row meets."""
        if self.column:
            return F(self.column)
        conditions = self.conditions(day)
        whens = [When(conditions[option.value], then=Value(option.value)) for option in self.options(day)]
        return Case(*whens, default=Value(""), output_field=CharField())

    def bucket(self, stored: Any) -> str:
        """The value that a result of ``expression`` counts as; "" when no condition was met."""
        if not self.column:
            return str(stored)
        if stored is None or stored == "":
            return NONE
        return (self.buckets or {}).get(str(stored), OTHER)


def grouped(
    code: str,
    title: Text,
    column: str,
    groups: Sequence[tuple[str, Text, Sequence[str]]],
    *,
    relations: Relations = _no_relations,
    not_stated: Sequence[str] = (),
    unions: tuple[Union, ...] = (),
) -> Dimension:
    """A dimension that gathers the codes stored in ``column`` into groups of (value, name, codes).

    ``not_stated`` are codes that say that nothing is known. Words that are no such code count as 其他.
    """
    buckets = {stored: value for value, _label, codes in groups for stored in codes}
    buckets |= dict.fromkeys(not_stated, NONE)
    options = (
        *(Option(value, label) for value, label, _codes in groups),
        Option(OTHER, OTHER_WORDS),
        Option(NONE, NOT_STATED),
    )
    stated = Q(**{f"{column}__isnull": False})
    conditions = {value: Q(**{f"{column}__in": tuple(codes)}) for value, _label, codes in groups}
    conditions[OTHER] = stated & ~Q(**{f"{column}__in": ("", *buckets)})
    conditions[NONE] = ~stated | Q(**{f"{column}__in": ("", *not_stated)})
    return Dimension(
        code, title, lambda day: options, lambda day: conditions, relations, column, buckets, unions
    )


def coded(
    code: str,
    title: Text,
    column: str,
    codes: CodeList,
    *,
    relations: Relations = _no_relations,
    not_stated: Sequence[str] = (),
) -> Dimension:
    """A dimension whose values are those of a code list, as stored in ``column``."""
    groups = [(key, name, (key,)) for key, name in codes.names.items() if key not in not_stated]
    return grouped(code, title, column, groups, relations=relations, not_stated=not_stated)


class Band(NamedTuple):
    """A band of days: ``first`` and ``last`` are inclusive, None is open."""

    value: str
    label: Text
    first: date | None
    last: date | None


def banded(
    code: str,
    title: Text,
    column: str,
    bands: Callable[[date], Sequence[Band]],
    *,
    relations: Relations = _no_relations,
    unions: tuple[Union, ...] = (),
) -> Dimension:
    """A dimension of bands over a date column, which may move with the day asked for (ages do)."""

    def options(day: date) -> Sequence[Option]:
        return (*(Option(band.value, band.label) for band in bands(day)), Option(NONE, NOT_STATED))

    def conditions(day: date) -> Mapping[str, Q]:
        found = {band.value: _between(column, band) for band in bands(day)}
        return {**found, NONE: Q(**{f"{column}__isnull": True})}

    return Dimension(code, title, options, conditions, relations, unions=unions)


def _between(column: str, band: Band) -> Q:
    found = Q(**{f"{column}__isnull": False})
    if band.first is not None:
        found &= Q(**{f"{column}__gte": band.first})
    if band.last is not None:
        found &= Q(**{f"{column}__lte": band.last})
    return found


def open_on(relation: str, day: date) -> Q:
    """The condition that a dated row of the relation holds on the day (``valid_to`` is exclusive)."""
    start, end = f"{relation}__valid_from__lte", f"{relation}__valid_to"
    return Q(**{start: day}) & (Q(**{end: None}) | Q(**{f"{end}__gt": day}))


def dated(name: str, relation: str) -> Relations:
    """The relation ``name``: rows of ``relation`` (dated, at most one a day) that hold on the day."""
    return lambda day: {name: FilteredRelation(relation, condition=open_on(relation, day))}
