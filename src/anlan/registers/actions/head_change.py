"""Another head of a household."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, require_day
from anlan.registers.actions.household_rows import make_head, require_open
from anlan.registers.actions.person_rows import require_living
from anlan.registers.models import Household, Person


@action("registers.head_change", label=_("变更户主"), on="household")
def head_change(
    change: Change,
    *,
    household: Household,
    head: Person,
    on: date,
    relations: Mapping[int, str] | None = None,
) -> Household:
    """Make a member the head from ``on``; ``relations`` are the others' to the new head, by person id.

    Whoever is not named keeps the relation written; the former head must be named. Refused: the present head,
    somebody of another household, the dead, an ended household, a day to come or before the last change.
    """
    household, head = locked(household), locked(head)
    require_open(household)
    require_living(head, "head")
    require_day(change, on, household.valid_from)
    make_head(change, household, head, on, relations or {})
    return household
