"""Bulk corrections for the sweeps: one that was written in the east, and bare ones of either side."""

from datetime import UTC, date, datetime

from anlan.kernel.uids import new_uid
from anlan.registers.actions.bulk_edit import bulk_edit
from anlan.registers.actions.bulk_edit_rows import BulkOrder, make_plan
from anlan.registers.models import BulkEdit, BulkState, Person
from anlan.registers.rules.bulk_editing import bulk_fact
from tests.cast import SYSTEM, World

_MOMENT = datetime(2026, 6, 30, 9, tzinfo=UTC)


def bulk_of(path: str) -> BulkEdit:
    """A bulk correction made within an area, as far as it is asked who may do what with it."""
    return BulkEdit.objects.create(
        state=BulkState.WRITTEN,
        register="persons",
        fact="person.occupation",
        value="务农",
        changed=1,
        unchanged=0,
        refused=0,
        left_out=0,
        written_at=_MOMENT,
        actor_label="郑东",
        path=path,
    )


def east_bulk(world: World, page: str = "") -> str:
    """The address of a bulk correction that was written within the east."""
    fact = bulk_fact("persons", "person.occupation")
    assert fact is not None
    plan = make_plan(
        SYSTEM, BulkOrder("persons", fact, "务农", "核查"), Person.objects.all(), date(2026, 6, 30)
    )
    plan.prepare()
    uid = new_uid()
    bulk_edit(SYSTEM, uid=uid, plan=plan, digest=plan.digest, words="", moment=_MOMENT)
    BulkEdit.objects.filter(uid=uid).update(path=world.east.path)
    return f"/bulk-edits/{uid}/{page}"
