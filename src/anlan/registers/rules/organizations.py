"""Party organisations: what may stand under what, and when one may end."""

from anlan.kernel.codes import ORGANIZATION_KIND, SETUP_MODE
from anlan.kernel.problems import Problem

_COMMITTEES = frozenset({"committee", "working_committee"})
PARENTS: dict[str, frozenset[str]] = {
    "committee": _COMMITTEES,
    "working_committee": _COMMITTEES,
    "general_branch": _COMMITTEES,
    "branch": _COMMITTEES | {"general_branch"},
    "group": frozenset({"branch", "general_branch"}),
}
"""The kinds an organisation of a kind may stand under. Committees may also stand at the top."""


def organization_problems(
    *, name: str, kind: str, parent_kind: str | None, setup_mode: str = ""
) -> list[Problem]:
    """What is wrong with an organisation's own facts and its place in the tree."""
    problems = [] if name else [Problem("name.missing", "name")]
    if kind not in ORGANIZATION_KIND.names:
        return [*problems, Problem("organization.kind", "kind")]
    if setup_mode and setup_mode not in SETUP_MODE.names:
        problems.append(Problem("organization.setup_mode", "setup_mode"))
    return problems + parent_problems(kind, parent_kind)


def parent_problems(kind: str, parent_kind: str | None) -> list[Problem]:
    """Whether a kind may stand under another; None is the top of the tree.

    Kinds kept in the words of a sheet are left alone.
    """
    if kind not in PARENTS or (parent_kind is not None and parent_kind not in PARENTS):
        return []
    fits = kind in _COMMITTEES if parent_kind is None else parent_kind in PARENTS[kind]
    if fits:
        return []
    params = {"kind": ORGANIZATION_KIND.name_of(kind)}
    return [Problem("organization.parent_kind", "parent", params)]


def move_problems(*, path: str, kind: str, parent_path: str, parent_kind: str, name: str) -> list[Problem]:
    """Whether an organisation may be put under another one."""
    if parent_path.startswith(path):
        return [Problem("organization.parent_below", "parent", {"name": name})]
    return parent_problems(kind, parent_kind)


def end_problems(*, name: str, children: int, members: int) -> list[Problem]:
    """Whether an organisation may end: only without organisations below it and without members."""
    problems = []
    if children:
        problems.append(Problem("organization.has_children", "", {"name": name, "count": children}))
    if members:
        problems.append(Problem("organization.has_members", "", {"name": name, "count": members}))
    return problems
