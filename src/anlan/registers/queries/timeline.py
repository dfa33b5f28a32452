"""What happened to one person, from the dated rows: one line a day and event, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anlan.registers.models import Person


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began, changed or ended on a day.

    ``code`` says what: ``birth``, ``death``, and ``household``, ``support``, ``membership``, ``post``,
    ``floating``, each also with ``_end``. ``name`` is the household's number, the organisation, the place;
    ``value`` the relation, mode, stage or post as a code; ``reason`` why something ended.
    """

    day: date
    code: str
    name: str = ""
    value: str = ""
    reason: str = ""


def person_timeline(person: Person) -> list[Event]:
    """Everything the registers know of a person's course, the latest first. Five queries.

    Rows that hold on no day (ended where they began: what turned out not to be) are left out.
    """
    events = [*_life(person), *_homes(person), *_support(person), *_party(person)]
    return sorted(events, key=lambda event: event.day, reverse=True)


def _life(person: Person) -> Iterator[Event]:
    if person.birth_date is not None and person.birth_precision in ("", "day"):
        yield Event(person.birth_date, "birth")
    if person.died_on is not None:
        yield Event(person.died_on, "death")


def _spell(
    code: str, begins: date, ends: date | None, name: str, value: str = "", reason: str = ""
) -> Iterator[Event]:
    """The beginning and the end of one dated row."""
    if begins == ends:
        return
    yield Event(begins, code, name, value)
    if ends is not None:
        yield Event(ends, f"{code}_end", name, value, reason)


def _homes(person: Person) -> Iterator[Event]:
    for row in person.household_memberships.select_related("household"):
        yield from _spell(
            "household", row.valid_from, row.valid_to, row.household.number, row.relation, row.end_reason
        )


def _support(person: Person) -> Iterator[Event]:
    for row in person.resettlements.all():
        yield from _spell(
            "support", row.valid_from, row.valid_to, row.register_number, row.support_mode, row.end_reason
        )


def _party(person: Person) -> Iterator[Event]:
    for row in person.memberships.select_related("organization"):
        yield from _spell(
            "membership", row.valid_from, row.valid_to, row.organization.name, row.stage, row.end_reason
        )
    for post in person.appointments.select_related("organization"):
        yield from _spell("post", post.valid_from, post.valid_to, post.organization.name, post.post)
    for spell in person.floating_spells.all():
        yield from _spell("floating", spell.valid_from, spell.valid_to, spell.destination)
