"""Where register rows lie and under which record their changes are kept."""

from collections.abc import Sequence

from anlan.kernel import changes, permissions
from anlan.kernel.permissions import Place
from anlan.places.queries import county
from anlan.registers.models import (
    Appointment,
    BulkEdit,
    ContactPoint,
    ContactPointDuty,
    Cover,
    FloatingSpell,
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    OfficerCover,
    OrganizationVersion,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
    SupportAmount,
    SupportProgramme,
    Unit,
    UnitHeadcount,
    UnitVersion,
)


def register() -> None:
    """Fill the kernel's registries for all register models."""
    _register_records()
    changes.register_salts("person", person_salts)
    permissions.register_resolver(Person, person_places)
    permissions.register_resolver(Household, lambda row: [("area", row.area.path)])
    permissions.register_resolver(PartyOrganization, organization_places)
    permissions.register_resolver(Membership, lambda row: organization_places(row.organization))
    permissions.register_resolver(Appointment, lambda row: organization_places(row.organization))
    permissions.register_resolver(BulkEdit, bulk_places)
    for model in (PersonContact, ResettlementRecord, FloatingSpell):
        permissions.register_resolver(model, lambda row: person_places(row.person))
    permissions.register_resolver(Unit, unit_places)
    permissions.register_resolver(UnitHeadcount, lambda row: unit_places(row.unit))
    permissions.register_resolver(ContactPoint, lambda row: [("area", row.area.path)])
    permissions.register_resolver(ContactPointDuty, lambda row: [("area", row.contact_point.area.path)])
    for covering in (Cover, OfficerCover):
        permissions.register_resolver(covering, cover_places)


def _register_records() -> None:
    keep = changes.register_record
    keep(Person, lambda row: [("person", row.pk)])
    for model in (PersonContact, ResettlementRecord, FloatingSpell):
        keep(model, lambda row: [("person", row.person_id)])
    keep(HouseholdMembership, lambda row: [("person", row.person_id), ("household", row.household_id)])
    keep(Membership, lambda row: [("person", row.person_id), ("organization", row.organization_id)])
    keep(Household, lambda row: [("household", row.pk)])
    keep(HouseholdResidence, lambda row: [("household", row.household_id)])
    keep(PartyOrganization, lambda row: [("organization", row.pk)])
    keep(OrganizationVersion, lambda row: [("organization", row.organization_id)])
    keep(Appointment, lambda row: [("organization", row.organization_id)])
    keep(Unit, lambda row: [("unit", row.pk)])
    for of_unit in (UnitVersion, UnitHeadcount):
        keep(of_unit, lambda row: [("unit", row.unit_id)])
    keep(ContactPoint, lambda row: [("contact_point", row.pk)])
    keep(ContactPointDuty, lambda row: [("contact_point", row.contact_point_id)])
    keep(Cover, lambda row: [_target_record(row), ("organization", row.organization_id)])
    keep(OfficerCover, lambda row: [_target_record(row)])
    keep(SupportProgramme, lambda row: [("programme", row.pk)])
    keep(SupportAmount, lambda row: [("programme", row.programme_id)])


def person_salts(ids: Sequence[int]) -> dict[int, bytes]:
    """The salts of the persons' payload keys; an erased person has none."""
    rows = Person.objects.filter(pk__in=ids, salt__isnull=False).values_list("pk", "salt")
    return {pk: bytes(salt) for pk, salt in rows if salt is not None}


def person_places(person: Person) -> list[Place]:
    """A person lies where they live and in the organisations they belong to today."""
    places: list[Place] = [("area", person.area.path)] if person.area else []
    for membership in person.memberships.filter(valid_to=None).select_related("organization__area"):
        places.extend(organization_places(membership.organization))
    return places


def organization_places(organization: PartyOrganization) -> list[Place]:
    """An organisation lies in both trees."""
    return [("organization", organization.path), ("area", organization.area.path)]


def bulk_places(bulk: BulkEdit) -> list[Place]:
    """A bulk correction lies where whoever made it may correct; the whole county is the county's area."""
    whole = county()
    path = bulk.path or (whole.path if whole else "")
    return [("area", path)]


def unit_places(unit: Unit) -> list[Place]:
    """A unit lies in its area and in the organisation that covers it today."""
    places: list[Place] = [("area", unit.area.path)]
    for cover in unit.covers.filter(valid_to=None).select_related("organization"):
        places.append(("organization", cover.organization.path))
    return places


def cover_places(cover: Cover | OfficerCover) -> list[Place]:
    """What covers something lies where that lies."""
    if cover.unit is not None:
        return unit_places(cover.unit)
    return [("area", cover.area.path)] if cover.area is not None else []


def _target_record(cover: Cover | OfficerCover) -> changes.Record:
    return ("unit", cover.unit_id) if cover.unit_id is not None else ("area", cover.area_id or 0)
