"""Throwing a draft away."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.sheets.actions.draft_rows import require_own, stored_draft
from anlan.sheets.models import ImportDraft


@action(
    "sheets.draft_discard",
    label=_("放弃没有办完的导入"),
    on="draft",
    actors=("person", "system"),
    hands_over=True,
)
def draft_discard(change: Change, *, draft: ImportDraft) -> None:
    """Remove a draft of one's own; the caller removes its kept files afterwards. Refused:
    ``sheets.draft_gone``.
    """
    stored = stored_draft(change, draft)
    require_own(change, stored)
    for file in stored.files.all():
        change.delete(file)
    change.delete(stored)
