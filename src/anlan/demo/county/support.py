"""Who of the resettled was counted when support began."""

from datetime import date

from anlan.demo.county.facts import Household, Resident

FROZEN_ON = date(2006, 6, 30)
"""Whoever had been moved by this day was counted once; those born later were not added (国发〔2006〕17号)."""


def is_verified(resident: Resident, household: Household) -> bool:
    """Whether somebody was counted (核定) when the household they were moved with was."""
    return resident.born <= max(FROZEN_ON, household.moved_on)
