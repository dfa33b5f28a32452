"""A unit that is dissolved, or a project that is finished."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.actions.unit_rows import end_covers, require_open_unit
from anlan.registers.models import Unit


@action("registers.unit_end", label=_("注销单位"), on="unit")
def unit_end(change: Change, *, unit: Unit, on: date, document: str = "") -> Unit:
    """End a unit from ``on`` (exclusive), with what covers it and its headcount.

    Refused: an ended unit, a day to come or before its present name and place began.
    """
    unit = locked(unit)
    require_open_unit(unit)
    version = unit.versions.get(valid_to=None)
    require_day(change, on, version.valid_from)
    change.facts |= {"on": on.isoformat(), "document": document}
    end_covers(change, unit, on)
    for row in unit.headcounts.filter(valid_to=None):
        close(change, row, on)
    close(change, version, on)
    close(change, unit, on)
    return unit
