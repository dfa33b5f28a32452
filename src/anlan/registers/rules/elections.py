"""Terms of committees and when the next election is due.

Authority: 关于党的基层组织任期的意见 (2018) and the branch work rules: committees five years; committees and
branches of villages and communities five; other branches three. The years are parameters.
"""

from datetime import date

from anlan.kernel.partial_dates import DAY, PartialDate, Precision
from anlan.kernel.problems import Problem
from anlan.places.rules import AreaKind

TERM_VILLAGE = "registers.term_years_village"
TERM_COMMITTEE = "registers.term_years_committee"
TERM_BRANCH = "registers.term_years_branch"
_IN_VILLAGES = frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.GROUP, AreaKind.POINT})
_COMMITTEES = frozenset({"committee", "working_committee"})
_BRANCHES = frozenset({"branch", "general_branch"})


def term_parameter(kind: str, area_kind: str) -> str:
    """The parameter that holds the years of a term; "" for what is not elected for a term (groups)."""
    if kind not in _COMMITTEES | _BRANCHES:
        return ""
    if area_kind in _IN_VILLAGES:
        return TERM_VILLAGE
    return TERM_COMMITTEE if kind in _COMMITTEES else TERM_BRANCH


def due_on(elected_on: date, years: int, precision: str = DAY) -> date:
    """The day on which a term of ``years`` ends that began with an election.

    An election known to the month or year counts from the last day it can have been on, so that nobody is
    called overdue who may not be.
    """
    kept: Precision = "month" if precision == "month" else "year" if precision == "year" else DAY
    last = PartialDate(elected_on, kept).last
    try:
        return last.replace(year=last.year + years)
    except ValueError:
        return date(last.year + years, 2, 28)


def election_problems(
    *, elected_on: PartialDate | None, founded_on: PartialDate | None, due: date | None, today: date
) -> list[Problem]:
    """Whether the days of founding, last election and next election can be."""
    problems = []
    for field, day in (("founded_on", founded_on), ("elected_on", elected_on)):
        if day is not None and day.date > today:
            problems.append(Problem("date.future", field, {"day": str(day)}))
    if elected_on is not None and founded_on is not None and elected_on.last < founded_on.date:
        problems.append(Problem("election.before_founding", "elected_on", {"day": str(founded_on)}))
    if due is not None and elected_on is not None and due <= elected_on.date:
        problems.append(Problem("election.due_before", "election_due_on", {"day": str(elected_on)}))
    return problems
