"""Another name or kind of a unit from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.unit_rows import require_free_unit, require_open_unit, restate_unit
from anlan.registers.models import Unit
from anlan.registers.rules.units import UnitFacts, unit_problems


@action("registers.unit_rename", label=_("变更单位名称"), on="unit")
def unit_rename(change: Change, *, unit: Unit, on: date, name: str = "", kind: str = "") -> Unit:
    """Give a unit another name or kind from ``on``.

    Refused: nothing different, an unknown kind, a name another unit of the kind bears in the area, an ended
    unit, a day to come or before the present name began.
    """
    unit = locked(unit)
    require_open_unit(unit)
    name, kind = plain(name).replace(" ", "") or unit.name, kind or unit.kind
    if (name, kind) == (unit.name, unit.kind):
        raise Refused(Problem("unit.unchanged"))
    refuse(unit_problems(UnitFacts(name, kind)))
    require_free_unit(name, kind, unit.area, "", besides=unit.pk)
    require_day(change, on)
    restate_unit(change, unit, on, name=name, kind=kind)
    return unit
