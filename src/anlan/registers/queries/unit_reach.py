"""Units, contact points and covered areas of a day as far as an actor's ranges go, and one by its uid."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from anlan.kernel.actors import Actor
from anlan.kernel.paths import Range
from anlan.kernel.problems import NotFound
from anlan.places.models import Area, AreaVersion
from anlan.registers.dimensions.populations import areas_within, organizations_within
from anlan.registers.models import (
    ContactPoint,
    ContactPointDuty,
    Cover,
    OrganizationVersion,
    Unit,
    UnitHeadcount,
    UnitVersion,
)
from anlan.registers.queries.details import open_rows
from anlan.registers.queries.reach import ranges_on
from anlan.registers.rules.coverage import COVERED_AREAS

M = TypeVar("M", bound=Model)
_KINDS = tuple(kind.value for kind in COVERED_AREAS)


def units_in_reach(actor: Actor, day: date, permission: str = "registers.unit_view") -> QuerySet[Unit]:
    """Units of the day that lay in the actor's area ranges or were covered from the organisation ranges."""

    def within(reach: Range) -> Q:
        if reach.tree == "area":
            return Q(pk__in=units_within(reach.path, day))
        organizations = organizations_within("organization", reach.path, day)
        covered = Cover.objects.open_on(day).filter(organization_id__in=organizations, unit__isnull=False)
        return Q(pk__in=covered.values("unit_id"))

    return _within(Unit.objects.open_on(day), actor, permission, day, within)


def units_within(path: str, day: date) -> QuerySet[UnitVersion, int]:
    """The ids of the units that lay in the subtree of an area on the day."""
    versions = UnitVersion.objects.filter(open_rows(day), area_id__in=areas_within(path, day))
    return versions.values_list("unit_id", flat=True)


def contact_points_in_reach(
    actor: Actor, day: date, permission: str = "registers.contact_point_view"
) -> QuerySet[ContactPoint]:
    """Contact points of the day in the actor's area ranges."""

    def within(reach: Range) -> Q:
        lies = Q(area_id__in=areas_within(reach.path, day))
        return lies if reach.tree == "area" else Q(pk__in=())

    return _within(ContactPoint.objects.open_on(day), actor, permission, day, within)


def covered_areas_in_reach(
    actor: Actor, day: date, permission: str = "registers.organization_view"
) -> QuerySet[Area]:
    """Villages and points of the day in the actor's area ranges, and where the organisation ranges have
    their place.
    """
    versions = AreaVersion.objects.filter(open_rows(day), kind__in=_KINDS)

    def within(reach: Range) -> Q:
        if reach.tree == "area":
            return Q(pk__in=areas_within(reach.path, day))
        keys = organizations_within("organization", reach.path, day)
        seats = OrganizationVersion.objects.filter(open_rows(day), organization_id__in=keys)
        return Q(pk__in=seats.values("area_id"))

    return _within(Area.objects.filter(pk__in=versions.values("area_id")), actor, permission, day, within)


def _within(
    rows: QuerySet[M], actor: Actor, permission: str, day: date, condition_of: Callable[[Range], Q]
) -> QuerySet[M]:
    """The rows in the actor's ranges as these lay on the day; see decision 0007."""
    condition = Q(pk__in=())
    for reach in ranges_on(actor, permission, day):
        if not reach.path:
            return rows
        condition |= condition_of(reach)
    return rows.filter(condition)


def unit_by_uid(actor: Actor, uid: UUID) -> Unit:
    """A unit the actor may see today."""
    found = Unit.objects.visible_to(actor).filter(uid=uid).select_related("area").first()
    if found is None:
        raise NotFound(f"unit {uid}")
    return found


def contact_point_by_uid(actor: Actor, uid: UUID) -> ContactPoint:
    """A contact point the actor may see today."""
    found = ContactPoint.objects.visible_to(actor).filter(uid=uid).select_related("area").first()
    if found is None:
        raise NotFound(f"contact point {uid}")
    return found


def unit_versions(units: Iterable[int], day: date) -> Mapping[int, UnitVersion]:
    """Name, kind and place of each unit on the day."""
    rows = UnitVersion.objects.filter(open_rows(day), unit__in=list(units)).select_related("area")
    return {row.unit_id: row for row in rows}


def headcounts_of(units: Iterable[int], day: date) -> Mapping[int, UnitHeadcount]:
    """How many worked in each unit on the day, where stated."""
    rows = UnitHeadcount.objects.filter(open_rows(day), unit__in=list(units))
    return {row.unit_id: row for row in rows}


def duties_of(contact_points: Iterable[int], day: date) -> Mapping[int, ContactPointDuty]:
    """Where each contact point was on the day, who was there, when it was open."""
    rows = ContactPointDuty.objects.filter(open_rows(day), contact_point__in=list(contact_points))
    return {row.contact_point_id: row for row in rows}


def units_matching(text: str) -> Q:
    """The condition that a unit is meant: by its name, a former name, pinyin initials or credit code."""
    former = UnitVersion.objects.filter(name__contains=text).values("unit_id")
    found = Q(name__contains=text) | Q(pk__in=former) | Q(trade__contains=text)
    if text.isascii():
        found |= Q(initials__startswith=text.lower()) | Q(credit_code__startswith=text.upper())
    return found


def former_names(unit: Unit) -> list[UnitVersion]:
    """What a unit was called and where it lay, the latest first; rows that held on no day left out."""
    rows = unit.versions.exclude(valid_to=F("valid_from")).select_related("area")
    return list(rows.order_by(F("valid_from").desc(), "-pk"))
