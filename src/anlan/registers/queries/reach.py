"""The populations of a day as far as an actor's ranges go: what lists show and figures count.

A range reads the register as it was on that day: figures count somebody who has moved on since on the days
on which they lived here. Lists name rows, and so do pages of single records: they ask ``visible_to`` besides,
which looks at today (decision 0007).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from anlan.kernel.actors import Actor
from anlan.kernel.paths import Range, path_ids
from anlan.kernel.permissions import ranges_for
from anlan.places.queries import path_on as area_path_on
from anlan.registers.dimensions.populations import (
    MEMBER_STAGES,
    areas_within,
    households_on,
    members_on,
    organization_path_on,
    organizations_on,
    organizations_within,
    residents_on,
)
from anlan.registers.models import (
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    PartyOrganization,
    Person,
)
from anlan.registers.queries.details import open_rows

M = TypeVar("M", bound=Model)
_NOTHING = Q(pk__in=())


def ranges_on(actor: Actor, permission: str, day: date) -> tuple[Range, ...]:
    """The actor's ranges with the paths of a day: what they hold today, where it lay then.

    What did not exist on the day holds nothing. One query for each range that is not a whole tree.
    """
    found = []
    for reach in ranges_for(actor, permission):
        path = reach.path if reach.is_whole else _path_on(reach, day)
        if path or reach.is_whole:
            found.append(Range(reach.tree, path))
    return tuple(found)


def _path_on(reach: Range, day: date) -> str:
    path_on = area_path_on if reach.tree == "area" else organization_path_on
    return path_on(path_ids(reach.path)[-1], day)


def residents_in_reach(
    actor: Actor,
    day: date,
    permission: str = "registers.person_view",
    *,
    area_path: str = "",
    by_household: bool = False,
) -> QuerySet[Person]:
    """Residents of the day in the actor's area ranges, and the members of the organisation ranges.

    ``area_path`` narrows them to those living within an area. Over the whole county the condition is put as a
    question for each person, so that a page in order of names reads no more persons than it shows; over a
    part of it, and to put them in the order of households, as a join, which starts from the part.
    """
    ranges = ranges_on(actor, permission, day)
    if not area_path and not by_household and any(_is_county(reach) for reach in ranges):
        return _resident_somewhere(day)
    residents = residents_on(day, area_path)
    if len(ranges) == 1 and ranges[0].tree == "area" and not area_path:
        return residents_on(day, ranges[0].path)
    return _within(residents, ranges, lambda reach: _resident_in(reach, day))


def holds_everywhere(actor: Actor, permission: str) -> bool:
    """Whether the actor holds the permission in the whole county, so that nobody can be out of the range."""
    return any(_is_county(reach) for reach in ranges_for(actor, permission))


def _is_county(reach: Range) -> bool:
    return reach.tree == "area" and reach.is_whole


def _resident_somewhere(day: date) -> QuerySet[Person]:
    """The same persons as ``residents_on`` of the whole tree."""
    residence = HouseholdResidence.objects.filter(open_rows(day), household=OuterRef("household_id"))
    homes = HouseholdMembership.objects.filter(open_rows(day), Exists(residence), person=OuterRef("pk"))
    return Person.objects.filter(Q(died_on=None) | Q(died_on__gt=day), Exists(homes))


def households_in_reach(
    actor: Actor, day: date, permission: str = "registers.household_view"
) -> QuerySet[Household]:
    """Households of the day living in the actor's area ranges."""
    ranges = [one for one in ranges_on(actor, permission, day) if one.tree == "area"]
    if len(ranges) == 1:
        return households_on(day, ranges[0].path)
    whole = households_on(day, "")
    return _within(whole, ranges, lambda reach: Q(home_area_id__in=areas_within(reach.path, day)))


def members_in_reach(
    actor: Actor, day: date, permission: str = "registers.member_view"
) -> QuerySet[Membership]:
    """Full and probationary members of the day in the actor's ranges, over either tree."""
    ranges = ranges_on(actor, permission, day)
    if len(ranges) == 1:
        return members_on(day, ranges[0].tree, ranges[0].path)
    return _within(members_on(day, "area", ""), ranges, lambda reach: _organization_in(reach, day))


def organizations_in_reach(
    actor: Actor, day: date, permission: str = "registers.organization_view"
) -> QuerySet[PartyOrganization]:
    """Organisations of the day in the actor's ranges, over either tree."""
    ranges = ranges_on(actor, permission, day)
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
