"""Turning a membership: the next row in another organisation or stage."""

from datetime import date
from typing import Any

from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import turn
from anlan.registers.models import Membership


def require_open(membership: Membership) -> None:
    """Refuse a membership that ended."""
    if membership.valid_to is not None:
        raise Refused(Problem("membership.ended", "membership"))


def follow(change: Change, membership: Membership, on: date, reason: str, **facts: Any) -> Membership:
    """Close a membership on a day and open the next with other facts; the closed one says why."""
    after = turn(change, membership, on, **facts)
    if after.pk != membership.pk:
        change.begin(membership)
        membership.end_reason = reason
        change.save(membership)
    return after
