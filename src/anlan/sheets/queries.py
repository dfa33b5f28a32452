"""Imports by their public identifier, inside the actor's range; ``NotFound`` for everything else."""

from collections.abc import Iterable
from uuid import UUID

from anlan.kernel.actors import Actor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.sheets.models import BatchState, ImportBatch, ImportDraft, ImportFile, SheetLayout


def batch_by_uid(actor: Actor, uid: UUID) -> ImportBatch | None:
    """A batch the actor may see, None where there is none of this name."""
    return ImportBatch.objects.visible_to(actor).filter(uid=uid).prefetch_related("files").first()


def draft_by_uid(actor: Actor, uid: UUID) -> ImportDraft:
    """A draft of one's own, or one that one may decide."""
    found = ImportDraft.objects.visible_to(actor).filter(uid=uid).first()
    if found is None or not holds(actor, "sheets.import_write"):
        raise NotFound(f"import {uid}")
    return found


def own_draft(actor: Actor, uid: UUID) -> ImportDraft:
    """A draft of one's own."""
    found = ImportDraft.objects.own(actor).filter(uid=uid).first()
    if found is None or not holds(actor, "sheets.import_write"):
        raise NotFound(f"import {uid}")
    return found


def draft_to_decide(actor: Actor, uid: UUID) -> ImportDraft:
    """Somebody else's draft that waits for this actor's decision."""
    found = ImportDraft.objects.to_decide(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound(f"import {uid}")
    return found


def drafts_under_way(actor: Actor) -> list[ImportDraft]:
    """One's own drafts and those that wait for one's decision, the latest first."""
    if not holds(actor, "sheets.import_write"):
        return []
    return list(ImportDraft.objects.visible_to(actor).prefetch_related("files"))


def imported_before(actor: Actor, digests: Iterable[bytes]) -> list[ImportFile]:
    """Files of written batches the actor may see that have the same bytes."""
    batches = ImportBatch.objects.visible_to(actor).filter(state=BatchState.WRITTEN)
    rows = ImportFile.objects.filter(digest__in=list(digests), batch__in=batches)
    return list(rows.select_related("batch").order_by("-batch_id"))


def layout_by_number(number: int) -> SheetLayout:
    """A remembered layout."""
    found = SheetLayout.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(f"layout {number}")
    return found
