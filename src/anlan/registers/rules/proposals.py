"""Which organisations could be set up where none covers a unit, and which have outgrown their kind.

Authority: 中国共产党支部工作条例（试行）(2018): three full members make a branch, fewer join with units
nearby, normally not more than five; normally no more than 50 members in a branch, no more than 100 in a
general branch; a project that lasts half a year has a branch. The county's report, part 四(一): branches
merged along a trade (产业支部合建). Every number is a parameter, every proposal says why, and nobody is held
to any.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

ProposalKind = Literal[
    "branch", "temporary", "trade", "joint", "attach", "count", "grow_general", "grow_committee"
]
PROJECT = "project"


class Limits(NamedTuple):
    """The thresholds in force: see the parameters of the same names."""

    branch_members: int
    joint_units: int
    branch_most: int
    general_most: int
    project_months: int


class UnitCase(NamedTuple):
    """A unit nobody covers. ``full_members`` None: not stated; ``estimated``: all members stand for them.

    ``township`` and ``village`` are ids of areas, 0 where it lies in none; ``neighbour`` is the organisation
    that has its place in the unit's village, 0 where there is none.
    """

    key: int
    kind: str
    trade: str
    township: int
    village: int
    full_members: int | None
    estimated: bool = False
    work_starts_on: date | None = None
    work_ends_on: date | None = None
    neighbour: int = 0


class OrganizationCase(NamedTuple):
    """An organisation with all members in it and below it."""

    key: int
    kind: str
    members: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code with its numbers; the sentence stands in the labels."""

    code: str
    params: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: what, for which units or which organisation, in which set-up mode, and why.

    ``organization`` is the one to extend (``attach``) or to change (``grow_…``).
    """

    kind: ProposalKind
    units: tuple[int, ...] = ()
    organization: int = 0
    setup_mode: str = ""
    members: int = 0
    reasons: tuple[Reason, ...] = ()


def propose(
    units: Sequence[UnitCase], organizations: Sequence[OrganizationCase], limits: Limits
) -> list[Proposal]:
    """All proposals: branches of their own, merged along a trade, joint ones, what is left, what has grown.

    A unit stands in one proposal at most.
    """
    found: list[Proposal] = []
    few: list[UnitCase] = []
    for unit in units:
        own = _own(unit, limits)
        if own is not None:
            found.append(own)
        elif unit.full_members:
            few.append(unit)
        else:
            found.append(_without_members(unit))
    merged, left = _merged(few, limits)
    joint, alone = _joint(left, limits)
    found += merged + joint + [_attached(unit, "reason.too_few_around", limits) for unit in alone]
    return found + [one for case in organizations if (one := _grown(case, limits)) is not None]


def lasts(starts: date | None, ends: date | None, months: int) -> bool | None:
    """Whether work lasts at least so many months; None where a day is not known."""
    if starts is None or ends is None:
        return None
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    reached = (ends.year, ends.month) > (year, month + 1)
    return reached or ((ends.year, ends.month) == (year, month + 1) and ends.day >= starts.day)


def _own(unit: UnitCase, limits: Limits) -> Proposal | None:
    """A branch of its own for three full members; a temporary one for a project that is soon over."""
    members = unit.full_members or 0
    if members < limits.branch_members:
        return None
    reasons = [_counted(unit, members), _reason("reason.branch_members", least=limits.branch_members)]
    kind: ProposalKind = "branch"
    if unit.kind == PROJECT:
        long = lasts(unit.work_starts_on, unit.work_ends_on, limits.project_months)
        code = {True: "reason.project_long", False: "reason.project_short", None: "reason.project_unknown"}
        reasons.append(_reason(code[long], months=limits.project_months))
        kind = "temporary" if long is False else "branch"
    return Proposal(kind, (unit.key,), 0, "standalone", members, tuple(reasons))


def _without_members(unit: UnitCase) -> Proposal:
    if unit.full_members is None:
        return Proposal("count", (unit.key,), reasons=(_reason("reason.not_counted"),))
    reasons = [_reason("reason.no_members")]
    if unit.neighbour:
        reasons.append(_reason("reason.neighbour"))
    return Proposal("attach", (unit.key,), unit.neighbour, "joint", 0, tuple(reasons))


def _merged(units: Iterable[UnitCase], limits: Limits) -> tuple[list[Proposal], list[UnitCase]]:
    """Units of one trade in one township, where together they have enough: a branch along the trade."""
    by_trade: dict[tuple[int, str], list[UnitCase]] = defaultdict(list)
    left = []
    for unit in units:
        if unit.trade and unit.kind != PROJECT:
            by_trade[unit.township, unit.trade].append(unit)
        else:
            left.append(unit)
    found = []
    for (_township, trade), same in by_trade.items():
        groups, rest = _groups(same, limits) if len(same) > 1 else ([], same)
        found += [
            _together("trade", group, limits, _reason("reason.same_trade", trade=trade)) for group in groups
        ]
        left += rest
    return found, left


def _joint(units: Iterable[UnitCase], limits: Limits) -> tuple[list[Proposal], list[UnitCase]]:
    """Units of one township, those of one village beside each other, joined until there are enough."""
    found, left = [], []
    ordered = sorted(units, key=lambda unit: (unit.township, unit.village, unit.key))
    for _township, near in groupby(ordered, key=lambda unit: unit.township):
        groups, rest = _groups(list(near), limits)
        found += [_together("joint", group, limits, _reason("reason.nearby")) for group in groups]
        left += rest
    return found, left


def _groups(units: Sequence[UnitCase], limits: Limits) -> tuple[list[list[UnitCase]], list[UnitCase]]:
    """Units in order cut into groups with enough full members, none of more units than allowed."""
    groups, group = [], list[UnitCase]()
    left: list[UnitCase] = []
    for unit in units:
        group.append(unit)
        if _members(group) >= limits.branch_members:
            groups.append(group)
            group = []
        elif len(group) == limits.joint_units:
            left.append(group.pop(0))
    left += group
    still = []
    for unit in left:
        room = next((one for one in groups if len(one) < limits.joint_units), None)
        if room is None:
            still.append(unit)
        else:
            room.append(unit)
    return groups, still


def _together(kind: ProposalKind, group: Sequence[UnitCase], limits: Limits, why: Reason) -> Proposal:
    reasons = (
        _reason("reason.each_too_few", least=limits.branch_members),
        why,
        _reason("reason.together", units=len(group), members=_members(group), most=limits.joint_units),
    )
    return Proposal(kind, tuple(unit.key for unit in group), 0, kind, _members(group), reasons)


def _attached(unit: UnitCase, code: str, limits: Limits) -> Proposal:
    members = unit.full_members or 0
    reasons = [_counted(unit, members), _reason(code, least=limits.branch_members)]
    if unit.neighbour:
        reasons.append(_reason("reason.neighbour"))
    return Proposal("attach", (unit.key,), unit.neighbour, "joint", members, tuple(reasons))


def _grown(case: OrganizationCase, limits: Limits) -> Proposal | None:
    if case.kind in ("branch", "general_branch") and case.members > limits.general_most:
        kind: ProposalKind = "grow_committee"
        why = _reason("reason.above_general", members=case.members, most=limits.general_most)
    elif case.kind == "branch" and case.members > limits.branch_most:
        kind, why = (
            "grow_general",
            _reason("reason.above_branch", members=case.members, most=limits.branch_most),
        )
    else:
        return None
    return Proposal(kind, (), case.key, "", case.members, (why,))


def _counted(unit: UnitCase, members: int) -> Reason:
    return _reason("reason.estimated" if unit.estimated else "reason.counted", members=members)


def _members(units: Iterable[UnitCase]) -> int:
    return sum(unit.full_members or 0 for unit in units)


def _reason(code: str, **params: object) -> Reason:
    return Reason(code, tuple(params.items()))
