"""What may lie under what, what a code says, and what may be renamed, moved, merged and split on which day.

Authority: GB/T 2260 and the statistics bureau's 12-digit codes.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from anlan.kernel.problems import Problem


class AreaKind(StrEnum):
    """Kinds of areas, from the top down."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMMUNITY = "community"
    GROUP = "group"
    POINT = "point"


class SuccessionKind(StrEnum):
    """How one area followed another."""

    MERGE = "merge"
    SPLIT = "split"


PARENTS: dict[AreaKind, frozenset[AreaKind]] = {
    AreaKind.COUNTY: frozenset(),
    AreaKind.TOWNSHIP: frozenset({AreaKind.COUNTY}),
    AreaKind.VILLAGE: frozenset({AreaKind.TOWNSHIP}),
    AreaKind.COMMUNITY: frozenset({AreaKind.TOWNSHIP}),
    AreaKind.GROUP: frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY}),
    AreaKind.POINT: frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.TOWNSHIP}),
}
VILLAGES = frozenset({AreaKind.VILLAGE, AreaKind.COMMUNITY})
NUMBERED = frozenset({AreaKind.GROUP, AreaKind.POINT})
"""Kinds below the official codes: they carry the code of an area above and a number of their own."""
_CODE = re.compile(r"\d{12}(\d{2,6})?$")
_OFFICIAL_DIGITS = 12
_KIND_WORDS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")


class AreaFacts(NamedTuple):
    """An area as the rules see it; ``since`` is the day from which its present name and place hold."""

    id: int
    code: str
    name: str
    kind: AreaKind
    path: str
    since: date
    is_open: bool = True


def kind_of_code(code: str, name: str) -> AreaKind:
    """The kind a 12-digit code speaks of: …000000 county, …000 township, else by the name."""
    if code.endswith("000000"):
        return AreaKind.COUNTY
    if code.endswith("000"):
        return AreaKind.TOWNSHIP
    return AreaKind.COMMUNITY if name.endswith(("社区", "居委会")) else AreaKind.VILLAGE


def parent_code(code: str) -> str:
    """The code of the area above, by the digits; empty for a county."""
    if len(code) > _OFFICIAL_DIGITS:
        return code[:_OFFICIAL_DIGITS]
    if code.endswith("000000"):
        return ""
    if code.endswith("000"):
        return code[:6] + "000000"
    return code[:9] + "000"


def same_level(one: AreaKind, other: AreaKind) -> bool:
    """Whether two kinds stand on one level: equal, or village and community."""
    return one == other or (one in VILLAGES and other in VILLAGES)


def area_problems(*, code: str, name: str, kind: AreaKind, parent_kind: AreaKind | None) -> list[Problem]:
    """What is wrong with an area's own facts and its place in the tree."""
    problems = []
    if not name:
        problems.append(Problem("name.missing", "name"))
    if not _CODE.match(code):
        problems.append(Problem("area.code_format", "code", {"code": code}))
    allowed = PARENTS[kind]
    if (parent_kind is None) != (not allowed) or (parent_kind is not None and parent_kind not in allowed):
        problems.append(Problem("area.parent_kind", "parent", {"name": name}))
    return problems


def code_problems(code: str, kind: AreaKind) -> list[Problem]:
    """Whether the digits of a well-formed code speak of another level than the area has.

    Asked only of what is typed by hand: sheets of older years carry codes of every habit.
    """
    if not _CODE.match(code):
        return []
    if kind in NUMBERED:
        fits = len(code) > _OFFICIAL_DIGITS
    else:
        fits = len(code) == _OFFICIAL_DIGITS and same_level(kind_of_code(code, ""), kind)
    return [] if fits else [Problem("area.code_level", "code", {"code": code})]


def taken_problems(
    *, code: str, name: str, codes: Collection[str], sibling_names: Collection[str]
) -> list[Problem]:
    """Whether a code is borne by another area of today, or a name by one beside it."""
    problems = []
    if code in codes:
        problems.append(Problem("area.code_taken", "code", {"code": code}))
    if name in sibling_names:
        problems.append(Problem("area.name_taken", "name", {"name": name}))
    return problems


