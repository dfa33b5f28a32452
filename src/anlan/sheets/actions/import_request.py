"""Leaving a batch of the command waiting for a second person's approval."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.sheets.actions.draft_rows import add_files
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.models import DraftState, ImportDraft
from anlan.sheets.reach import path_of


@action("sheets.import_request", label=_("申请导入"), actors=("person", "cli"), hands_over=True)
def import_request(
    change: Change,
    *,
    uid: UUID,
    files: Sequence[KeptFile],
    kinds: Sequence[str],
    settings: dict[str, Any],
    result: dict[str, Any],
) -> ImportDraft:
    """A draft that waits from the beginning, of files kept already under its ``uid``."""
    draft = ImportDraft(
        uid=uid,
        state=DraftState.WAITING,
        user_id=getattr(change.actor, "user_id", None),
        actor_kind=change.actor.kind,
        actor_label=change.actor.label[:120],
        path=path_of(change.actor),
        made_on=change.today,
        changed_on=change.today,
        kinds=list(kinds),
        settings=settings,
        result=result,
    )
    change.create(draft)
    add_files(change, draft, files, 1)
    return draft
