"""Taking a bulk correction back whole."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel import record, reversal
from anlan.kernel.actions import action
from anlan.kernel.actors import Actor
from anlan.kernel.changes import Change
from anlan.kernel.models import ChangeEntry
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.reversal import Reversal
from anlan.registers.actions.bulk_edit import RECORD
from anlan.registers.models import BulkEdit, BulkState

_NAMED_ENTRIES = 10


@action("registers.bulk_edit_undo", label=_("撤回批量修改"), on="bulk", hands_over=True)
def bulk_edit_undo(change: Change, *, bulk: BulkEdit, reversal: Reversal) -> BulkEdit:
    """Give every row its old value again; ``reversal`` is what ``undo`` prepares.

    Refused when it was taken back already, and when later changes touched the same records (they are named).
    """
    stored = BulkEdit.objects.select_for_update().get(pk=bulk.pk)
    if stored.state != BulkState.WRITTEN:
        raise Refused(Problem("bulk.undone"))
    require_undisturbed(reversal.entry)
    reversal.write(change)
    stored.state = BulkState.UNDONE
    stored.save(update_fields=["state"])
    change.facts |= {"bulk_edit": str(stored.uid), "undoes": reversal.entry.sequence}
    change.mention((RECORD, stored.pk))
    return stored


def undo(actor: Actor, bulk: BulkEdit) -> BulkEdit:
    """Take a bulk correction back: worked out outside, written inside one transaction."""
    if bulk.state != BulkState.WRITTEN:
        raise Refused(Problem("bulk.undone"))
    entry = entry_of(bulk)
    require_undisturbed(entry)
    return bulk_edit_undo(actor, bulk=bulk, reversal=reversal.prepare(entry))


def entry_of(bulk: BulkEdit) -> ChangeEntry:
    """The entry that wrote a bulk correction."""
    return record.history(RECORD, bulk.pk)[-1].entry


def later_changes(entry: ChangeEntry) -> list[ChangeEntry]:
    """Later changes of the same records, but for those taken back themselves."""
    return reversal.later_entries(entry, reversal.taken_back())


def require_undisturbed(entry: ChangeEntry) -> None:
    """Refuse when later changes stand in the way."""
    later = later_changes(entry)
    if later:
        named = "；".join(f"{one.at:%Y-%m-%d} {one.actor_label}" for one in later[:_NAMED_ENTRIES])
        raise Refused(Problem("bulk.later_changes", params={"count": len(later), "entries": named}))


def undone_entries() -> list[int]:
    """Entries of bulk corrections taken back, and of their taking back."""
    undone = BulkEdit.objects.filter(state=BulkState.UNDONE).values_list("pk", flat=True)
    return record.entries_about(RECORD, undone)
