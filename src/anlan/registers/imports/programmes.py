"""Which support programme a resettled person falls under when a sheet only says that they are supported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anlan.registers.models import SupportProgramme
from anlan.registers.rules.programmes import programme_that_holds
from anlan.registers.rules.resettlement import support_until
from anlan.sheets.kinds import ImportContext

_STORE = "registers.programmes"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme and its term; ``ends`` is exclusive."""

    id: int
    begins: date
    ends: date | None

    def until(self, moved_on: date | None) -> date | None:
        """When the support of somebody moved on a day ends (exclusive)."""
        return support_until(moved_on, self.begins, self.ends)


def programme_on(context: ImportContext, moved_on: date | None, day: date) -> Programme | None:
    """The programme somebody falls under, see ``programme_that_holds``."""
    return programme_that_holds(_programmes(context), moved_on, day)


def programme_of(context: ImportContext, own_id: int | None) -> Programme | None:
    """The programme with an id."""
    return next((one for one in _programmes(context) if one.id == own_id), None)


def _programmes(context: ImportContext) -> Sequence[Programme]:
    """All programmes, the latest first."""
    if _STORE not in context.store:
        rows = SupportProgramme.objects.order_by("-valid_from").values_list("pk", "valid_from", "valid_to")
        context.store[_STORE] = [Programme(*row) for row in rows]
    found: Sequence[Programme] = context.store[_STORE]
    return found
