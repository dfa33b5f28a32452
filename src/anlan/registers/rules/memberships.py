"""Membership of the Party: stages and their order, days, how a membership ends.

Authority: 发展党员工作细则 (2014) and the Party's constitution: eighteen years of age at joining; the day of
joining is that of the branch meeting; a full member from the end of probation.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem


class Stage(StrEnum):
    """The stages, in their order."""

    APPLICANT = "applicant"
    ACTIVIST = "activist"
    CANDIDATE = "candidate"
    PROBATIONARY = "probationary"
    FULL = "full"


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.APPLICANT: frozenset({Stage.ACTIVIST}),
    Stage.ACTIVIST: frozenset({Stage.CANDIDATE, Stage.APPLICANT}),
    Stage.CANDIDATE: frozenset({Stage.PROBATIONARY, Stage.ACTIVIST}),
    Stage.PROBATIONARY: frozenset({Stage.FULL}),
    Stage.FULL: frozenset(),
}
"""To which stages each may go on. Back only before joining; a probation that fails ends the membership."""
MEMBERS = frozenset({Stage.PROBATIONARY, Stage.FULL})
"""Stages of those who have joined."""
END_REASONS = ("dead", "expelled", "removed", "transferred", "withdrawn", "cancelled")
"""How a membership ends: codes of the standing list, and for those before joining: withdrawn; probation or
candidacy cancelled."""
STANDINGS_IN_FORCE = ("normal", "kept", "restored", "suspended", "lost")


class MembershipFacts(NamedTuple):
    """What is stated about a membership."""

    stage: str
    standing: str = "normal"
    joined: PartialDate | None = None
    full_member: PartialDate | None = None


def membership_problems(
    facts: MembershipFacts, *, birth: PartialDate | None, today: date, min_age: int
) -> list[Problem]:
    """What is wrong with the facts of one membership. Only what is certain is refused: a month may hold any
    of its days.
    """
    problems = []
    if facts.stage not in Stage.__members__.values():
        problems.append(Problem("membership.stage_unknown", "stage"))
    for field, day in (("joined", facts.joined), ("full_member", facts.full_member)):
        if day is not None and day.date > today:
            problems.append(Problem("date.future", field, {"day": str(day)}))
    if facts.joined is not None and birth is not None and years_old(birth, facts.joined) < min_age:
        problems.append(Problem("membership.too_young", "joined", {"age": min_age}))
    return problems + _order_problems(facts)


def _order_problems(facts: MembershipFacts) -> list[Problem]:
    if facts.joined is None or facts.full_member is None or facts.full_member.last >= facts.joined.date:
        return []
    return [Problem("membership.full_before_joined", "full_member", {"day": str(facts.joined)})]


def years_old(birth: PartialDate, day: PartialDate) -> int:
    """The greatest age in full years somebody can have had on a day."""
    born, last = birth.date, day.last
    return last.year - born.year - ((last.month, last.day) < (born.month, born.day))


def stage_problems(before: str, after: str, *, has_joined: bool) -> list[Problem]:
    """Whether somebody may go on to a stage; ``has_joined``: a day of joining is known or given."""
    if before not in MOVES or after not in MOVES[Stage(before)]:
        return [Problem("membership.stage_move", "stage")]
    if after in MEMBERS and not has_joined:
        return [Problem("value.required", "joined")]
    return []


def end_problems(stage: str, reason: str) -> list[Problem]:
    """Whether a membership may end for a reason: 除名 and 开除 are for those who have joined."""
    if reason not in END_REASONS:
        return [Problem("membership.end_reason", "reason")]
    joined_only = ("expelled", "removed")
    if reason in joined_only and stage not in MEMBERS:
        return [Problem("membership.end_reason", "reason")]
    return []


def floating_problems(stage: str, since: PartialDate | None, *, today: date) -> list[Problem]:
    """Whether somebody may be registered as floating: a member, away since a day that has been."""
    problems = [] if stage in MEMBERS else [Problem("floating.not_member", "person")]
    if since is not None and since.date > today:
        problems.append(Problem("date.future", "since", {"day": str(since)}))
    return problems
