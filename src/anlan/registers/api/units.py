"""Units, contact points and coverage for other programmes: the lists of the pages, phones masked."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from anlan.kernel.permissions import holds
from anlan.registers.api import AreaRef, Ref, day_asked
from anlan.registers.queries.coverage import Covered
from anlan.registers.queries.unit_reach import contact_point_by_uid, unit_by_uid
from anlan.registers.tables import ContactPointListing, CoveredAreaListing, UnitListing
from anlan.registers.tables.units import masked_phone
from anlan.web.api import ListOut, actor_of, list_page, list_query

router = Router()
Out = dict[str, Any]


class CovererOut(Schema):
    """The organisation that covers something: ``by`` is ``assigned`` or ``area`` (its own place is there)."""

    organization: Ref
    by: str
    setup_mode: str


class OfficerOut(Schema):
    """Who is responsible; the name is empty for callers who may not see names."""

    duty: str
    name: str
    by: str


class CoverOut(Schema):
    """What covers a point, a village or a unit on the day."""

    organization: CovererOut | None
    officers: list[OfficerOut]


class UnitOut(Schema):
    """A unit on the day; numbers are null where nothing is stated."""

    uid: UUID
    name: str
    kind: str
    area: AreaRef
    trade: str
    credit_code: str
    contact_name: str
    phone: str
    resettlers: int | None
    members: int | None
    full_members: int | None
    work_starts_on: date | None
    work_ends_on: date | None
    cover: CoverOut
    valid_from: date
    valid_to: date | None


class ContactPointOut(Schema):
    """A contact point on the day."""

    uid: UUID
    name: str
    tier: str
    area: AreaRef
    place: str
    officer_name: str
    phone: str
    opening: str
    valid_from: date
    valid_to: date | None


class CoveredAreaOut(Schema):
    """A village or resettlement point on the day, with what covers it."""

    code: str
    name: str
    kind: str
    cover: CoverOut


def _cover(covered: Covered | None, *, named: bool) -> Out:
    organization = covered.organization if covered else None
    return {
        "organization": organization
        and {
            "organization": {"uid": organization.uid, "name": organization.name},
            "by": organization.by,
            "setup_mode": organization.setup_mode,
        },
        "officers": [
            {"duty": row.duty, "name": row.name if named else "", "by": row.by}
            for row in (covered.officers if covered else ())
        ],
    }


def _unit(row: Any) -> Out:
    count, named = row.headcount, row.may_see_names
    return {
        "uid": row.uid,
        "name": row.shown_name,
        "kind": row.shown_kind,
        "area": row.shown_area,
        "trade": row.trade,
        "credit_code": row.credit_code,
        "contact_name": row.contact_name if named else "",
        "phone": masked_phone(row) if named else "",
        "resettlers": count.resettlers if count else None,
        "members": count.members if count else None,
        "full_members": count.full_members if count else None,
        "work_starts_on": row.work_starts_on,
        "work_ends_on": row.work_ends_on,
        "cover": _cover(row.covered, named=named),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.get(
    "/units",
    response=ListOut[UnitOut],
    url_name="units",
    tags=["units"],
    summary="单位清单",
    openapi_extra=list_query(UnitListing),
)
def units(request: HttpRequest) -> Out:
    """Units within the caller's range; the query is that of the page."""
    listing = UnitListing()
    return list_page(request, listing, actor_of(request, listing.permission), _unit)


@router.get("/units/{uid}", response=UnitOut, url_name="unit", tags=["units"], summary="一个单位")
def unit(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One unit; 404 outside the caller's range."""
    listing, day = UnitListing(), day_asked(on)
    listing.actor = actor_of(request, listing.permission)
    found = unit_by_uid(listing.actor, uid)
    listing.attach([found], day)
    return _unit(found)


def _contact_point(row: Any) -> Out:
    duty, named = row.duty, row.may_see_names
    return {
        "uid": row.uid,
        "name": row.name,
        "tier": row.tier,
        "area": row.area,
        "place": duty.place if duty else "",
        "officer_name": duty.officer_name if duty and named else "",
        "phone": masked_phone(duty) if duty and named else "",
        "opening": duty.opening if duty else "",
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@router.get(
    "/contact-points",
    response=ListOut[ContactPointOut],
    url_name="contact_points",
    tags=["units"],
    summary="联系点清单",
    openapi_extra=list_query(ContactPointListing),
)
def contact_points(request: HttpRequest) -> Out:
    """Contact points within the caller's range; the query is that of the page."""
    listing = ContactPointListing()
    return list_page(request, listing, actor_of(request, listing.permission), _contact_point)


@router.get(
    "/contact-points/{uid}",
    response=ContactPointOut,
    url_name="contact_point",
    tags=["units"],
    summary="一个联系点",
)
def contact_point(request: HttpRequest, uid: UUID, on: date | None = None) -> Out:
    """One contact point; 404 outside the caller's range."""
    listing, day = ContactPointListing(), day_asked(on)
    listing.actor = actor_of(request, listing.permission)
    found = contact_point_by_uid(listing.actor, uid)
    listing.attach([found], day)
    return _contact_point(found)


@router.get(
    "/covered-areas",
    response=ListOut[CoveredAreaOut],
    url_name="covered_areas",
    tags=["units"],
    summary="村和居民点的覆盖",
    openapi_extra=list_query(CoveredAreaListing),
)
def covered_areas(request: HttpRequest) -> Out:
    """Villages and points within the caller's range with what covers them; the query is that of the page."""
    listing = CoveredAreaListing()
    actor = actor_of(request, listing.permission)
    named = holds(actor, "registers.member_view")

    def write(row: Any) -> Out:
        cover = _cover(row.covered, named=named)
        return {"code": row.code, "name": row.shown_name, "kind": row.kind, "cover": cover}

    return list_page(request, listing, actor, write)
