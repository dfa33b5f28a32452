"""The registers for other programmes: the lists of the pages and single records, protected values masked."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from anlan.registers.models import Person
from anlan.registers.queries import lookups
from anlan.registers.queries.details import age_on, belongings_of, resettlements_of
from anlan.registers.tables import HouseholdListing, MemberListing, OrganizationListing, ResidentListing
from anlan.registers.tables.shown import masked_id
from anlan.web import formats
from anlan.web.api import ListOut, actor_of, list_page, list_query

router = Router()
Out = dict[str, Any]


class AreaRef(Schema):
    """An area, by its code."""

    code: str
    name: str


class Ref(Schema):
    """Another record, by its uid."""

    uid: UUID
    name: str


class PersonOut(Schema):
    """A person: codes as in the code lists, ``age`` in full years on the day, the id number masked."""

    uid: UUID
    name: str
    sex: str
    age: int | None
    birth_date: date | None
    birth_precision: str
    ethnic_group: str
    education: str
    id_number: str


class HomeOut(Schema):
    """A person's place in a household on the day: relation code of GB/T 4761."""

    household: Ref
    relation: str
    area: AreaRef | None


class ContactOut(Schema):
    """A phone or account, masked, with its source."""

    kind: str
    value: str
    source: str
    valid_from: date
    valid_to: date | None


class ResettlementOut(Schema):
    """What was verified about a person's resettlement on the day."""

    register_number: str
    from_place: str
    moved_on: date | None
    moved_precision: str
    mode: str
    support_mode: str
    support_until: date | None


class PersonRecord(PersonOut):
    """A person with household, contacts and resettlement on the day."""

    died_on: date | None
    home: HomeOut | None
    contacts: list[ContactOut]
    resettlement: ResettlementOut | None


class HouseholdOut(Schema):
    """A household on the day: ``size`` counts the living; ``valid_to`` is exclusive."""

    uid: UUID
    number: str
    head: Ref | None
    size: int
    area: AreaRef
    valid_from: date
    valid_to: date | None


class RelationOut(Schema):
    """Somebody in a household, with the relation to its head."""

    person: Ref
    relation: str


class HouseholdRecord(HouseholdOut):
    """A household with everybody who belongs to it on the day."""

    persons: list[RelationOut]


class OrganizationOut(Schema):
    """A Party organisation on the day; ``members`` are its own, without those below it."""

    uid: UUID
    code: str
    name: str
    kind: str
    setup_mode: str
    area: AreaRef
    parent: Ref | None
    members: int
    elected_on: date | None
    election_due_on: date | None
    valid_from: date
    valid_to: date | None


class MemberOut(Schema):
    """A membership on the day, with its person and organisation; ``destination`` of a floating member."""

    uid: UUID
    person: PersonOut
    organization: Ref
    stage: str
    joined_on: date | None
    joined_precision: str
    full_member_on: date | None
    floating: bool
    destination: str
    valid_from: date
    valid_to: date | None


def day_asked(on: date | None) -> date:
    """The day asked for, today without one."""
    return on or timezone.localdate()


def _person(person: Person, on: date) -> Out:
    return {
        "uid": person.uid,
        "name": person.name,
        "sex": person.sex,
        "age": age_on(person, on),
        "birth_date": person.birth_date,
        "birth_precision": person.birth_precision,
        "ethnic_group": person.ethnic_group,
        "education": person.education,
        "id_number": masked_id(person),
    }


@router.get(
    "/persons",
    response=ListOut[PersonOut],
    url_name="persons",
    tags=["persons"],
    summary="移民人口清单",
    openapi_extra=list_query(ResidentListing),
)
def persons(request: HttpRequest) -> Out:
    """Residents within the caller's range; the query is that of the page."""
    listing = ResidentListing()
    actor = actor_of(request, listing.permission)
    return list_page(request, listing, actor, lambda row: _person(row, listing.on))


