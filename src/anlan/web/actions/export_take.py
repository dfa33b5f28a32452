"""Taking data of persons out of the system: allowed to whoever sees the list, never without a trace."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.web.models import Export
from anlan.web.rules import LONGEST_REASON, without_numbers


@action("web.export_take", label=_("导出名单"), actors=("person",))
def export_take(
    change: Change,
    *,
    taken_at: datetime,
    listing: str,
    title: str,
    form: str,
    filter: str,
    rows: int,
    reason: str = "",
    full: bool = False,
) -> Export:
    """Note that the actor takes ``rows`` rows of a list out as a file; the file is made only afterwards.

    ``filter`` and ``reason`` are kept with long numbers masked. Refused: ``export.reason_missing`` where full
    id numbers are taken without a reason. That the actor may see the list, and its full numbers, is asked by
    the list itself.
    """
    reason = without_numbers(" ".join(reason.split()))[:LONGEST_REASON]
    if full and not reason:
        raise Refused(Problem("export.reason_missing", "reason"))
    assert isinstance(change.actor, PersonActor)
    row = Export(
        taken_at=taken_at,
        actor_id=change.actor.user_id,
        actor_label=change.actor.label[:120],
        listing=listing,
        title=title,
        form=form,
        filter=without_numbers(filter),
        rows=rows,
        full=full,
        reason=reason,
    )
    change.create(row)
    change.reason = reason
    change.facts = {"listing": listing, "form": form, "filter": row.filter, "rows": rows, "full": full}
    return row
