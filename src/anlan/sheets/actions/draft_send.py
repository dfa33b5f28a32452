"""Sending a draft off: to be written, or to the second person who has to approve it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.sheets.actions.draft_rows import require_own, stored_draft
from anlan.sheets.models import DraftState, ImportDraft


@action("sheets.draft_send", label=_("提交导入审批"), on="draft", actors=("person",), hands_over=True)
def draft_send(
    change: Change, *, draft: ImportDraft, kinds: list[str], result: dict[str, Any]
) -> ImportDraft:
    """Let a draft of one's own wait for approval, with the counts seen in its check.

    Refused: ``sheets.draft_gone``, and ``sheets.draft_state`` when it waits already.
    """
    stored = stored_draft(change, draft, state=DraftState.OPEN)
    require_own(change, stored)
    stored.state = DraftState.WAITING
    stored.kinds, stored.result = kinds, result
    stored.decided_by = stored.reason = ""
    stored.changed_on = change.today
    change.save(stored)
    return stored
