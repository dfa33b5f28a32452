"""Writing a batch: every plan in one transaction, one entry in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anlan.kernel import record
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.sheets.kinds import Plan
from anlan.sheets.models import BatchState, ImportBatch, ImportFile

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
) -> ImportBatch:
    """Write all plans or none. Raises ``StalePlan`` when the register changed since they were made.

    Asked twice: before writing, which costs nothing, and after it, when the head of the record is taken and
    whoever wrote meanwhile is either visible or behind us.
    """
    for plan in plans:
        plan.write(change)
    record.lock_head()
    for plan in plans:
        plan.confirm()
    batch = ImportBatch(
        uid=uid,
        state=BatchState.WRITTEN,
        made_on=change.today,
        as_of=as_of,
        actor_label=change.actor.label[:120],
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