def day_problems(on: date, *, today: date, since: date | None = None, field: str = "on") -> list[Problem]:
    """Whether a change may hold from ``on`` (inclusive).

    Refused: a day to come (a register says what is, plans stand elsewhere), and a day before ``since``, from
    which on something later is already known.
    """
    if on > today:
        return [Problem("date.future", field, {"day": on.isoformat()})]
    if since is not None and on < since:
        return [Problem("date.before_current", field, {"day": since.isoformat()})]
    return []


def open_problems(areas: Iterable[AreaFacts], field: str = "") -> list[Problem]:
    """Which of the areas exist no more."""
    return [Problem("area.ended", field, {"name": area.name}) for area in areas if not area.is_open]


def move_problems(area: AreaFacts, parent: AreaFacts, *, present_parent: int | None) -> list[Problem]:
    """Whether an area may be put under another one."""
    if present_parent == parent.id:
        return [Problem("area.unchanged", "parent")]
    if parent.path.startswith(area.path):
        return [Problem("area.parent_below", "parent", {"name": area.name})]
    if parent.kind not in PARENTS[area.kind]:
        return [Problem("area.parent_kind", "parent", {"name": area.name})]
    return []


def rename_kind_problems(before: AreaKind, after: AreaKind) -> list[Problem]:
    """Whether an area may become of another kind: only a village a community (村改居) and back."""
    if same_level(before, after):
        return []
    return [Problem("area.kind_change", "kind")]


def merge_problems(areas: Sequence[AreaFacts], into: AreaFacts | None, on: date) -> list[Problem]:
    """Whether areas may be merged, into one that exists or (``into`` None) into a new one.

    They must be of one level below the county, exist, and have existed before ``on``.
    """
    needed = 1 if into is not None else 2
    if len({area.id for area in areas}) < needed or len({area.id for area in areas}) < len(areas):
        return [Problem("area.merge_count", "areas", {"count": needed})]
    everyone = [*areas, into] if into is not None else [*areas]
    if into is not None and into.id in {area.id for area in areas}:
        return [Problem("area.merge_itself", "into", {"name": into.name})]
    problems = open_problems(everyone, "areas")
    first = areas[0].kind
    if first is AreaKind.COUNTY or not all(same_level(first, area.kind) for area in everyone):
        problems.append(Problem("area.merge_level", "areas"))
    problems += _too_young(areas, on)
    return problems


def split_problems(
    area: AreaFacts,
    *,
    parts: Sequence[Collection[int]],
    children: Collection[int],
    ends: bool,
    rest: int,
    on: date,
) -> list[Problem]:
    """Whether an area may be split.

    ``parts`` are the children each new area takes; ``children`` those there are. An area that ``ends`` needs
    two parts at least and leaves no child without one; ``rest`` is then the part that takes what lies in the
    area itself. One that goes on needs one part.
    """
    problems = open_problems([area], "area")
    if area.kind is AreaKind.COUNTY:
        problems.append(Problem("area.split_level", "area"))
    needed = 2 if ends else 1
    if len(parts) < needed or not 0 <= rest < len(parts):
        problems.append(Problem("area.split_count", "parts", {"count": needed}))
    given = [child for part in parts for child in part]
    if len(set(given)) < len(given) or not set(given) <= set(children):
        problems.append(Problem("area.split_children", "parts"))
    elif ends and set(given) != set(children):
        problems.append(Problem("area.split_left", "parts", {"count": len(set(children) - set(given))}))
    return problems + (_too_young([area], on) if ends else [])


def _too_young(areas: Iterable[AreaFacts], on: date) -> list[Problem]:
    """An area cannot end on or before the day from which its present state holds."""
    return [
        Problem("date.before_current", "on", {"day": area.since.isoformat()})
        for area in areas
        if on <= area.since
    ]


def stem_of(name: str) -> str:
    """A village's name without what kind of place it is: 水泉村 → 水泉; a name of one character is kept."""
    for word in _KIND_WORDS:
        if name.endswith(word) and len(name) - len(word) >= 2:
            return name[: -len(word)]
    return name


def kept_apart(name: str, former: str, taken: Collection[str]) -> str:
    """The name of a group that comes from a merged area: its own, else with the former area's before it.

    Two merged villages each have a 一组; the one that comes is called 水泉一组 where 一组 is taken.
    """
    if name not in taken:
        return name
    longer = stem_of(former) + name
    number = 2
    while longer in taken:
        longer = f"{stem_of(former)}{name}{number}"
        number += 1
    return longer
