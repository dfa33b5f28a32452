"""Writing a batch: every plan in one transaction, one entry in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anlan.kernel import record
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.sheets.approval import needs_approval
from anlan.sheets.kinds import Plan
from anlan.sheets.models import BatchState, ImportBatch, ImportDraft, ImportFile
from anlan.sheets.reach import path_of

RECORD = "import_batch"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the batch, stored before the transaction."""

    name: str
    size: int
    digest: bytes
    place: str


@action("sheets.import_write", label=_("导入表格"), hands_over=True)
def import_write(
    change: Change,
    *,
    uid: UUID,
    plans: Sequence[Plan],
    files: Sequence[KeptFile],
    kinds: Sequence[str],
    as_of: date | None,
    result: dict[str, Any],
    draft: ImportDraft | None = None,
    moment: datetime | None = None,
) -> ImportBatch:
    """Write all plans or none. Raises ``StalePlan`` when the register changed since they were made.

    ``draft`` is what the batch was until now; it is gone afterwards. Refused: ``sheets.draft_gone`` when it
    was written, changed or thrown away meanwhile, ``sheets.needs_approval`` when nobody approved what
    has to be. ``moment`` is when this happens, for the history.

    Asked twice: before writing, which costs nothing, and after it, when the head of the record is taken and
    whoever wrote meanwhile is either visible or behind us.
    """
    stored = _take(change, draft)
    approved = bool(stored and stored.decided_by)
    if not approved and needs_approval(change.actor, change.today, stored.path if stored else None):
        raise Refused(Problem("sheets.needs_approval"))
    for plan in plans:
        plan.write(change)
    record.lock_head()
    for plan in plans:
        plan.confirm()
    batch = ImportBatch(
        uid=uid,
        state=BatchState.WRITTEN,
        made_on=change.today,
        written_at=moment,
        as_of=as_of,
        user_id=stored.user_id if stored else getattr(change.actor, "user_id", None),
        actor_label=stored.actor_label if stored else change.actor.label[:120],
        approved_by=stored.decided_by if stored else "",
        path=stored.path if stored else path_of(change.actor),
        kinds=list(kinds),
        result=result,
    )
    batch.save(force_insert=True)
    for file in files:
        row = ImportFile(batch=batch, name=file.name, size=file.size, digest=file.digest, place=file.place)
        row.save(force_insert=True)
    change.facts |= {"batch": str(batch.uid), "files": [file.name for file in files]}
    # The batch stays when it is taken back, so it is a record of the entry but not one of its row changes.
    change.mention((RECORD, batch.pk))
    return batch


def _take(change: Change, draft: ImportDraft | None) -> ImportDraft | None:
    """The draft as stored, taken out of the table: whoever comes second finds it gone."""
    if draft is None:
        return None
    stored = ImportDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if stored is None or stored.revision != draft.revision:
        raise Refused(Problem("sheets.draft_gone"))
    # The row stays as the batch of the same name; its files are told by the batch.
    stored.files.all().delete()
    ImportDraft.objects.filter(pk=stored.pk).delete()
    return stored
