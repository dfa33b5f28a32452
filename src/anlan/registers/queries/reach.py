"""The populations of a day as far as an actor's ranges go: what lists show and figures count.

A range reads the register as it was on that day: somebody who has moved on since stands in the lists of the
days on which they lived here. Pages of single records ask ``visible_to`` instead, which looks at today.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from anlan.kernel.actors import Actor
from anlan.kernel.paths import Range
from anlan.kernel.permissions import ranges_for
from anlan.registers.dimensions.populations import (
    MEMBER_STAGES,
    areas_within,
    households_on,
    members_on,
    organizations_on,
    organizations_within,
    residents_on,
)
from anlan.registers.models import Household, Membership, PartyOrganization, Person

M = TypeVar("M", bound=Model)
_NOTHING = Q(pk__in=())


def residents_in_reach(
    actor: Actor, day: date, permission: str = "registers.person_view"
) -> QuerySet[Person]:
    """Residents of the day in the actor's area ranges, and the members of the organisation ranges."""
    ranges = ranges_for(actor, permission)
    if len(ranges) == 1 and ranges[0].tree == "area":
        return residents_on(day, ranges[0].path)
    return _within(residents_on(day, ""), ranges, lambda reach: _resident_in(reach, day))


def households_in_reach(
    actor: Actor, day: date, permission: str = "registers.household_view"
) -> QuerySet[Household]:
    """Households of the day living in the actor's area ranges."""
    ranges = [one for one in ranges_for(actor, permission) if one.tree == "area"]
    if len(ranges) == 1:
        return households_on(day, ranges[0].path)
    whole = households_on(day, "")
    return _within(whole, ranges, lambda reach: Q(home_area_id__in=areas_within(reach.path, day)))


def members_in_reach(
    actor: Actor, day: date, permission: str = "registers.member_view"
) -> QuerySet[Membership]:
    """Full and probationary members of the day in the actor's ranges, over either tree."""
    ranges = ranges_for(actor, permission)
    if len(ranges) == 1:
        return members_on(day, ranges[0].tree, ranges[0].path)
    return _within(members_on(day, "area", ""), ranges, lambda reach: _organization_in(reach, day))


def organizations_in_reach(
    actor: Actor, day: date, permission: str = "registers.organization_view"
) -> QuerySet[PartyOrganization]:
    """Organisations of the day in the actor's ranges, over either tree."""
    ranges = ranges_for(actor, permission)
    if len(ranges) == 1:
        return organizations_on(day, ranges[0].tree, ranges[0].path)
    return _within(
        organizations_on(day, "area", ""),
        ranges,
        lambda reach: Q(pk__in=organizations_within(reach.tree, reach.path, day)),
    )


def _within(
    queryset: QuerySet[M], ranges: Sequence[Range], condition_of: Callable[[Range], Q]
) -> QuerySet[M]:
    condition = _NOTHING
    for reach in ranges:
        if not reach.path:
            return queryset
        condition |= condition_of(reach)
    return queryset.filter(condition)


def _organization_in(reach: Range, day: date) -> Q:
    return Q(organization_id__in=organizations_within(reach.tree, reach.path, day))


def _resident_in(reach: Range, day: date) -> Q:
    if reach.tree == "area":
        return Q(home_area_id__in=areas_within(reach.path, day))
    members = Membership.objects.open_on(day).filter(_organization_in(reach, day))
    return Q(pk__in=members.filter(stage__in=MEMBER_STAGES).values("person"))
