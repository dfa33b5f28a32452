"""A marriage, and the household somebody moves into with it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, require_day, require_reach
from anlan.registers.actions.household_rows import join, leave, open_place
from anlan.registers.actions.person_rows import require_living
from anlan.registers.models import Household, Person
from anlan.registers.rules.households import LeaveReason

MARRIED = "20"
"""GB/T 2261.2: 已婚."""


@action("registers.marriage_record", label=_("登记婚姻"), on="person")
def marriage_record(
    change: Change,
    *,
    person: Person,
    on: date,
    spouse: Person | None = None,
    household: Household | None = None,
    relation: str = "",
    new_head: Person | None = None,
    relations: Mapping[int, str] | None = None,
) -> Person:
    """Record that a person married, and let them move into a household (by default the spouse's) from ``on``.

    Whoever is in that household already only changes marital status; so does somebody for whom neither
    household nor spouse is given (who stays where they are). Support is not touched: rights in land and
    support do not hang on marriage. ``new_head`` follows a head who leaves, see ``leave``.

    Refused: marrying oneself, the dead, a second head, no relation, a day to come or before the last change.
    Spouse and household must be in the actor's range.
    """
    require_reach(change, "registers.marriage_record", spouse, household, new_head)
    person = locked(person)
    require_day(change, on)
    if spouse is not None and spouse.pk == person.pk:
        raise Refused(Problem("value.required", "spouse"))
    couple = [person] if spouse is None else [person, locked(spouse)]
    for one in couple:
        require_living(one, "spouse" if one is not person else "person")
        change.begin(one)
        one.marital_status = MARRIED
        change.save(one)
    target = _target(household, couple)
    place = open_place(person)
    if target is not None and (place is None or place.household_id != target.pk):
        leave(change, person, on, LeaveReason.MARRIAGE, new_head, relations)
        join(change, person, target, relation, on)
    return person


def _target(household: Household | None, couple: list[Person]) -> Household | None:
    """The household to move into: the one named, else that of the spouse."""
    if household is not None:
        return locked(household)
    place = open_place(couple[1]) if len(couple) > 1 else None
    return locked(place.household) if place is not None else None
