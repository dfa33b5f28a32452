"""What lists and pages show beside a row, read for many rows at once: one query each, as of any day."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Q

from anlan.kernel.codes import HEADS
from anlan.places.models import Area
from anlan.places.queries import full_names
from anlan.registers.dimensions.bands import months_after
from anlan.registers.dimensions.limits import election_warning_months
from anlan.registers.dimensions.organizations import DUE_SOON, IN_TERM, NOT_KNOWN, OVERDUE
from anlan.registers.dimensions.populations import MEMBER_STAGES
from anlan.registers.models import (
    Appointment,
    FloatingSpell,
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    OrganizationVersion,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
)
from anlan.registers.models.person import PHONE

Keys = Collection[int]
T = TypeVar("T")


def open_rows(day: date) -> Q:
    """The condition that a dated row holds on the day (``valid_to`` is exclusive)."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def not_ended(day: date) -> Q:
    """The condition that a dated row holds on the day or on a later one."""
    return Q(valid_to=None) | Q(valid_to__gt=day)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A person's place in a household on a day, and where that household lived."""

    household: Household
    relation: str
    area: Area | None


def belongings_of(persons: Keys, day: date) -> dict[int, Belonging]:
    """The household of each person on the day, with its area of that day. Two queries."""
    rows = HouseholdMembership.objects.filter(open_rows(day), person__in=persons).select_related("household")
    found = {row.person_id: row for row in rows}
    areas = residences_of({row.household_id for row in found.values()}, day)
    return {
        person: Belonging(row.household, row.relation, areas.get(row.household_id))
        for person, row in found.items()
    }


def residences_of(households: Keys, day: date) -> dict[int, Area]:
    """Where each household lived on the day."""
    rows = HouseholdResidence.objects.filter(open_rows(day), household__in=households).select_related("area")
    return {row.household_id: row.area for row in rows}


def resettlements_of(persons: Keys, day: date) -> dict[int, ResettlementRecord]:
    """What was verified about each person's resettlement on the day."""
    rows = ResettlementRecord.objects.filter(open_rows(day), person__in=persons)
    return {row.person_id: row for row in rows}


def memberships_of(persons: Keys, day: date) -> dict[int, Membership]:
    """The membership of each person on the day, with its organisation."""
    rows = Membership.objects.filter(open_rows(day), person__in=persons)
    return {row.person_id: row for row in rows.select_related("person", "organization__area")}


def spells_of(persons: Keys, day: date) -> dict[int, FloatingSpell]:
    """Where each floating member was on the day."""
    rows = FloatingSpell.objects.filter(open_rows(day), person__in=persons)
    return {row.person_id: row for row in rows}


def heads_of(households: Keys, day: date) -> dict[int, Person]:
    """The head of each household on the day; today's where the relations of that day name none."""
    rows = HouseholdMembership.objects.filter(
        open_rows(day), household__in=households, relation__in=HEADS
    ).select_related("person")
    found = {row.household_id: row.person for row in rows}
    named = Household.objects.filter(pk__in=households, head__isnull=False).select_related("head")
    for household in named:
        if household.head is not None:
            found.setdefault(household.pk, household.head)
    return found


def sizes_of(households: Keys, day: date) -> dict[int, int]:
    """How many living persons belong to each household on the day."""
    living = Q(person__died_on=None) | Q(person__died_on__gt=day)
    rows = HouseholdMembership.objects.filter(open_rows(day), living, household__in=households)
    counted = rows.order_by().values_list("household").annotate(size=Count("pk"))
    return dict(counted)


def phones_of(persons: Keys, day: date) -> dict[int, list[str]]:
    """The phones of each person in force on the day, in clear text, the latest first."""
    rows = PersonContact.objects.filter(open_rows(day), person__in=persons, kind=PHONE)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("-valid_from", "-pk"):
        found[row.person_id].append(row.plain_value())
    return found


def organization_versions(organizations: Keys, day: date) -> dict[int, OrganizationVersion]:
    """How each organisation was called, and under whom and where it stood, on the day."""
    rows = OrganizationVersion.objects.filter(open_rows(day), organization__in=organizations)
    return {row.organization_id: row for row in rows.select_related("parent", "area")}


def secretaries_of(organizations: Keys, day: date) -> dict[int, Appointment]:
    """The secretary of each organisation on the day."""
    rows = Appointment.objects.filter(open_rows(day), organization__in=organizations, post="secretary")
    return {row.organization_id: row for row in rows.select_related("person")}


def member_counts(organizations: Keys, day: date) -> Counter[int]:
    """How many members each of the organisations has itself on the day, without those below it."""
    rows = Membership.objects.open_on(day).filter(organization__in=organizations, stage__in=MEMBER_STAGES)
    return Counter(dict(rows.order_by().values_list("organization").annotate(count=Count("pk"))))


def place_names(areas: Collection[Area | None]) -> dict[int, str]:
    """Full names (township, village, group) of the areas, by key. One query."""
    return full_names([area for area in areas if area is not None])


def age_on(person: Person, day: date) -> int | None:
    """A person's age in full years on the day; at death for the dead, None without a birth date.

    A birth known to the year or month counts from its first day, as the statistics count it.
    """
    if person.birth_date is None:
        return None
    end = person.died_on if person.died_on is not None and person.died_on < day else day
    birth = person.birth_date
    return max(end.year - birth.year - ((end.month, end.day) < (birth.month, birth.day)), 0)


def election_state(organization: PartyOrganization, day: date) -> str:
    """The state of the next election as the dimension ``election`` counts it, for one organisation."""
    due = organization.election_due_on
    if due is None or (organization.elected_on is not None and organization.elected_on > day):
        return NOT_KNOWN
    if due < day:
        return OVERDUE
    return DUE_SOON if due <= months_after(day, election_warning_months(day)) else IN_TERM


def grouped_by(rows: Collection[T], key: str) -> dict[int, list[T]]:
    """Rows by one of their key columns, in their order."""
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found
