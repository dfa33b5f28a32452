"""Who and what there was on a day, within an area or organisation: the whole that dimensions divide.

A population of a past day is read from the dated rows (belonging to a household, residence, versions of
areas and organisations), never from where somebody lives or an organisation stands today.
"""

from datetime import date

from django.db.models import F, Q, QuerySet

from anlan.kernel.paths import Tree, subtree
from anlan.places.models import AreaVersion
from anlan.registers.dimensions.dimension import open_on
from anlan.registers.models import Household, Membership, OrganizationVersion, PartyOrganization, Person

MEMBER_STAGES = ("full", "probationary")
"""Who counts as a member; applicants, activists and candidates do not yet."""

_BELONGING = "household_memberships"
_RESIDENCE = "household_memberships__household__residences"


def areas_within(path: str, day: date) -> QuerySet[AreaVersion, int]:
    """The ids of the areas that lay in the subtree on the day ("" is the whole tree)."""
    versions = AreaVersion.objects.filter(_open(day)).filter(subtree("path", path))
    return versions.values_list("area_id", flat=True)


def organizations_within(tree: Tree, path: str, day: date) -> QuerySet[OrganizationVersion, int]:
    """The ids of the organisations that stood in the subtree of either tree on the day."""
    versions = OrganizationVersion.objects.filter(_open(day))
    if tree == "organization":
        versions = versions.filter(subtree("path", path))
    else:
        versions = versions.filter(area_id__in=areas_within(path, day))
    return versions.values_list("organization_id", flat=True)


def organization_path_on(organization_id: int, day: date) -> str:
    """Where an organisation stood in the tree on the day: its path then; "" when it did not exist."""
    rows = OrganizationVersion.objects.filter(_open(day), organization=organization_id)
    return rows.values_list("path", flat=True).first() or ""


def organizations_on(day: date, tree: Tree, path: str) -> QuerySet[PartyOrganization]:
    """The organisations that existed on the day within the subtree."""
    return PartyOrganization.objects.open_on(day).filter(pk__in=organizations_within(tree, path, day))


def members_on(day: date, tree: Tree, path: str) -> QuerySet[Membership]:
    """The memberships (full or probationary) in force on the day in organisations within the subtree."""
    members = Membership.objects.open_on(day).filter(stage__in=MEMBER_STAGES)
    return members.filter(organization_id__in=organizations_within(tree, path, day))


def residents_on(day: date, path: str) -> QuerySet[Person]:
    """The living persons who belonged to a household on the day that then lived within the area.

    ``home_area_id``, ``home_household_id`` and, to put them in order, ``home_code``, ``home_number`` and
    ``home_relation`` are those of the day.
    """
    living = Q(died_on=None) | Q(died_on__gt=day)
    residents = Person.objects.filter(living, open_on(_BELONGING, day), open_on(_RESIDENCE, day))
    # An alias made right after the filter takes its joins; a later filter on the relations would join anew.
    residents = residents.alias(
        home_area_id=F(f"{_RESIDENCE}__area_id"),
        home_household_id=F(f"{_BELONGING}__household_id"),
        home_code=F(f"{_RESIDENCE}__area__code"),
        home_number=F(f"{_BELONGING}__household__number"),
        home_relation=F(f"{_BELONGING}__relation"),
    )
    return residents.filter(Q(home_area_id__in=areas_within(path, day)))


def households_on(day: date, path: str) -> QuerySet[Household]:
    """The households that existed on the day and then lived within the area.

    ``home_area_id`` is that of the day.
    """
    households = Household.objects.open_on(day).filter(open_on("residences", day))
    households = households.alias(home_area_id=F("residences__area_id"))
    return households.filter(Q(home_area_id__in=areas_within(path, day)))


def _open(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
