"""Adding a unit to be covered."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.places.models import Area
from anlan.registers.actions.unit_rows import (
    insert_unit,
    phone_columns,
    require_free_unit,
    require_open_area,
    tidy_unit,
)
from anlan.registers.models import Unit
from anlan.registers.rules.units import UnitFacts, unit_problems


@action("registers.unit_add", label=_("登记单位"), on="area")
def unit_add(change: Change, *, facts: UnitFacts, area: Area, on: date) -> Unit:
    """Add a cooperative, association, enterprise, 两新组织 or major project that exists from ``on``.

    Refused: what ``unit_problems`` refuses, a credit code another unit has, a name another unit of the kind
    bears in the area, an area that ended, a day to come.
    """
    area = locked(area)
    facts = tidy_unit(facts)
    refuse(unit_problems(facts))
    require_open_area(area)
    require_free_unit(facts.name, facts.kind, area, facts.credit_code)
    require_day(change, on)
    stated = facts._asdict()
    phone = phone_columns(stated.pop("phone"))
    unit = Unit(area=area, valid_from=on, **stated, **phone)
    insert_unit(change, unit)
    return unit
