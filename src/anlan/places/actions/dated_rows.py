"""Rows that hold from one day (inclusive) to another (exclusive): closing one, opening the next.

Shared by the actions of places and of the parts above: the same rule for every dated fact.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar, cast

from django.db import models

from anlan.kernel import permissions
from anlan.kernel.changes import Change
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.places.rules import day_problems

M = TypeVar("M", bound=models.Model)
_NOT_CARRIED = ("uid", "valid_from", "valid_to", "end_reason")


class _Dated(Protocol):
    pk: int
    valid_from: date
    valid_to: date | None


def locked(row: M) -> M:
    """The row as it is stored now, locked until the transaction ends: what a page showed may be old."""
    manager = type(row)._base_manager
    found = manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotFound(f"{row._meta.label} {row.pk}")
    return found


def refuse(problems: Iterable[Problem]) -> None:
    """Stop the action when anything is refused; warnings are for the door to show."""
    refused = [problem for problem in problems if problem.level == "refused"]
    if refused:
        raise Refused(*refused)


def require_day(change: Change, on: date, since: date | None = None, field: str = "on") -> None:
    """Refuse a day to come, or one before ``since``."""
    refuse(day_problems(on, today=change.today, since=since, field=field))


def require_reach(change: Change, code: str, *rows: models.Model | None) -> None:
    """Refuse rows outside the actor's range as if they did not exist: those the runner does not ask about."""
    for row in rows:
        if row is not None and not permissions.holds(change.actor, code, row):
            raise NotFound(f"{row._meta.label} {row.pk}")


def turn(change: Change, row: M, on: date, *, anyway: bool = False, **facts: Any) -> M:
    """Let other facts hold from ``on``: the open row is closed there and followed by the next.

    A row that began on the same day is corrected in place. Refused with ``date.before_current`` when the row
    began later. Facts are given by attribute name (``area_id``); gives the row that is open now. Where none
    differs nothing is written, unless ``anyway``.
    """
    dated = cast(_Dated, row)
    refuse(day_problems(on, today=date.max, since=dated.valid_from))
    if not anyway and all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if dated.valid_from == on:
        change.begin(row)
        _set(row, facts)
        change.save(row)
        return row
    carried = {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in _NOT_CARRIED
    }
    close(change, row, on)
    following = type(row)(**{**carried, **facts, "valid_from": on})
    change.create(following)
    return following


def close(change: Change, row: models.Model, on: date, **facts: Any) -> None:
    """End a row on a day (exclusive), with further facts such as ``end_reason``.

    When ``on`` lies before the row began, it ends where it began: it then holds on no day, and what was
    believed stays readable.
    """
    dated = cast(_Dated, row)
    change.begin(row)
    _set(row, {**facts, "valid_to": max(on, dated.valid_from)})
    change.save(row)


def _set(row: models.Model, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
