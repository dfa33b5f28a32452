"""A post kept under a name is said to be a person's of the register."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, refuse, require_reach
from anlan.registers.actions.person_rows import require_living
from anlan.registers.models import Appointment, Person
from anlan.registers.rules.posts import match_problems


@action("registers.appointment_match", label=_("对应到人"), on="appointment")
def appointment_match(change: Change, *, appointment: Appointment, person: Person) -> Appointment:
    """Say which person of the register holds a post that is kept under a name and phone.

    Refused: another name than the person's (correct the name first), a post that is somebody's already or
    has ended, the dead. A person outside the actor's range is not found.
    """
    require_reach(change, "registers.appointment_match", person)
    appointment, person = locked(appointment), locked(person)
    require_living(person)
    refuse(
        match_problems(
            name=appointment.name,
            person=person.name,
            is_matched=appointment.person_id is not None,
            is_open=appointment.valid_to is None,
        )
    )
    change.begin(appointment)
    appointment.person = person
    change.save(appointment)
    change.mention(("person", person.pk))
    return appointment
