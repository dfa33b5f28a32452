"""Filters of a list, shown as links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

FEW = 8
"""Up to so many choices stand in a row; more open in a sheet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the value in the address, the word, how many rows it has (None: not counted).

    ``key`` is what the field is compared with, where that differs from the text in the address.
    """

    value: str
    label: str | Promise
    count: int | None = None
    key: Any = None


Choices = Sequence[Choice] | Callable[[Any, date], Sequence[Choice]]
Levels = Callable[[str, Any, date], Sequence[Choice]]
Find = Callable[[str, Any, date], Choice | None]
Apply = Callable[[QuerySet[Any], str, date], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list.

    ``code`` is the parameter in the address. ``choices`` are given, or a function of actor and day that costs
    the same number of queries however many rows there are. Either ``lookup`` (an ORM lookup such as
    ``"kind"``) or
    ``apply`` (queryset, value, day → queryset) narrows the list. A filter over a tree gives ``levels``
    (chosen value or "", actor, day → the choices to show: those above, the chosen one, those directly below)
    and ``find`` (value, actor, day → the choice, None for none) instead of all ``choices``.
    """

    code: str
    label: str | Promise
    choices: Choices = ()
    lookup: str = ""
    apply: Apply | None = None
    levels: Levels | None = None
    find: Find | None = None

    def __post_init__(self) -> None:
        if bool(self.lookup) == bool(self.apply):
            raise ValueError(f"filter {self.code} needs either a lookup or apply")

    def offered(self, asked: str, actor: object, on: date) -> tuple[Choice | None, Sequence[Choice]]:
        """What an asked value means ("" and what there is not: None), and the choices to show beside it."""
        if self.levels is not None and self.find is not None:
            chosen = self.find(asked, actor, on) if asked else None
            return chosen, self.levels(chosen.value if chosen else "", actor, on)
        choices = self.choices(actor, on) if callable(self.choices) else self.choices
        return next((one for one in choices if asked and one.value == asked), None), choices

    def narrow(self, queryset: QuerySet[Any], choice: Choice, on: date) -> QuerySet[Any]:
        """The rows of the choice."""
        if self.apply is not None:
            return self.apply(queryset, choice.value, on)
        return queryset.filter(**{self.lookup: choice.value if choice.key is None else choice.key})
