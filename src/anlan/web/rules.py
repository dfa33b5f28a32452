"""Rules of what the doors keep: reasons and filters hold no numbers of persons, views have names."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from anlan.kernel.actors import Grant
from anlan.kernel.paths import Range
from anlan.kernel.problems import Problem

LONGEST_REASON = 100
LONGEST_NAME = 30
LEFT_OUT = frozenset({"page", "on", "view", "reason"})
"""What a view does not keep of an address: the page, the day (a view shows today), and what is no filter."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{7,}[xX]?(?![0-9A-Za-z])")


def without_numbers(text: str) -> str:
    """A text whose numbers of seven and more digits (id numbers, phones, accounts) show their last four."""
    return _NUMBER.sub(lambda hit: f"{'*' * (len(hit[0]) - 4)}{hit[0][-4:]}", text)


def kept_query(query: str) -> str:
    """The query of an address as a view keeps it: only what narrows and orders, in one order."""
    pairs = [(name, value) for name, value in parse_qsl(query) if name not in LEFT_OUT and value.strip()]
    return urlencode(sorted(pairs))


def office_of(grants: Iterable[Grant]) -> Range | None:
    """The office a person shares with: the range of the widest role, None without a role."""
    ranges = (grant.range for grant in grants)
    return min(ranges, key=lambda one: (one.path.count("."), one.tree, one.path), default=None)


def view_problems(name: str, query: str) -> list[Problem]:
    """What is wrong with a view to be saved."""
    problems = []
    if not name:
        problems.append(Problem("value.required", "name"))
    elif len(name) > LONGEST_NAME:
        problems.append(Problem("view.name_long", "name", {"most": LONGEST_NAME}))
    asked: Mapping[str, str] = dict(parse_qsl(query))
    if without_numbers(asked.get("q", "")) != asked.get("q", ""):
        problems.append(Problem("view.holds_number", "name"))
    return problems
