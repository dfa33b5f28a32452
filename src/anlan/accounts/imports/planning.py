"""Accounts planned from lines: every line checked, nothing written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from anlan.accounts.actions.role_grant import grant_problems
from anlan.accounts.imports.places import FoundPlace, Places
from anlan.accounts.imports.reading import COLUMNS, Line
from anlan.accounts.labels import ROLE_NAMES, TIER_NAMES
from anlan.accounts.models import User
from anlan.accounts.roles import Role, Tier
from anlan.accounts.rules import username_problems
from anlan.kernel.actors import Actor
from anlan.kernel.names import pinyin_of, tidy_name
from anlan.kernel.partial_dates import DAY, parse
from anlan.kernel.problems import Problem, sentence

T = TypeVar("T")
_LONGEST_STEM = 36
_TIER_OF_ROLE = {Role.COUNTY_OFFICER: Tier.COUNTY, Role.TOWNSHIP_OFFICER: Tier.TOWNSHIP}


@dataclass(slots=True)
class PlannedAccount:
    """One line and what would come of it; with a problem of level refused nothing does."""

    line: Line
    name: str
    unit: str
    username: str = ""
    role: Role | None = None
    place: FoundPlace | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The row in the sheet."""
        return self.line.row

    @property
    def refused(self) -> bool:
        """Whether the line stands in the way of all."""
        return any(problem.level == "refused" for problem in self.problems)


def plan_accounts(lines: Sequence[Line], actor: Actor, today: date) -> list[PlannedAccount]:
    """What the lines would open, in their order. A fixed number of queries."""
    places = Places(actor)
    planned = [_plan(line, places, actor, today) for line in lines]
    users = list(User.objects.values_list("username", "display_name", "unit"))
    _name_users(planned, {username.lower() for username, _who, _where in users})
    _find_twins(planned)
    _warn_of_namesakes(planned, users)
    return planned


def _plan(line: Line, places: Places, actor: Actor, today: date) -> PlannedAccount:
    name = tidy_name(line.text("name"))
    planned = PlannedAccount(line, name, line.text("unit"))
    if not name:
        planned.problems.append(Problem("value.required", "name"))
    planned.role = _role(planned)
    planned.place = _place(planned, places)
    planned.valid_from = _day(planned, "first_day") or today
    last = _day(planned, "last_day")
    planned.valid_to = last + timedelta(days=1) if last else None
    _check_together(planned, actor)
    return planned


def _role(planned: PlannedAccount) -> Role | None:
    text = planned.line.text("role")
    if not text:
        planned.problems.append(Problem("value.required", "role"))
        return None
    found = _by_word(text, ROLE_NAMES)
    if found is None:
        known = "、".join(str(name) for name in ROLE_NAMES.values())
        planned.problems.append(Problem("account_sheet.role", "role", {"value": text, "known": known}))
    return found


def _by_word(text: str, names: Mapping[T, object]) -> T | None:
    """What a word means, in Chinese, in the language in force, or as a code."""
    with override("zh-hans"):
        chinese = {str(name): one for one, name in names.items()}
    here = {str(name): one for one, name in names.items()}
    codes = {str(one): one for one in names}
    return chinese.get(text) or here.get(text) or codes.get(text)


def _place(planned: PlannedAccount, places: Places) -> FoundPlace | None:
    text = planned.line.text("place")
    if not text:
        planned.problems.append(Problem("value.required", "place"))
        return None
    found = places.find(text, planned.role or "")
    if isinstance(found, Problem):
        planned.problems.append(found)
        return None
    return found


def _day(planned: PlannedAccount, column: str) -> date | None:
    text = planned.line.text(column)
    if not text:
        return None
    found = parse(text)
    if found is None or found.precision != DAY:
        planned.problems.append(Problem("account_sheet.day", column, {"value": text}))
        return None
    return found.date


