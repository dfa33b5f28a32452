"""One record by its public identifier, within the actor's range; ``NotFound`` for everything else."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q

from anlan.kernel.actors import Actor
from anlan.kernel.problems import NotFound
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
    SupportProgramme,
)
from anlan.registers.queries.details import open_rows
from anlan.registers.queries.reach import holds_everywhere
from anlan.registers.rules.programmes import programme_that_holds

_LATEST = (F("valid_from").desc(), "-pk")
_HELD = ~Q(valid_to=F("valid_from"))
"""Rows that held on at least one day; others were ended where they began: what turned out not to be."""


def person_by_uid(actor: Actor, uid: UUID) -> Person:
    """A person the actor may see today."""
    found = Person.objects.visible_to(actor).filter(uid=uid).select_related("area").first()
    if found is None:
        raise NotFound(f"person {uid}")
    return found


def household_by_uid(actor: Actor, uid: UUID) -> Household:
    """A household the actor may see today."""
    found = Household.objects.visible_to(actor).filter(uid=uid).select_related("area", "head").first()
    if found is None:
        raise NotFound(f"household {uid}")
    return found


def organization_by_uid(actor: Actor, uid: UUID) -> PartyOrganization:
    """An organisation the actor may see today."""
    rows = PartyOrganization.objects.visible_to(actor).filter(uid=uid).select_related("parent", "area")
    found = rows.first()
    if found is None:
        raise NotFound(f"organization {uid}")
    return found


def membership_by_uid(actor: Actor, uid: UUID) -> Membership:
    """A membership in an organisation the actor may see, of a person who is in the actor's range today.

    A former branch keeps the fact in its lists of those days; the person's facts of today are not its own.
    """
    rows = Membership.objects.visible_to(actor).filter(uid=uid)
    found = rows.select_related("person", "organization__area").first()
    if found is not None and visible_persons(actor, [found.person_id], "registers.member_view"):
        return found
    raise NotFound(f"member {uid}")


def visible_persons(actor: Actor, keys: list[int], permission: str = "registers.person_view") -> set[int]:
    """Those of the persons who are in the actor's range today."""
    return set(Person.objects.visible_to(actor, permission).filter(pk__in=keys).values_list("pk", flat=True))


def visible_households(actor: Actor, keys: list[int]) -> set[int]:
    """Those of the households that are in the actor's range today."""
    if holds_everywhere(actor, "registers.household_view"):
        # A household always stands somewhere in the county; a person may have left it.
        return set(keys)
    return set(Household.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def visible_organizations(actor: Actor, keys: list[int]) -> set[int]:
    """Those of the organisations that are in the actor's range today."""
    if holds_everywhere(actor, "registers.organization_view"):
        return set(keys)
    return set(PartyOrganization.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def contacts_of(person: Person) -> list[PersonContact]:
    """All contacts of a person, those in force first."""
    return list(person.contacts.order_by(F("valid_to").desc(nulls_first=True), "kind", "pk"))


def homes_of(person: Person) -> list[HouseholdMembership]:
    """The households a person belonged to, the latest first."""
    return list(person.household_memberships.filter(_HELD).select_related("household").order_by(*_LATEST))


def resettlement_history(person: Person) -> list[ResettlementRecord]:
    """What was verified about a person's resettlement over time, the latest first."""
    return list(person.resettlements.filter(_HELD).select_related("programme").order_by(*_LATEST))


def memberships_over_time(person: Person) -> list[Membership]:
    """The organisations and stages of a person over time, the latest first."""
    return list(person.memberships.filter(_HELD).select_related("organization").order_by(*_LATEST))


def spells_over_time(person: Person) -> list[FloatingSpell]:
    """Where a member worked far away over time, the latest first."""
    return list(person.floating_spells.filter(_HELD).order_by(*_LATEST))


def posts_of(person: Person) -> list[Appointment]:
    """The posts a person holds and held, the latest first."""
    return list(person.appointments.filter(_HELD).select_related("organization").order_by(*_LATEST))


def residents_of(household: Household) -> list[HouseholdMembership]:
    """Everybody who belongs or belonged to a household, the head's relation first, by birth."""
    rows = household.memberships.filter(_HELD).select_related("person")
    return list(rows.order_by("relation", F("person__birth_date").asc(nulls_last=True), "pk"))


def in_household(row: HouseholdMembership, day: date) -> bool:
    """Whether somebody belonged to the household on the day and lived."""
    dead = row.person.died_on is not None and row.person.died_on <= day
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to) and not dead


def places_in(household: Household, besides: Person | None = None) -> list[HouseholdMembership]:
    """The places of everybody who belongs to a household now, by relation; without one of them if asked."""
    rows = household.memberships.filter(valid_to=None).select_related("person")
    if besides is not None:
        rows = rows.exclude(person=besides)
    return list(rows.order_by("relation", F("person__birth_date").asc(nulls_last=True), "pk"))


def place_of(person: Person) -> HouseholdMembership | None:
    """The household a person belongs to now."""
    rows = person.household_memberships.filter(valid_to=None)
    return rows.select_related("household__area", "household__head").first()


def open_resettlement(person: Person) -> ResettlementRecord | None:
    """What is verified about a person's resettlement now."""
    return person.resettlements.filter(valid_to=None).select_related("programme").first()


def programme_on(moved_on: date | None, day: date) -> SupportProgramme | None:
    """The programme somebody moved on a day falls under, see ``programme_that_holds``."""
    return programme_that_holds(SupportProgramme.objects.all(), moved_on, day)


def residences_over_time(household: Household) -> list[HouseholdResidence]:
    """Where a household lives and lived, the latest first."""
    return list(household.residences.filter(_HELD).select_related("area").order_by(*_LATEST))


def names_over_time(organization: PartyOrganization) -> list[OrganizationVersion]:
    """What an organisation was called and under whom it stood, the latest first."""
    return list(organization.versions.filter(_HELD).select_related("parent", "area").order_by(*_LATEST))


def posts_in(organization: PartyOrganization, day: date) -> list[Appointment]:
    """Who holds the posts of an organisation on the day."""
    return list(organization.appointments.filter(open_rows(day)).select_related("person").order_by("pk"))


def open_posts_of(organization: PartyOrganization) -> list[Appointment]:
    """The posts of an organisation that have not ended."""
    return list(organization.appointments.filter(valid_to=None).select_related("person").order_by("pk"))


def children_of(organization: PartyOrganization, day: date) -> list[OrganizationVersion]:
    """The organisations directly below one on the day, as they were called then."""
    rows = OrganizationVersion.objects.filter(open_rows(day), parent=organization)
    return list(rows.select_related("organization", "area").order_by("organization__path"))
