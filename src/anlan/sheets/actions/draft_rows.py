"""What the actions on drafts share: whose a draft is, and its rows."""

from collections.abc import Sequence

from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.models import DraftFile, DraftState, ImportDraft


def stored_draft(change: Change, draft: ImportDraft, *, state: DraftState | None = None) -> ImportDraft:
    """The draft as stored, locked until the transaction ends, and begun for a change.

    Refused: ``sheets.draft_gone`` when there is none any more or it was changed since it was read,
    ``sheets.draft_state`` when it is not in the ``state`` asked for.
    """
    stored = ImportDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if stored is None or stored.revision != draft.revision:
        raise Refused(Problem("sheets.draft_gone"))
    if state is not None and stored.state != state:
        raise Refused(Problem("sheets.draft_state"))
    change.begin(stored)
    return stored


def require_own(change: Change, draft: ImportDraft) -> None:
    """A draft belongs to whoever began it: for everybody else it does not exist."""
    if isinstance(change.actor, PersonActor) and draft.user_id != change.actor.user_id:
        raise NotFound(f"draft {draft.pk}")


def add_files(change: Change, draft: ImportDraft, files: Sequence[KeptFile], first: int) -> None:
    """Add stored files to a draft, numbered from ``first``; refused when one is there already."""
    known = {bytes(digest): name for digest, name in draft.files.values_list("digest", "name")}
    for number, file in enumerate(files, first):
        if file.digest in known:
            raise Refused(Problem("file.repeated", "files", {"file": file.name}))
        known[file.digest] = file.name
        row = DraftFile(
            draft=draft, number=number, name=file.name, size=file.size, digest=file.digest, place=file.place
        )
        change.create(row)
