"""Where an import lies: at the smallest area that holds everything whoever makes it may import."""

from os.path import commonprefix

from anlan.kernel.actors import Actor
from anlan.kernel.permissions import Place, ranges_for
from anlan.places.models import Area
from anlan.sheets.models import ImportBatch, ImportDraft


def path_of(actor: Actor, permission: str = "sheets.import_write") -> str:
    """The path of that area; "" for the whole county, or for somebody who reaches organisations only."""
    ranges = ranges_for(actor, permission)
    if any(reach.tree == "area" and reach.is_whole for reach in ranges):
        return ""
    paths = [reach.path for reach in ranges if reach.tree == "area"]
    # Character by character, then back to the last dot: the ids all paths begin with.
    shared = commonprefix(paths)  # noqa: RUF071
    shared = shared[: shared.rfind(".") + 1]
    return "" if shared.count(".") <= 1 else shared


def places_of(row: ImportBatch | ImportDraft) -> list[Place]:
    """Where a batch or draft lies, for the question who may do what with it."""
    return [("area", row.path or _top())]


def _top() -> str:
    return Area.objects.filter(parent=None, valid_to=None).values_list("path", flat=True).first() or ""
