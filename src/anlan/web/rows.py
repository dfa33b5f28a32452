"""Repeated rows of a form: one row form several times, with more added and some left out.

Without scripts the buttons send the whole form and it comes back with a row more or less; with them only the
rows are exchanged. A row left blank says nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.functional import Promise

Text = str | Promise
MORE, DROP = "more", "drop"


class RowSet(BaseFormSet):  # type: ignore[type-arg]
    """The rows of one kind in a form."""

    spec: "Rows"

    @property
    def name(self) -> str:
        """What the rows are called in the form."""
        return str(self.prefix)

    @property
    def may_grow(self) -> bool:
        """Whether one more row can be added."""
        return not self.spec.fixed and len(self.forms) < self.spec.most

    @property
    def may_shrink(self) -> bool:
        """Whether a row can be left out."""
        return not self.spec.fixed and len(self.forms) > 1

    @property
    def given(self) -> list[forms.BaseForm]:
        """The rows somebody wrote into, in order."""
        return [row for row in self.forms if not row.empty_permitted or row.has_changed()]

    def show_unchecked(self) -> None:
        """Show what was typed without judging it."""
        self._errors: list[Any] = [{} for _row in self.forms]
        self._non_form_errors = ErrorList()
        for row in self.forms:
            row._errors = ErrorDict()
            row.cleaned_data = {}


@dataclass(frozen=True, slots=True)
class Rows:
    """How a form has rows: the form of one row, what they and one of them are called.

    ``start`` rows are shown at first, ``most`` can be given. ``fixed`` rows are those of ``initial``: none is
    added or left out.
    """

    row: type[forms.BaseForm]
    title: Text
    one: Text
    add: Text = ""
    why: Text = ""
    start: int = 1
    most: int = 40
    fixed: bool = False
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def build(
        self, name: str, data: Any, *, initial: Sequence[Mapping[str, Any]] = (), **kwargs: Any
    ) -> RowSet:
        """The rows of one form; ``kwargs`` go to each row's form."""
        factory = formset_factory(
            self.row,
            formset=RowSet,
            extra=0 if initial else self.start,
            max_num=self.most,
            absolute_max=self.most,
            validate_max=True,
        )
        made = cast(
            RowSet,
            factory(data, prefix=name, initial=list(initial) or None, form_kwargs={**self.kwargs, **kwargs}),
        )
        made.spec = self
        return made


def reshaped(data: QueryDict, wish: str) -> QueryDict:
    """The typed content with a row more (``more-members``) or without one (``drop-members-2``)."""
    verb, _dash, rest = wish.partition("-")
    name, number = (rest, "") if verb == MORE else (rest.rpartition("-")[0], rest.rpartition("-")[2])
    changed = data.copy()
    total = f"{name}-{TOTAL_FORM_COUNT}"
    written = str(data.get(total, ""))
    count = int(written) if written.isdecimal() else 0
    if verb == MORE:
        changed[total] = str(count + 1)
    elif verb == DROP and number.isdecimal() and int(number) < count:
        changed = _without(data, name, int(number))
        changed[total] = str(count - 1)
    return changed


def _without(data: QueryDict, name: str, gone: int) -> QueryDict:
    """The content without one row, those after it moved up."""
    kept = QueryDict(mutable=True)
    pattern = re.compile(rf"{re.escape(name)}-(\d+)-(.+)")
    for key, values in data.lists():
        hit = pattern.fullmatch(key)
        if hit is None:
            kept.setlist(key, values)
        elif int(hit[1]) != gone:
            at = int(hit[1]) - (int(hit[1]) > gone)
            kept.setlist(f"{name}-{at}-{hit[2]}", values)
    return kept
