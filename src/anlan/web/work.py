"""The work list: what waits for somebody today, by kind; each kind is told by the part that knows of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from anlan.web.parts import WorkItem
from anlan.web.records import WORK, ShownPanel

Text = str | Promise
FEW = 5
"""So many items of a kind stand on the work list; all of them stand on the list behind it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of one kind: how many in all, the first of them, the most urgent first, and where all are.

    ``url`` leads to a list of exactly ``total`` rows; "" where all of them are among the ``items``.
    """

    total: int
    items: tuple[WorkItem, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work. ``read`` gets actor and day, and answers None where the actor has no such duty.

    It costs the same number of queries however much waits.
    """

    code: str
    title: Text
    read: Callable[[Any, date], Waiting | None]
    order: int = 100


_kinds: dict[str, WorkKind] = {}


def register_work(*kinds: WorkKind) -> None:
    """Add kinds of work (called in ``AppConfig.ready``). A code registered twice is a programming error."""
    for kind in kinds:
        if kind.code in _kinds:
            raise ValueError(f"work {kind.code} is registered twice")
        _kinds[kind.code] = kind


def work_panels(actor: Any, today: date) -> list[ShownPanel]:
    """The work list of somebody today: a panel for each kind of which something waits, in their order."""
    panels = []
    for kind in sorted(_kinds.values(), key=lambda one: (one.order, one.code)):
        waiting = kind.read(actor, today)
        if waiting is not None and waiting.total:
            data = {"items": waiting.items, "count": waiting.total, "more_url": waiting.url}
            panels.append(ShownPanel(kind.code, kind.title, WORK, data, "main", flush=True))
    return panels
