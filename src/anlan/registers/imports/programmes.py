"""Which support programme a resettled person falls under when a sheet only says that they are supported."""

from datetime import date

from anlan.registers.models import SupportProgramme
from anlan.sheets.kinds import ImportContext

_STORE = "registers.programmes"


def programme_on(context: ImportContext, moved_on: date | None, day: date) -> int | None:
    """The latest programme that had begun on the day the facts hold, None when there is none.

    Whoever moved before a programme began belongs to its first group (国发〔2006〕17号), so the day of moving
    rules out only programmes that ended before it.
    """
    if _STORE not in context.store:
        rows = SupportProgramme.objects.order_by("-valid_from").values_list("pk", "valid_from", "valid_to")
        context.store[_STORE] = list(rows)
    for own_id, begins, ends in context.store[_STORE]:
        if begins <= day and (moved_on is None or ends is None or moved_on < ends):
            return int(own_id)
    return None
