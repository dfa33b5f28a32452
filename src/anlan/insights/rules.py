"""What makes statistics right: sums that hold, and groups too small to be shown.

Authority: the balance of a live report (total = male + female = Han + minority = full + probationary = sum of
ages = sum of education), rules.md 5.3; small groups as in product.md, principle 4.
"""

from calendar import monthrange
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from anlan.kernel.problems import Problem

Key = TypeVar("Key", bound=Hashable)
FEWEST_HIDDEN = 2
"""A single hidden cell could be computed from the others and their sum."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether the parts of a break-down make up the whole, which was counted on its own."""

    total: int
    parts: int

    @property
    def difference(self) -> int:
        """How many more (or, negative, fewer) the parts count than the whole."""
        return self.parts - self.total

    @property
    def holds(self) -> bool:
        """Whether there is no difference."""
        return self.difference == 0


def reading_day(year: int, today: date) -> date | Problem:
    """The day as of which a year's report reads: its last day, or today while the year is running.

    Refused: a year that has not begun (``report.year_future``), or before the People's Republic's first
    (``report.year_unknown``), which is a slip of the pen.
    """
    if year > today.year:
        return Problem("report.year_future", "year", {"year": year})
    if year < 1949:
        return Problem("report.year_unknown", "year", {"year": year})
    return min(date(year, 12, 31), today)


def share(part: int, whole: int) -> float:
    """The part in percent of the whole; 0 where there is nobody."""
    return 100 * part / whole if whole else 0.0


def hidden_groups(counts: Mapping[Key, int], minimum: int, *, total_shown: bool = True) -> frozenset[Key]:
    """Which groups of a whole must not be shown to somebody who may not see persons.

    Groups of 1 to ``minimum`` - 1. Where the whole is shown too, further groups, smallest first, until at
    least two are hidden and together make ``minimum``: else the difference would tell. Empty ones are shown.
    """
    hidden = {key for key, count in counts.items() if 0 < count < minimum}
    if not hidden or not total_shown:
        return frozenset(hidden)
    others = sorted((key for key, count in counts.items() if count >= minimum), key=lambda key: counts[key])
    while others and not _safe([counts[key] for key in hidden], minimum):
        hidden.add(others.pop(0))
    return frozenset(hidden)


def _safe(hidden: Sequence[int], minimum: int) -> bool:
    return not hidden or (len(hidden) >= FEWEST_HIDDEN and sum(hidden) >= minimum)


def day_before(day: date, since: str) -> date | None:
    """The same day a ``year`` or a ``month`` earlier, the month's last where there is none; else None."""
    if since == "year":
        return _in_month(day.year - 1, day.month, day.day)
    if since == "month":
        last = day.replace(day=1) - timedelta(days=1)
        return _in_month(last.year, last.month, day.day)
    return None


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
