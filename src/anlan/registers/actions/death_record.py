"""A death, and everything that ends with it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close, locked, refuse, require_reach
from anlan.registers.actions.household_rows import leave
from anlan.registers.actions.person_rows import require_living
from anlan.registers.actions.support_rows import end_support
from anlan.registers.derive import partial_of
from anlan.registers.models import Person
from anlan.registers.rules.households import LeaveReason
from anlan.registers.rules.persons import life_problems


@action("registers.death_record", label=_("登记死亡"), on="person")
def death_record(
    change: Change,
    *,
    person: Person,
    died_on: date,
    new_head: Person | None = None,
    relations: Mapping[int, str] | None = None,
) -> Person:
    """Record a death: from that day the person belongs to no household, organisation or post.

    Support stops from the next payment period (a parameter). A head is followed by ``new_head``, see
    ``leave``. Refused: somebody recorded as dead, a day to come or before birth, a new head who cannot be.
    """
    require_reach(change, "registers.death_record", new_head)
    person = locked(person)
    require_living(person)
    refuse(life_problems(partial_of(person, "birth"), died_on, today=change.today))
    change.begin(person)
    person.died_on = died_on
    change.save(person)
    leave(change, person, died_on, LeaveReason.DEATH, new_head, relations)
    end_support(change, person, died_on, "death")
    for membership in person.memberships.filter(valid_to=None):
        close(change, membership, died_on, end_reason="dead")
    for appointment in person.appointments.filter(valid_to=None):
        close(change, appointment, died_on)
    for spell in person.floating_spells.filter(valid_to=None):
        close(change, spell, died_on)
    return person
