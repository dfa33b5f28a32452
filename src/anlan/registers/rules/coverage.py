"""Who covers a point, a village, a unit: what may be assigned, and what covers by its own place.

Authority: the county's research report, part 四(一): 单元设置、区域覆盖、统筹管理; organisations and
resettlement officers cover areas and units crosswise and down to the bottom (横到边、纵到底).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from anlan.kernel.code_list import code_list
from anlan.kernel.codes import SETUP_MODE
from anlan.kernel.problems import Problem
from anlan.places.rules import AreaKind

OFFICER_DUTY = code_list(
    "officer_duty",
    "移民专干、移民联络员 of the county's research report; codes are those of the roles",
    [
        ("resettlement_officer", "移民专干", "专干", "移民专员", "专员"),
        ("liaison", "联络员", "移民联络员"),
    ],
)
COVERED_AREAS = (AreaKind.POINT, AreaKind.VILLAGE, AreaKind.COMMUNITY)
"""The areas to be covered; groups belong to their village."""
_LOWEST = frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.GROUP, AreaKind.POINT})
"""Only what lies in a village or below covers by its place: a township's committee covers no single one."""
_RANK = ("branch", "general_branch", "committee", "working_committee", "group")


class Seat(NamedTuple):
    """An organisation (or an officer's role) with the area it has its place in."""

    key: int
    kind: str
    area_kind: str
    area_id: int


def assign_problems(
    *,
    target_kind: str,
    target_open: bool,
    name: str,
    organization_open: bool,
    organization: str,
    setup_mode: str,
) -> list[Problem]:
    """Whether an organisation may be given a point, a village or a unit to cover.

    ``target_kind`` is an area's kind, "" for a unit.
    """
    problems = target_problems(target_kind=target_kind, target_open=target_open, name=name)
    if not organization_open:
        problems.append(Problem("organization.ended", "organization", {"name": organization}))
    if setup_mode not in SETUP_MODE.names:
        problems.append(Problem("organization.setup_mode", "setup_mode"))
    return problems


def officer_problems(
    *, target_kind: str, target_open: bool, target: str, duty: str, name: str
) -> list[Problem]:
    """Whether somebody may be officer of a point, a village or a unit; ``target_kind`` as above."""
    problems = target_problems(target_kind=target_kind, target_open=target_open, name=target)
    if duty not in OFFICER_DUTY.names:
        problems.append(Problem("officer.duty", "duty"))
    if not name:
        problems.append(Problem("name.missing", "name"))
    return problems


def target_problems(*, target_kind: str, target_open: bool, name: str) -> list[Problem]:
    """Whether something is to be covered at all: a unit, a point or a village that exists."""
    if target_kind and AreaKind(target_kind) not in COVERED_AREAS:
        return [Problem("cover.target", "target", {"name": name})]
    if not target_open:
        return [Problem("cover.target_ended", "target", {"name": name})]
    return []


def covering_seat(seats: Iterable[Seat], above: Sequence[int]) -> Seat | None:
    """What covers a place by having its own place there; ``above`` are the areas from it upwards.

    The nearest area wins, within it the branch before the general branch, the committee and the group.
    Organisations of a township or of the county cover no single place.
    """
    near = {area: distance for distance, area in enumerate(above)}
    found = [seat for seat in seats if seat.area_id in near and AreaKind(seat.area_kind) in _LOWEST]
    return min(found, key=lambda seat: (near[seat.area_id], _rank(seat.kind), seat.key), default=None)


def _rank(kind: str) -> int:
    return _RANK.index(kind) if kind in _RANK else len(_RANK)
