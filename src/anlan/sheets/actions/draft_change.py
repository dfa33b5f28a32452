"""Changing what is asked for in a draft: readings of sheets, answers, the day, its files."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.sheets.actions.draft_rows import add_files, require_own, stored_draft
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.models import DraftState, ImportDraft


@action("sheets.draft_change", label=_("修改导入的设置"), on="draft", actors=("person",), hands_over=True)
def draft_change(
    change: Change,
    *,
    draft: ImportDraft,
    settings: dict[str, Any] | None = None,
    added: Sequence[KeptFile] = (),
    removed: Collection[int] = (),
) -> ImportDraft:
    """Change a draft of one's own; a rejected one is open again, a waiting one is taken back first.

    ``settings`` as ``Instructions.as_json`` gives it; ``added`` are files kept already, ``removed`` numbers.
    Refused: ``sheets.draft_gone``, the last file removed, a file that is there already.
    """
    stored = stored_draft(change, draft)
    require_own(change, stored)
    if settings is not None:
        stored.settings = settings
    highest = max(stored.files.values_list("number", flat=True), default=0)
    for file in stored.files.filter(number__in=removed):
        change.delete(file)
    add_files(change, stored, added, highest + 1)
    if not stored.files.exists():
        raise Refused(Problem("sheets.draft_empty", "files"))
    stored.state = DraftState.OPEN
    stored.revision += 1
    stored.changed_on = change.today
    change.save(stored)
    return stored
