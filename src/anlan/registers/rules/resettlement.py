"""Support of resettled persons: what may follow what, for which reason, from which day.

Authority: 国发〔2006〕17号 and the counties' rules on changes (死亡、招录、农转非 from the next payment
period; in prison suspended, restored on release, missed payments not paid later, the term not extended).
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from anlan.kernel.problems import Problem


class SupportState(StrEnum):
    """Where somebody stands with their support."""

    NONE = "none"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


class SupportMove(StrEnum):
    """What can be done about it."""

    GRANT = "grant"
    SWITCH = "switch"
    SUSPEND = "suspend"
    RESTORE = "restore"
    STOP = "stop"


SUPPORT_MOVES: dict[SupportState, frozenset[SupportMove]] = {
    SupportState.NONE: frozenset({SupportMove.GRANT}),
    SupportState.ACTIVE: frozenset({SupportMove.SWITCH, SupportMove.SUSPEND, SupportMove.STOP}),
    SupportState.SUSPENDED: frozenset({SupportMove.RESTORE, SupportMove.STOP}),
    SupportState.STOPPED: frozenset({SupportMove.RESTORE}),
}
NEEDS_REASON = frozenset({SupportMove.SUSPEND, SupportMove.STOP})
SUPPORT_MODES = ("cash", "project", "both")
REASONS = ("death", "hired", "officer", "non_rural", "married_out", "prison", "released", "other", "support")
"""Reasons a change is kept under (``end_reason`` of the row it ends); ``support`` is a change without one."""


class Reasons(NamedTuple):
    """The reasons for which support is suspended or stopped here, by the parameters of the day."""

    suspend: Collection[str]
    stop: Collection[str]


def support_state(mode: str, ended_before_by: str, reasons: Reasons) -> SupportState:
    """The state a row speaks of.

    A row with a support mode is active. One without stands after a row that was ended by ``ended_before_by``
    ("" where there is none): by a reason of suspending it is suspended, by another stopped.
    """
    if mode:
        return SupportState.ACTIVE
    if not ended_before_by:
        return SupportState.NONE
    # What ended support without a reason of its own (a switch taken back on the same day) counts as stopped.
    return SupportState.SUSPENDED if ended_before_by in reasons.suspend else SupportState.STOPPED


def support_problems(
    state: SupportState,
    move: SupportMove,
    *,
    reason: str = "",
    mode: str = "",
    present_mode: str = "",
    reasons: Reasons,
) -> list[Problem]:
    """Whether a change of support is allowed."""
    if move not in SUPPORT_MOVES[state]:
        return [Problem("support.move", "move", {"state": state.value})]
    if move in NEEDS_REASON:
        allowed = reasons.suspend if move is SupportMove.SUSPEND else reasons.stop
        if reason not in allowed:
            return [Problem("support.reason", "reason")]
    if move in (SupportMove.GRANT, SupportMove.SWITCH) and mode not in SUPPORT_MODES:
        return [Problem("value.required", "support_mode")]
    if move is SupportMove.SWITCH and mode == present_mode:
        return [Problem("support.unchanged", "support_mode")]
    return []


def next_period(on: date, months: int) -> date:
    """The first day of the payment period after the one in which ``on`` lies.

    Periods of ``months`` (1, 2, 3, 4, 6 or 12) start on the first of January; 0 means: from the day itself.
    """
    if months == 0:
        return on
    if 12 % months:
        raise ValueError(f"a year has no periods of {months} months")
    month = (on.month - 1) // months * months + months
    return date(on.year + month // 12, month % 12 + 1, 1)


def support_until(moved_on: date | None, begins: date, ends: date | None) -> date | None:
    """The day a person's support ends (exclusive), None when the programme has no end.

    Whoever moved before the programme began has its whole term; whoever moved later has as many years from
    the day of moving (国发〔2006〕17号: 20 years from the completed move).
    """
    if ends is None or moved_on is None or moved_on <= begins:
        return ends
    return _years_later(moved_on, ends.year - begins.year)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def record_problems(*, moved_on: date | None, birth: date | None, today: date) -> list[Problem]:
    """Whether the facts of a verified resettlement can be: nobody is moved before birth or in the future.

    Descendants born later carry the day of their household's move in many registers: a warning only.
    """
    if moved_on is None:
        return []
    if moved_on > today:
        return [Problem("date.future", "moved_on", {"day": moved_on.isoformat()})]
    if birth is not None and moved_on < birth:
        return [Problem("moved.before_birth", "moved_on", {"day": birth.isoformat()}, "warning")]
    return []
