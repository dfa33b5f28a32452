"""Writing posts: given with an organisation that is added, or by themselves."""

from dataclasses import dataclass, replace
from datetime import date

from anlan.kernel.changes import Change
from anlan.kernel.names import tidy_name
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.person_rows import require_living
from anlan.registers.derive import sealed_columns
from anlan.registers.models import Appointment, PartyOrganization, Person
from anlan.registers.rules.persons import ContactFacts, contact_problems
from anlan.registers.rules.posts import WITHOUT_TERM, appointment_problems


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post given to a person, or to a name (and phone) not yet matched to one.

    Without ``on`` it begins as ``rules.posts.begins`` says; without ``term_ends_on`` the term ends when the
    organisation's next election is due.
    """

    post: str
    person: Person | None = None
    name: str = ""
    phone: str = ""
    on: date | None = None
    term_ends_on: date | None = None


def start_post(change: Change, organization: PartyOrganization, given: NewPost, on: date) -> Appointment:
    """Insert a post of an organisation from ``on``. Refused: what ``appointment_start`` refuses."""
    person = locked(given.person) if given.person is not None else None
    if person is not None:
        require_living(person)
    name = person.name if person is not None else tidy_name(given.name)
    refuse(
        appointment_problems(
            post=given.post,
            name=name,
            is_held=organization.appointments.filter(post=given.post, valid_to=None).exists(),
            organization_open=organization.valid_to is None,
            organization=organization.name,
        )
    )
    require_day(change, on)
    if given.term_ends_on is not None and given.term_ends_on <= on:
        raise Refused(Problem("appointment.term", "term_ends_on"))
    row = Appointment(
        organization=organization,
        person=person,
        name=name,
        post=given.post,
        term_ends_on=given.term_ends_on or _term_end(organization, given.post, on),
        valid_from=on,
    )
    if given.phone:
        refuse(replace(one, field="phone") for one in contact_problems(ContactFacts("phone", given.phone)))
        row.phone, row.phone_index, row.phone_tail = sealed_columns(
            given.phone.replace("-", "").replace(" ", "")
        )
    change.create(row)
    if person is not None:
        change.mention(("person", person.pk))
    return row


def _term_end(organization: PartyOrganization, post: str, on: date) -> date | None:
    due = organization.election_due_on
    return None if post in WITHOUT_TERM or due is None or due <= on else due
