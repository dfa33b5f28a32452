"""Another officer, place, phone or opening of a contact point from a day on."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, require_day, turn
from anlan.registers.actions.contact_point_rows import DutyFacts, duty_columns
from anlan.registers.models import ContactPoint, ContactPointDuty


@action("registers.contact_point_change", label=_("变更联系点"), on="contact_point")
def contact_point_change(
    change: Change, *, contact_point: ContactPoint, duty: DutyFacts, on: date
) -> ContactPointDuty:
    """Let other facts of a contact point hold from ``on``; a phone that is not stated stays.

    Refused: nothing different, a phone that cannot be one, a contact point that ended, a day to come or
    before the present facts began.
    """
    contact_point = locked(contact_point)
    if contact_point.valid_to is not None:
        raise Refused(Problem("contact_point.ended", "contact_point", {"name": contact_point.name}))
    now = contact_point.duties.select_for_update(of=("self",)).get(valid_to=None)
    columns = duty_columns(duty)
    if not duty.phone or _same_phone(now, columns):
        columns = {name: value for name, value in columns.items() if not name.startswith("phone")}
    if all(getattr(now, name) == value for name, value in columns.items()):
        raise Refused(Problem("contact_point.unchanged"))
    require_day(change, on)
    return turn(change, now, on, **columns)


def _same_phone(now: ContactPointDuty, columns: dict[str, Any]) -> bool:
    """Sealing the same number twice gives other bytes; its index does not differ."""
    return now.phone_index is not None and bytes(now.phone_index) == columns["phone_index"]
