"""The second person's decision: approve, or send back with a reason."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.sheets.actions.draft_rows import stored_draft
from anlan.sheets.models import DraftState, ImportDraft


@action("sheets.draft_approve", label=_("批准导入"), on="draft", actors=("person",), hands_over=True)
def draft_approve(change: Change, *, draft: ImportDraft) -> ImportDraft:
    """Approve what somebody else wants to import; it is written afterwards, planned anew.

    Refused: ``sheets.draft_state`` when it does not wait, ``sheets.draft_own`` for one's own.
    """
    stored = _waiting(change, draft)
    stored.decided_by = change.actor.label[:120]
    change.save(stored)
    return stored


@action("sheets.draft_reject", label=_("退回导入"), on="draft", actors=("person",), hands_over=True)
def draft_reject(change: Change, *, draft: ImportDraft, reason: str) -> ImportDraft:
    """Send back what somebody else wants to import. Refused as in ``draft_approve``, and without a reason."""
    stored = _waiting(change, draft)
    if not reason.strip():
        raise Refused(Problem("value.required", "reason"))
    change.reason = reason.strip()
    stored.state = DraftState.REJECTED
    stored.decided_by, stored.reason = change.actor.label[:120], reason.strip()[:400]
    stored.changed_on = change.today
    change.save(stored)
    return stored


def _waiting(change: Change, draft: ImportDraft) -> ImportDraft:
    stored = stored_draft(change, draft, state=DraftState.WAITING)
    if isinstance(change.actor, PersonActor) and stored.user_id == change.actor.user_id:
        raise Refused(Problem("sheets.draft_own"))
    return stored
