"""Support programmes: those the program comes with, and which one somebody falls under.

The shipped ones are facts of national texts, loaded into the table as rows. Nothing else reads them; what is
paid stands in the table, where a county adds the programmes that follow.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar


class ShippedProgramme(NamedTuple):
    """A programme with one yearly amount per person, from a day (inclusive) to another (exclusive)."""

    code: str
    name: str
    document: str
    yuan_per_year: Decimal
    begins: date
    ends: date | None


SHIPPED = (
    ShippedProgramme(
        code="hf2006",
        name="大中型水库移民后期扶持",
        document="国发〔2006〕17号",
        yuan_per_year=Decimal(600),
        begins=date(2006, 7, 1),
        ends=date(2026, 7, 1),
    ),
)
"""For those moved by 2006-06-30: twenty years, over on 2026-06-30. No follow-up programme was known."""


class Term(Protocol):
    """A programme's days: from ``begins`` to ``ends`` (exclusive, None for open)."""

    @property
    def begins(self) -> date:
        """The first day."""

    @property
    def ends(self) -> date | None:
        """The day after the last."""


T = TypeVar("T", bound=Term)


def programme_that_holds(programmes: Iterable[T], moved_on: date | None, day: date) -> T | None:
    """The latest of the programmes that had begun on the day the facts hold, None when there is none.

    Whoever moved before a programme began belongs to its first group (国发〔2006〕17号), so the day of moving
    rules out only programmes that ended before it.
    """
    fitting = [
        one
        for one in programmes
        if one.begins <= day and (moved_on is None or one.ends is None or moved_on < one.ends)
    ]
    return max(fitting, key=lambda one: one.begins, default=None)
