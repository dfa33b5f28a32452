"""How many work in a unit from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, refuse, require_day, turn
from anlan.registers.actions.unit_rows import require_open_unit
from anlan.registers.models import Unit, UnitHeadcount
from anlan.registers.rules.units import Headcount, headcount_problems


@action("registers.headcount_state", label=_("登记从业人数"), on="unit")
def headcount_state(change: Change, *, unit: Unit, count: Headcount, on: date) -> UnitHeadcount:
    """State how many resettlers, members and full members work in a unit from ``on``.

    What is None is not known then. Refused: nothing stated, a number below zero, more full members than
    members, an ended unit, a day to come or before the present headcount began.
    """
    unit = locked(unit)
    require_open_unit(unit)
    refuse(headcount_problems(count))
    require_day(change, on, unit.valid_from)
    now = unit.headcounts.filter(valid_to=None).select_for_update(of=("self",)).first()
    if now is not None:
        return turn(change, now, on, **count._asdict())
    row = UnitHeadcount(unit=unit, valid_from=on, **count._asdict())
    change.create(row)
    return row
