"""Beginning an import on the pages: files uploaded and kept, nothing read yet."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.sheets.actions.draft_rows import add_files
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.models import ImportDraft
from anlan.sheets.reach import path_of


@action("sheets.draft_open", label=_("上传要导入的表格"), actors=("person",), hands_over=True)
def draft_open(change: Change, *, uid: UUID, files: Sequence[KeptFile]) -> ImportDraft:
    """A draft of files that are kept already, under its ``uid``. Refused without files, or with one twice."""
    if not files:
        raise Refused(Problem("value.required", "files"))
    draft = ImportDraft(
        uid=uid,
        user_id=getattr(change.actor, "user_id", None),
        actor_kind=change.actor.kind,
        actor_label=change.actor.label[:120],
        path=path_of(change.actor),
        made_on=change.today,
        changed_on=change.today,
    )
    change.create(draft)
    add_files(change, draft, files, 1)
    return draft
