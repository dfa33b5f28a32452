"""How the members of an organisation or area are made up: a few counts that lead to the list behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from anlan.registers.dimensions.dimension import Dimension
from anlan.registers.dimensions.members import (
    AGE_OF_MEMBER,
    EDUCATION_OF_MEMBER,
    FLOATING,
    MINORITY_OF_MEMBER,
    SEX_OF_MEMBER,
    STAGE,
)
from anlan.registers.models import Membership

ASKED: tuple[tuple[Dimension, str], ...] = (
    (STAGE, "probationary"),
    (SEX_OF_MEMBER, "2"),
    (MINORITY_OF_MEMBER, "minority"),
    (AGE_OF_MEMBER, "to_30"),
    (AGE_OF_MEMBER, "from_61"),
    (EDUCATION_OF_MEMBER, "college_up"),
    (FLOATING, "yes"),
)
"""The facts people ask first of a branch's members: dimension and value, as the members' list takes them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One count of members; ``code`` and ``value`` are the filter of the members' list with the same rows."""

    label: str
    code: str
    value: str
    count: int


def member_structure(members: QuerySet[Membership], on: date) -> tuple[int, Sequence[Part]]:
    """(all members, their make-up) of a set of memberships on the day."""
    counts = {
        f"part{at}": Count("pk", filter=dimension.condition(value, on))
        for at, (dimension, value) in enumerate(ASKED)
    }
    found = members.alias(**FLOATING.relations(on)).aggregate(whole=Count("pk"), **counts)
    parts = [
        Part(_label(dimension, value, on), dimension.code, value, found[f"part{at}"])
        for at, (dimension, value) in enumerate(ASKED)
    ]
    return found["whole"], parts


def _label(dimension: Dimension, value: str, on: date) -> str:
    return next((str(option.label) for option in dimension.choices(on) if option.value == value), value)
