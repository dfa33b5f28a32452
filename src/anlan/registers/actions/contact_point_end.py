"""A contact point that is given up."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.models import ContactPoint


@action("registers.contact_point_end", label=_("撤销联系点"), on="contact_point")
def contact_point_end(change: Change, *, contact_point: ContactPoint, on: date) -> ContactPoint:
    """End a contact point from ``on`` (exclusive); refused when it ended, on a day to come, before its last
    change.
    """
    contact_point = locked(contact_point)
    if contact_point.valid_to is not None:
        raise Refused(Problem("contact_point.ended", "contact_point", {"name": contact_point.name}))
    duty = contact_point.duties.get(valid_to=None)
    require_day(change, on, duty.valid_from)
    close(change, duty, on)
    close(change, contact_point, on)
    return contact_point
