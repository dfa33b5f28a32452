"""A unit in another area from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.unit_rows import (
    require_free_unit,
    require_open_area,
    require_open_unit,
    restate_unit,
)
from anlan.registers.models import Unit


@action("registers.unit_move", label=_("变更单位所在地"), on="unit")
def unit_move(change: Change, *, unit: Unit, area: Area, on: date) -> Unit:
    """Let a unit lie in another area from ``on``; who covers it stays until that is ended.

    Refused: the same area, one that ended, a name borne there, an ended unit, a day to come or before the
    present place began. An area outside the actor's range is not found.
    """
    require_reach(change, "registers.unit_move", area)
    unit, area = locked(unit), locked(area)
    require_open_unit(unit)
    if area.pk == unit.area_id:
        raise Refused(Problem("unit.unchanged", "area"))
    require_open_area(area)
    require_free_unit(unit.name, unit.kind, area, "", besides=unit.pk)
    require_day(change, on)
    restate_unit(change, unit, on, area_id=area.pk)
    return unit
