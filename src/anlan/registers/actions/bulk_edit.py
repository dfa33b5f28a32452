"""One fact of many records corrected at once."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anlan.kernel import record
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.registers.actions.bulk_edit_rows import PERMISSION, BulkPlan
from anlan.registers.models import BulkEdit, BulkState
from anlan.registers.rules.bulk_editing import as_json
from anlan.sheets.reach import path_of

RECORD = "bulk_edit"


@action(PERMISSION, label=_("批量修改"), hands_over=True)
def bulk_edit(
    change: Change, *, uid: UUID, plan: BulkPlan, digest: str, words: str, moment: datetime
) -> BulkEdit:
    """Write a prepared plan, all rows or none: the same rules per row as ``record_edit``, one entry for all.

    ``digest`` is that of the plan somebody looked at, ``words`` what the list was narrowed by, ``moment``
    when this happens. Refused: ``bulk.stale`` when rows changed since they were looked at or since the plan
    was made, ``bulk.nothing`` when no row would change. A plan made for somebody else is not found.
    """
    if plan.actor != change.actor:
        raise NotFound("bulk plan")
    if plan.digest != digest:
        raise Refused(Problem("bulk.stale"))
    if not plan.changed:
        raise Refused(Problem("bulk.nothing"))
    plan.write(change)
    # Whoever wrote meanwhile is either visible now or behind us.
    record.lock_head()
    if record.touched_since(plan.sequence) & plan.records:
        raise Refused(Problem("bulk.stale"))
    row = BulkEdit(
        uid=uid,
        state=BulkState.WRITTEN,
        register=plan.order.register,
        fact=plan.order.fact.code,
        value=as_json(plan.order.value),
        words=words,
        changed=plan.changed,
        unchanged=plan.unchanged,
        refused=plan.refused,
        left_out=plan.left_out,
        written_at=moment,
        user_id=getattr(change.actor, "user_id", None),
        actor_label=change.actor.label[:120],
        path=path_of(change.actor, PERMISSION),
    )
    row.save(force_insert=True)
    change.reason = plan.order.reason.strip()
    change.facts |= {"bulk_edit": str(uid), "fact": row.fact, "changed": row.changed}
    # It stays when it is taken back, so it is a record of the entry but not one of its row changes.
    change.mention((RECORD, row.pk))
    return row
