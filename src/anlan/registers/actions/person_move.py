"""A person who goes to another household, or lives elsewhere on their own."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.household_rows import join, leave, open_place, require_home, settle
from anlan.registers.actions.person_rows import require_living
from anlan.registers.models import Household, Person
from anlan.registers.rules.households import LeaveReason, join_problems


@action("registers.person_move", label=_("个人迁移"), on="person")
def person_move(
    change: Change,
    *,
    person: Person,
    on: date,
    household: Household | None = None,
    relation: str = "",
    area: Area | None = None,
    new_head: Person | None = None,
    relations: Mapping[int, str] | None = None,
) -> Person:
    """Move a person into another household (with a relation to its head), or to an area without household.

    A head who leaves is followed by ``new_head``, see ``leave``. Refused: neither or both given, the
    household they are in, the area where they live, the dead, a second head, a day to come or before their
    last change. A household or area outside the actor's range is not found.
    """
    require_reach(change, "registers.person_move", household, area, new_head)
    person = locked(person)
    require_living(person)
    require_day(change, on)
    if (household is None) == (area is None):
        raise Refused(Problem("value.required", "household"))
    place = open_place(person)
    if household is not None:
        household = locked(household)
        same = place is not None and place.household_id == household.pk
        refuse(join_problems(relation, has_head=household.head_id is not None, same_household=same))
        leave(change, person, on, LeaveReason.MOVE, new_head, relations)
        join(change, person, household, relation, on)
    elif area is not None:
        area = locked(area)
        require_home(area)
        if place is None and person.area_id == area.pk:
            raise Refused(Problem("person.area_same", "area"))
        leave(change, person, on, LeaveReason.MOVE, new_head, relations)
        settle(change, person, area.pk)
    return person
