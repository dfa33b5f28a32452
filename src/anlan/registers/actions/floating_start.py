"""A member who goes away to work."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.person_rows import require_living
from anlan.registers.derive import partial_columns
from anlan.registers.models import FloatingSpell, Person
from anlan.registers.rules.memberships import floating_problems


@action("registers.floating_start", label=_("登记流动党员"), on="person")
def floating_start(
    change: Change, *, person: Person, on: date, destination: str, since: PartialDate | None = None
) -> FloatingSpell:
    """Register a member as floating from ``on``; ``since`` is when they left, as precisely as it is known.

    Refused: no destination, somebody who is no member or is registered already, the dead, a day to come or
    before the last time away ended.
    """
    person = locked(person)
    require_living(person)
    if not plain(destination):
        raise Refused(Problem("value.required", "destination"))
    membership = person.memberships.filter(valid_to=None).first()
    refuse(floating_problems(membership.stage if membership else "", since, today=change.today))
    ends = list(person.floating_spells.values_list("valid_to", flat=True))
    if None in ends:
        raise Refused(Problem("floating.exists", "person"))
    require_day(change, on, max((day for day in ends if day is not None), default=None))
    spell = FloatingSpell(
        person=person, destination=plain(destination), **partial_columns("since", since), valid_from=on
    )
    change.create(spell)
    return spell
