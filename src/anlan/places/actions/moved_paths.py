"""Texts that hold a path of the tree of areas, and follow when the path changes.

The kernel keeps scopes as path text. Its own parameters follow here; what higher parts keep follows there,
registered as a follow-up, by the pairs in the entry's facts.
"""

from collections.abc import Sequence
from datetime import date

from anlan.kernel import parameters, stamps
from anlan.kernel.changes import Change
from anlan.kernel.models import ParameterValue
from anlan.kernel.paths import subtree

Paths = Sequence[tuple[str, str]]


def note_paths(change: Change, on: date, paths: Paths, document: str = "") -> None:
    """Keep the old and new paths in the entry's facts: ``{"on": …, "paths": [[old, new], …]}``."""
    change.facts |= {"on": on.isoformat(), "paths": [list(pair) for pair in paths]}
    if document:
        change.facts["document"] = document


def noted_paths(change: Change) -> list[tuple[str, str]]:
    """The pairs a finished action left in its facts."""
    return [(old, new) for old, new in change.facts.get("paths", ())]


def follow_parameters(change: Change, paths: Paths) -> None:
    """Parameters of an area that moved hold at its new path."""
    moved = False
    for before, after in paths:
        for row in ParameterValue.objects.filter(subtree("path", before)).select_for_update():
            change.begin(row)
            row.path = after + row.path.removeprefix(before)
            moved |= change.save(row)
    if moved:
        stamps.renew(parameters.STAMP)
