"""Households: one head, relations to the head, who may join and leave."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from anlan.kernel.codes import HEADS
from anlan.kernel.problems import Problem


class LeaveReason(StrEnum):
    """Why somebody's place in a household ended."""

    DEATH = "death"
    MARRIAGE = "marriage"
    MOVE = "move"
    SPLIT = "split"
    HEAD = "head"


def is_head(relation: str) -> bool:
    """Whether a relation says that somebody is the head (户主; 本人 in sheets that write it for the head)."""
    return relation in HEADS


def member_problems(relations: Sequence[str]) -> list[Problem]:
    """Whether the members of a new household, by their relations, have exactly one head."""
    if not relations:
        return [Problem("household.no_members", "members")]
    heads = sum(is_head(relation) for relation in relations)
    if heads == 0:
        return [Problem("household.no_head", "members")]
    return [Problem("household.two_heads", "members")] if heads > 1 else []


def join_problems(relation: str, *, has_head: bool, same_household: bool) -> list[Problem]:
    """Whether somebody may come into a household with a relation to its head."""
    if same_household:
        return [Problem("household.same", "household")]
    if not relation:
        return [Problem("value.required", "relation")]
    if is_head(relation) and has_head:
        return [Problem("household.two_heads", "relation")]
    return []


def living_problems(died_on: date | None, name: str, field: str = "person") -> list[Problem]:
    """Whether somebody is dead already."""
    return [] if died_on is None else [Problem("person.dead", field, {"name": name})]


def heir_problems(*, leaves: bool, is_new_head: bool, belongs: bool) -> list[Problem]:
    """Whether somebody may become the head: a member of the household who stays and is not the head yet."""
    if is_new_head or leaves:
        return [Problem("household.head_same", "new_head")]
    return [] if belongs else [Problem("household.not_member", "new_head")]
