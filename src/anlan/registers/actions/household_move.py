"""A household that lives elsewhere from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.household_rows import (
    move_home,
    require_free_number,
    require_home,
    require_open,
)
from anlan.registers.models import Household


@action("registers.household_move", label=_("整户迁移"), on="household")
def household_move(change: Change, *, household: Household, area: Area, on: date) -> Household:
    """Let a household and everybody in it live in another area from ``on``.

    Refused: the area it lives in, one nobody can live in, a household that ended, a number used in the other
    village, a day to come or before it last moved. An area outside the actor's range is not found.
    """
    require_reach(change, "registers.household_move", area)
    household, area = locked(household), locked(area)
    require_open(household)
    require_home(area)
    if household.area_id == area.pk:
        raise Refused(Problem("household.area_same", "area"))
    require_free_number(household.number, area, besides=household)
    require_day(change, on, area.valid_from)
    move_home(change, household, area, on)
    return household
