"""Who of the resettled is supported, and by which programme."""

from dataclasses import dataclass
from datetime import date

from anlan.demo.county.facts import Household, Resident

FROZEN_ON = date(2006, 6, 30)
"""Whoever had been moved by this day was counted once; those born later were not added (国发〔2006〕17号)."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A support programme: what it pays a person and year, from when (inclusive) to when (exclusive)."""

    code: str
    name: str
    document: str
    yuan_per_year: int
    begins: date
    ends: date


FOLLOW_UP = Programme(
    code="hf2006",
    name="大中型水库移民后期扶持",
    document="国发〔2006〕17号",
    yuan_per_year=600,
    begins=date(2006, 7, 1),
    ends=date(2026, 7, 1),
)
"""The nation's programme for all moved by the middle of 2006; its twenty years are over."""


def is_verified(resident: Resident, household: Household) -> bool:
    """Whether somebody was counted (核定) when the household they were moved with was."""
    counted = max(FROZEN_ON, household.moved_on)
    return resident.born <= counted
