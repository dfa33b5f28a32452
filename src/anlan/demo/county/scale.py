"""How large the made-up county is.

The figures are a county's published ones (68,426 people moved for a reservoir, 67 Party organisations, 1,648
members) and serve for scale only: nothing else about that county is here, and no code outside this part may
use them.
"""

from dataclasses import dataclass
from datetime import date

PERSONS = 68_426
HOUSEHOLDS = 18_800
TOWNSHIPS = 20
VILLAGES = 34
TRADE_BRANCHES = 12
MEMBERS = 1_648
FLOATING_SHARE = 0.28
DEATHS = 520
POINTS = 14

FEWEST_PERSONS = 200
"""Below this a village has no household left to move, marry or bury in."""

AREAS_SINCE = date(1992, 1, 1)
"""The day from which the county's areas are told, before anybody was moved or any branch founded."""
BASE_DAY = date(2010, 1, 1)
"""The day of the first register; everybody had been moved by then (1993 to 2009)."""
LAST_DAY = date(2026, 5, 31)
"""The day of the last thing that happens."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of what. ``base_persons`` and ``base_households`` are those of the first register; the
    others are there on the last day (the village that was merged is not counted), ``deaths`` happen between.
    """

    persons: int
    households: int
    base_persons: int
    base_households: int
    townships: int
    villages: int
    trade_branches: int
    members: int
    floating: int
    deaths: int
    points: int

    @property
    def organizations(self) -> int:
        """One working committee, a committee a township, a branch a village, and the trades' branches."""
        return 1 + self.townships + self.villages + self.trade_branches


def scale_of(persons: int = PERSONS) -> Scale:
    """The county scaled down to ``persons`` living residents, everything else in proportion.

    Small counties keep what makes a county one: three townships, six villages, two trades, three members a
    branch. Fewer than ``FEWEST_PERSONS`` are refused.
    """
    if persons < FEWEST_PERSONS:
        raise ValueError(f"a county needs at least {FEWEST_PERSONS} persons")
    share = persons / PERSONS
    townships = max(3, min(TOWNSHIPS, round(TOWNSHIPS * share)))
    villages = max(6, min(VILLAGES, round(VILLAGES * share)))
    trades = max(2, min(TRADE_BRANCHES, round(TRADE_BRANCHES * share)))
    members = max(3 * (villages + trades), round(MEMBERS * share))
    households = round(HOUSEHOLDS * share)
    return Scale(
        persons=persons,
        households=households,
        base_persons=round(persons * 0.885),
        base_households=round(households * 0.93),
        townships=townships,
        villages=villages,
        trade_branches=trades,
        members=members,
        floating=round(members * FLOATING_SHARE),
        deaths=max(4, round(DEATHS * share)),
        points=max(2, min(villages, round(POINTS * share))),
    )


def share_of(count: int, scale: Scale) -> int:
    """What ``count`` things of the full county are in this one; at least two."""
    return max(2, round(count * scale.persons / PERSONS))
