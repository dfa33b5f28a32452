"""Writing persons and their contacts: what several verbs share."""

from collections.abc import Iterable
from datetime import date

from anlan.kernel import id_numbers
from anlan.kernel.changes import Change
from anlan.kernel.names import plain, tidy_name
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import refuse
from anlan.places.models import Area
from anlan.registers.derive import id_columns, name_columns, partial_columns, sealed_columns
from anlan.registers.models import Person, PersonContact
from anlan.registers.rules.households import living_problems
from anlan.registers.rules.persons import ContactFacts, PersonFacts, contact_problems, person_problems


def tidy_facts(facts: PersonFacts) -> PersonFacts:
    """The facts as the register keeps them: one spelling of the name and the id number."""
    number = id_numbers.check(facts.id_number).number if facts.id_number else ""
    return facts._replace(
        name=tidy_name(facts.name),
        id_number=number or facts.id_number,
        occupation=plain(facts.occupation),
        address=plain(facts.address),
    )


def add_person(
    change: Change, facts: PersonFacts, *, area: Area | None, on: date, contacts: Iterable[ContactFacts] = ()
) -> Person:
    """Insert a person with their contacts (known from ``on``). The id number decides sex and birth.

    Refused: what ``person_problems`` refuses, and an id number that somebody in the register has.
    """
    facts = tidy_facts(facts)
    refuse(person_problems(facts, today=change.today))
    person = Person(
        area=area,
        name=facts.name,
        **name_columns(facts.name)._asdict(),
        sex=facts.sex,
        **partial_columns("birth", facts.birth),
        **{name: getattr(facts, name) for name in _PLAIN},
    )
    if facts.id_number:
        give_id_number(person, facts.id_number)
    change.create(person)
    for contact in contacts:
        add_contact(change, person, contact, on)
    return person


_PLAIN = ("ethnic_group", "education", "education_text", "marital_status", "occupation", "address")


def give_id_number(person: Person, number: str) -> None:
    """Set a valid id number on a person (not stored yet), with what follows from it; refused when in use."""
    columns = id_columns(number)
    others = Person.objects.filter(id_index=columns["id_index"]).exclude(pk=person.pk)
    if others.exists():
        raise Refused(Problem("person.id_taken", "id_number"))
    for name, value in columns.items():
        setattr(person, name, value)


def add_contact(change: Change, person: Person, contact: ContactFacts, on: date) -> PersonContact:
    """Insert a phone or account known from a day on. Refused: what cannot be one, one the person has."""
    refuse(contact_problems(contact))
    value = contact.value.replace("-", "").replace(" ", "")
    sealed = sealed_columns(value)
    known = PersonContact.objects.filter(person=person, kind=contact.kind, value_index=sealed.whole)
    if known.filter(valid_to=None).exists():
        raise Refused(Problem("contact.exists", "value"))
    row = PersonContact(
        person=person,
        kind=contact.kind,
        value=sealed.sealed,
        value_index=sealed.whole,
        value_tail=sealed.tail,
        note=contact.note,
        source=contact.source,
        valid_from=on,
    )
    change.create(row)
    return row


def require_living(person: Person, field: str = "person") -> None:
    """Refuse somebody who is dead."""
    refuse(living_problems(person.died_on, person.name, field))
