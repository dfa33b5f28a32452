"""Somebody takes a post."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import tidy_name
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.registers.actions.person_rows import require_living
from anlan.registers.derive import sealed_columns
from anlan.registers.models import Appointment, PartyOrganization, Person
from anlan.registers.rules.persons import ContactFacts, contact_problems
from anlan.registers.rules.posts import WITHOUT_TERM, appointment_problems


@action("registers.appointment_start", label=_("任职"), on="organization")
def appointment_start(
    change: Change,
    *,
    organization: PartyOrganization,
    post: str,
    on: date,
    person: Person | None = None,
    name: str = "",
    phone: str = "",
    term_ends_on: date | None = None,
) -> Appointment:
    """Give a post to a person, or to a name (and phone) not yet matched to one, from ``on``.

    The term ends when the organisation's next election is due, unless ``term_ends_on`` says so; posts given
    from outside have none. Refused: an unknown post, one only one may hold that is held, nobody, the dead, a
    term that ends before it begins, an ended organisation, a day to come.
    """
    require_reach(change, "registers.appointment_start", person)
    organization = locked(organization)
    person = locked(person) if person is not None else None
    if person is not None:
        require_living(person)
    name = person.name if person is not None else tidy_name(name)
    held = organization.appointments.filter(post=post, valid_to=None).exists()
    refuse(
        appointment_problems(
            post=post,
            name=name,
            is_held=held,
            organization_open=organization.valid_to is None,
            organization=organization.name,
        )
    )
    require_day(change, on)
    if term_ends_on is not None and term_ends_on <= on:
        raise Refused(Problem("appointment.term", "term_ends_on"))
    row = Appointment(
        organization=organization,
        person=person,
        name=name,
        post=post,
        term_ends_on=term_ends_on or _term_end(organization, post, on),
        valid_from=on,
    )
    if phone:
        refuse(contact_problems(ContactFacts("phone", phone)))
        row.phone, row.phone_index, row.phone_tail = sealed_columns(phone.replace("-", "").replace(" ", ""))
    change.create(row)
    if person is not None:
        change.mention(("person", person.pk))
    return row


def _term_end(organization: PartyOrganization, post: str, on: date) -> date | None:
    due = organization.election_due_on
    return None if post in WITHOUT_TERM or due is None or due <= on else due