def _check_together(planned: PlannedAccount, actor: Actor) -> None:
    """What can only be said of role, tier, place and days together."""
    role, place, stated = planned.role, planned.place, planned.line.text("tier")
    tier = _by_word(stated, TIER_NAMES) if stated else None
    if stated and tier is None:
        planned.problems.append(Problem("account_sheet.tier", "tier", {"value": stated}))
    if role is None or place is None or planned.valid_from is None:
        return
    found = str(TIER_NAMES[place.tier])
    if tier is not None and tier != place.tier:
        told = {"stated": str(TIER_NAMES[tier]), "place": place.name, "found": found}
        planned.problems.append(Problem("account_sheet.tier_differs", "tier", told))
    wanted = _TIER_OF_ROLE.get(role)
    if wanted is not None and wanted != place.tier:
        told = {
            "role": str(ROLE_NAMES[role]),
            "tier": str(TIER_NAMES[wanted]),
            "place": place.name,
            "found": found,
        }
        planned.problems.append(Problem("account_sheet.role_place", "place", told))
    planned.problems += grant_problems(
        actor, role, place.tier, place.tree, place.path, planned.valid_from, planned.valid_to
    )


def _name_users(planned: Iterable[PlannedAccount], taken: set[str]) -> None:
    """Give every line its user name: those written first, then pinyin, with a number where it is taken."""
    written: dict[str, list[PlannedAccount]] = {}
    for one in planned:
        one.username = one.line.text("username")
        if one.username:
            one.problems += username_problems(one.username)
            written.setdefault(one.username.lower(), []).append(one)
            if one.username.lower() in taken:
                told = {"username": one.username}
                one.problems.append(Problem("account.username_taken", "username", told))
    for same in written.values():
        _tell_rows(same, "account_sheet.username_twice", "username", {"username": same[0].username})
    used = taken | set(written)
    for one in planned:
        if not one.username and one.name:
            one.username = _free(one.name, used)
            used.add(one.username)
            if not one.username:
                one.problems.append(Problem("account_sheet.username", "username"))


def _free(name: str, used: set[str]) -> str:
    """The pinyin of a name, with the first number from 2 on that makes it nobody else's; "" without any."""
    stem = pinyin_of(name)[0][:_LONGEST_STEM]
    if username_problems(stem):
        return ""
    number = 2
    found = stem
    while found in used:
        found = f"{stem}{number}"
        number += 1
    return found


def _find_twins(planned: Iterable[PlannedAccount]) -> None:
    alike: dict[tuple[str, str, str], list[PlannedAccount]] = {}
    for one in planned:
        if one.name and one.role is not None and one.place is not None and not one.line.text("username"):
            alike.setdefault((one.name, one.role, one.place.path), []).append(one)
    for same in alike.values():
        _tell_rows(same, "account_sheet.twice", "name", {})


def _tell_rows(same: Sequence[PlannedAccount], code: str, column: str, told: dict[str, object]) -> None:
    """Tell each of several lines the rows of the others."""
    if len(same) < 2:
        return
    for one in same:
        rows = "、".join(str(other.row) for other in same if other is not one)
        one.problems.append(Problem(code, column, {**told, "rows": rows}))


def _warn_of_namesakes(planned: Iterable[PlannedAccount], users: Iterable[tuple[str, str, str]]) -> None:
    known: dict[str, tuple[str, str]] = {}
    for username, name, unit in users:
        known.setdefault(name, (username, unit))
    for one in planned:
        if one.name in known:
            username, unit = known[one.name]
            told = {"username": username, "unit": unit or "—"}
            one.problems.append(Problem("account_sheet.namesake", "name", told, "warning"))


def named(planned: Sequence[PlannedAccount]) -> list[Line]:
    """The lines with the user names settled, so that the same lines never open a second set of accounts."""
    return [replace(one.line, cells={**one.line.cells, "username": one.username}) for one in planned]


def sentence_of(problem: Problem) -> str:
    """A problem in words, with its column where the sentence does not name it."""
    if problem.code != "value.required":
        return sentence(problem)
    column = COLUMNS[problem.field][0]
    return _("%(column)s：%(sentence)s") % {"column": column, "sentence": sentence(problem)}
