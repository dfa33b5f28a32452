"""Taking a batch back whole."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel import record
from anlan.kernel.actions import action, actions
from anlan.kernel.actors import Actor
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.reversal import Reversal, entries_pointing_at, later_entries, prepare, taken_back
from anlan.sheets.actions.import_write import RECORD
from anlan.sheets.models import BatchState, ImportBatch
from anlan.web.formats import write_moment

_NAMED_ENTRIES = 10


@action("sheets.import_undo", label=gettext_lazy("撤回导入"), on="batch", hands_over=True)
def import_undo(change: Change, *, batch: ImportBatch, reversal: Reversal) -> ImportBatch:
    """Take a written batch back: rows it made go, rows it changed get their old values, the batch stays as
    undone.

    Refused when it was taken back already, and when later changes touched the same records (they are named).
    """
    stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if stored.state != BatchState.WRITTEN:
        raise Refused(Problem("sheets.batch_undone", params={"batch": str(stored.uid)}))
    require_undisturbed(stored, reversal)
    reversal.write(change)
    stored.state = BatchState.UNDONE
    stored.save(update_fields=["state"])
    change.facts |= {"batch": str(stored.uid), "undoes": reversal.entry.sequence}
    # The batch is one of the records of the entry that is taken back, and so of this one.
    return stored


def prepare_undo(batch: ImportBatch) -> Reversal:
    """Work out, before the transaction, what taking a batch back writes."""
    return prepare(record.history(RECORD, batch.pk, limit=10_000)[-1].entry)


def require_undisturbed(batch: ImportBatch, reversal: Reversal) -> None:
    """Refuse when later changes stand in the way, except those that were taken back themselves."""
    undone = taken_back()
    later = later_entries(reversal.entry, undone) or entries_pointing_at(reversal, undone)
    if later:
        named = "；".join(
            f"#{entry.sequence} {entry.at:%Y-%m-%d} {entry.actor_label}" for entry in later[:_NAMED_ENTRIES]
        )
        params = {"batch": str(batch.uid), "count": len(later), "entries": named}
        raise Refused(Problem("sheets.later_changes", params=params))


def standing_in_the_way(batch: ImportBatch) -> list[str]:
    """The later changes that keep a batch from being taken back, in words, the first first."""
    entries = record.history(RECORD, batch.pk, limit=10_000)
    if not entries:
        return []
    known = actions()
    return [
        _("{day} {who}：{what}").format(
            day=write_moment(later.at),
            who=later.actor_label,
            what=known[later.action].label if later.action in known else later.action,
        )
        for later in later_entries(entries[-1].entry, ignoring=taken_back())
    ]


def undone_entries() -> list[int]:
    """Entries of batches taken back, and of their taking back."""
    undone = ImportBatch.objects.filter(state=BatchState.UNDONE).values_list("pk", flat=True)
    return record.entries_about(RECORD, undone)


def undo(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Take a batch back: prepared outside, written inside one transaction."""
    if batch.state != BatchState.WRITTEN:
        raise Refused(Problem("sheets.batch_undone", params={"batch": str(batch.uid)}))
    reversal = prepare_undo(batch)
    require_undisturbed(batch, reversal)
    return import_undo(actor, batch=batch, reversal=reversal)
