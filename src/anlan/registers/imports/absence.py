"""Who stands in the register but on none of the lists of a batch: told, never ended by an import."""

from collections.abc import Collection, Iterable
from typing import Protocol

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import Known, People, chunks
from anlan.registers.models import Membership, Person


class _Line(Protocol):
    place: Place
    known: Known | None


class _Group(Protocol):
    lines: list[_Line]


def absent_residents(areas: AreaDirectory, groups: Iterable[_Group], people: People) -> dict[str, int]:
    """Living persons registered in the villages the lists speak of who are on none of the lines."""
    villages: set[int] = set()
    listed: set[int] = set()
    for group in groups:
        for line in group.lines:
            village = areas.village_of(line.place.id)
            villages.add(village.id if village else line.place.id)
            if line.known and not line.known.is_new:
                listed.add(line.known.id)
    known = 0
    for village_id in villages:
        if areas.by_id[village_id].is_new:
            continue
        path = areas.by_id[village_id].path
        ids = [place.id for place in areas.by_id.values() if place.path.startswith(path) and not place.is_new]
        for chunk in chunks(ids):
            known += (
                Person.objects.filter(
                    area_id__in=chunk,
                    died_on=None,
                    household_memberships__valid_to=None,
                    household_memberships__isnull=False,
                )
                .exclude(pk__in=())
                .count()
            )
    return {"person": max(known - len(listed), 0)} if known else {}


def absent_members(organizations: Collection[int], listed: Collection[int]) -> dict[str, int]:
    """Memberships in the organisations the lists speak of that are on none of the lines."""
    known = Membership.objects.filter(organization_id__in=organizations, valid_to=None)
    count = sum(1 for person_id in known.values_list("person_id", flat=True) if person_id not in listed)
    return {"membership": count} if count else {}
