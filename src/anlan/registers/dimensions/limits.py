"""Limits that the dimensions ask for: dated parameters, with the text they come from."""

from datetime import date


def election_warning_months(day: date) -> int:
    """How many months before the end of a term an election counts as due soon (rules.md 2: six)."""
    return 6
