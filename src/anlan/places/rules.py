"""What may lie under what, and what a code says. Authority: GB/T 2260 and the statistics bureau's 12-digit codes."""

import re
from enum import StrEnum

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
_CODE = re.compile(r"\d{12}(\d{2,6})?$")


def kind_of_code(code: str, name: str) -> AreaKind:
    """The kind a 12-digit code speaks of: …000000 county, …000 township, else village or community by name."""
    if code.endswith("000000"):
        return AreaKind.COUNTY
    if code.endswith("000"):
        return AreaKind.TOWNSHIP
    return AreaKind.COMMUNITY if name.endswith(("社区", "居委会")) else AreaKind.VILLAGE


def parent_code(code: str) -> str:
    """The code of the area above, by the digits; empty for a county."""
    if len(code) > 12:
        return code[:12]
    if code.endswith("000000"):
        return ""
    if code.endswith("000"):
        return code[:6] + "000000"
    return code[:9] + "000"


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