@router.get("/persons/{uid}", response=PersonRecord, url_name="person", tags=["persons"], summary="一个人")
def person(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One person; 404 outside the caller's range."""
    found, day = lookups.person_by_uid(actor_of(request, "registers.person_view"), uid), day_asked(on)
    home = belongings_of([found.pk], day).get(found.pk)
    contacts = [
        {
            "kind": row.kind,
            "value": formats.write_masked(row.plain_value(), row.kind),
            "source": row.source,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        }
        for row in lookups.contacts_of(found)
    ]
    return {
        **_person(found, day),
        "died_on": found.died_on,
        "home": home
        and {
            "household": {"uid": home.household.uid, "name": home.household.number},
            "relation": home.relation,
            "area": home.area,
        },
        "contacts": contacts,
        "resettlement": resettlements_of([found.pk], day).get(found.pk),
    }


@router.get(
    "/households",
    response=ListOut[HouseholdOut],
    url_name="households",
    tags=["households"],
    summary="移民户清单",
    openapi_extra=list_query(HouseholdListing),
)
def households(request: HttpRequest) -> Out:
    """Households within the caller's range; the query is that of the page."""
    listing = HouseholdListing()
    return list_page(request, listing, actor_of(request, listing.permission), _household_line)


def _household_line(row: Any) -> Out:
    return {
        "uid": row.uid,
        "number": row.number,
        "head": row.shown_head,
        "size": row.size,
        "area": row.shown_area,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.get(
    "/households/{uid}", response=HouseholdRecord, url_name="household", tags=["households"], summary="一户"
)
def household(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One household; 404 outside the caller's range."""
    actor, day = actor_of(request, "registers.household_view"), day_asked(on)
    found = lookups.household_by_uid(actor, uid)
    HouseholdListing().attach([found], day)
    inside = [row for row in lookups.residents_of(found) if lookups.in_household(row, day)]
    return {
        **_household_line(found),
        "persons": [{"person": row.person, "relation": row.relation} for row in inside],
    }


def _organization(row: Any) -> Out:
    return {
        "uid": row.uid,
        "code": row.code,
        "name": row.shown_name,
        "kind": row.kind,
        "setup_mode": row.setup_mode,
        "area": row.shown_area,
        "parent": row.shown_parent,
        "members": row.members,
        "elected_on": row.elected_on,
        "election_due_on": row.election_due_on,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.get(
    "/organizations",
    response=ListOut[OrganizationOut],
    url_name="organizations",
    tags=["organizations"],
    summary="党组织清单",
    openapi_extra=list_query(OrganizationListing),
)
def organizations(request: HttpRequest) -> Out:
    """Organisations within the caller's range; the query is that of the page."""
    listing = OrganizationListing()
    return list_page(request, listing, actor_of(request, listing.permission), _organization)


@router.get(
    "/organizations/{uid}",
    response=OrganizationOut,
    url_name="organization",
    tags=["organizations"],
    summary="一个党组织",
)
def organization(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One organisation; 404 outside the caller's range."""
    listing, day = OrganizationListing(), day_asked(on)
    listing.actor = actor_of(request, listing.permission)
    found = lookups.organization_by_uid(listing.actor, uid)
    listing.attach([found], day)
    return _organization(found)


def _member(row: Any, on: date) -> Out:
    return {
        "uid": row.uid,
        "person": _person(row.person, on),
        "organization": {"uid": row.organization.uid, "name": row.organization_name},
        "stage": row.stage,
        "joined_on": row.joined_on,
        "joined_precision": row.joined_precision,
        "full_member_on": row.full_member_on,
        "floating": bool(row.destination),
        "destination": row.destination,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.get(
    "/members",
    response=ListOut[MemberOut],
    url_name="members",
    tags=["members"],
    summary="党员清单",
    openapi_extra=list_query(MemberListing),
)
def members(request: HttpRequest) -> Out:
    """Members within the caller's range; the query is that of the page."""
    listing = MemberListing()
    actor = actor_of(request, listing.permission)
    return list_page(request, listing, actor, lambda row: _member(row, listing.on))


@router.get("/members/{uid}", response=MemberOut, url_name="member", tags=["members"], summary="一名党员")
def member(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One membership; 404 outside the caller's range."""
    listing, day = MemberListing(), day_asked(on)
    found = lookups.membership_by_uid(actor_of(request, listing.permission), uid)
    listing.attach([found], day)
    return _member(found, day)
