"""Who stands in the register but on none of the lists of a batch: told, never ended by an import."""

from collections.abc import Collection, Iterable, Set

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import chunks
from anlan.registers.imports.resident_lines import HouseholdGroup
from anlan.registers.models import HouseholdMembership, Membership


def absent_residents(
    areas: AreaDirectory, groups: Iterable[HouseholdGroup], listed: Set[int]
) -> dict[str, int]:
    """Living persons registered in the villages the lists speak of who are not among those ``listed``."""
    villages: dict[int, Place] = {}
    for group in groups:
        village = areas.village_of(group.place.id) or group.place
        if not village.is_new:
            villages[village.id] = village
    known: set[int] = set()
    for village in villages.values():
        ids = [place.id for place in areas.by_id.values() if place.path.startswith(village.path)]
        for chunk in chunks(ids):
            rows = HouseholdMembership.objects.filter(
                person__area_id__in=chunk, person__died_on=None, valid_to=None
            )
            known.update(rows.values_list("person_id", flat=True))
    return {"person": len(known - listed)} if known else {}


def absent_members(organizations: Collection[int], listed: Collection[int]) -> dict[str, int]:
    """Memberships in the organisations the lists speak of that are on none of the lines."""
    known = Membership.objects.filter(organization_id__in=organizations, valid_to=None)
    count = sum(1 for person_id in known.values_list("person_id", flat=True) if person_id not in listed)
    return {"membership": count} if count else {}
