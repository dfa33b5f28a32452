"""Bringing one dated fact of a person to what a line states from a day on."""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import Any, Protocol

from django.db import models

from anlan.kernel.changes import RowMade
from anlan.registers.imports.agreement import differing
from anlan.registers.imports.people import Known, OpenRow
from anlan.registers.imports.rowbook import RowBook, iso


class Restated(IntEnum):
    """What became of a fact. ``NEWER``: the register knows something from a later day, which stands."""

    SAME = 0
    CHANGED = 1
    NEWER = 2


class Rows(Protocol):
    """New rows of a dated fact."""

    @property
    def model(self) -> type[models.Model]:
        """Whose rows they are."""

    def add(self, *values: Any) -> tuple[int, RowMade]:
        """A new row; gives its id and how the record of changes notes it."""


def restate(
    book: RowBook,
    table: Rows,
    known: Known,
    open_row: OpenRow | None,
    stated: Mapping[str, Any],
    blank: Mapping[str, Any],
    on: date,
    *,
    ended: date | None = None,
    reason: str = "",
) -> tuple[OpenRow | None, Restated]:
    """Let what a line states of a person hold from a day on.

    ``blank`` gives all columns with their empty values. No open row: a new one, unless one of a later day
    was ``ended``. An open row from an earlier day is closed on ``on``, for ``reason``, and followed by the
    next; one from the same day is corrected in place; one from a later day stands. Gives the row that is
    open then.
    """
    if open_row is None:
        if not stated:
            return None, Restated.SAME
        if ended is not None and on < ended:
            return None, Restated.NEWER
        return _open(book, table, known, {**blank, **stated}, blank, on), Restated.CHANGED
    new = differing(open_row.facts, stated)
    if not new:
        return open_row, Restated.SAME
    if on < open_row.valid_from:
        return open_row, Restated.NEWER
    record = ("person", known.id)
    if on == open_row.valid_from or open_row.is_new:
        old = {name: open_row.facts[name] for name in new}
        book.update(record, table.model, open_row.id, plain_values(old), plain_values(new))
        open_row.facts.update(new)
        return open_row, Restated.CHANGED
    close_row(book, table.model, known, open_row.id, on, reason)
    facts = {**blank, **open_row.facts, **new}
    return _open(book, table, known, facts, blank, on), Restated.CHANGED


def _open(
    book: RowBook, table: Rows, known: Known, facts: dict[str, Any], blank: Mapping[str, Any], on: date
) -> OpenRow:
    own_id, noted = table.add(known.id, *(plain_value(facts[name]) for name in blank), iso(on), None)
    book.note(("person", known.id), noted)
    return OpenRow(own_id, on, facts, is_new=True)


def close_row(
    book: RowBook, model: type[models.Model], known: Known, own_id: int, on: date, reason: str = ""
) -> None:
    """End a stored row of a person on a day (exclusive); ``reason`` for models that keep one."""
    old: dict[str, Any] = {"valid_to": None}
    new: dict[str, Any] = {"valid_to": iso(on)}
    if reason:
        old["end_reason"], new["end_reason"] = "", reason
    book.update(("person", known.id), model, own_id, old, new)


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as both databases take them."""
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:
    """One value as both databases take it."""
    return iso(value) if isinstance(value, date) else value
