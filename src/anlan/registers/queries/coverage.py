"""Which points, villages and units had an organisation and an officer on a day, and which had not.

Everything within an area is read in a fixed number of queries and decided in plain Python by
``rules.coverage``, so that lists, figures, tree and proposals rest on one answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.db.models import Q

from anlan.accounts.models import RoleGrant
from anlan.accounts.roles import Role
from anlan.kernel.paths import path_ids, subtree
from anlan.places.models import AreaVersion
from anlan.places.rules import AreaKind
from anlan.registers.models import Cover, OfficerCover, OrganizationVersion, UnitVersion
from anlan.registers.parameters import kinds_covered_by_area
from anlan.registers.queries.details import open_rows
from anlan.registers.rules.coverage import COVERED_AREAS, Seat, covering_seat

By = Literal["assigned", "area", ""]
_DUTIES = (Role.RESETTLEMENT_OFFICER.value, Role.LIAISON.value)
_AREA_KINDS = frozenset(kind.value for kind in COVERED_AREAS)


@dataclass(frozen=True, slots=True)
class Target:
    """A point, a village or a unit to be covered, as it was on the day.

    ``kind`` is that of the area or of the unit; ``ref`` what its address names: an area's code, a unit's uid.
    ``above`` are the ids of the areas from its own upwards.
    """

    is_unit: bool
    key: int
    kind: str
    name: str
    ref: str
    area_id: int
    above: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverer:
    """The organisation that covers something: assigned to it, or by having its own place there."""

    key: int
    uid: str
    name: str
    by: By
    setup_mode: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody responsible: assigned by name, or by an account's role over the place."""

    duty: str
    name: str
    by: By


@dataclass(frozen=True, slots=True)
class Covered:
    """One target with what covers it."""

    target: Target
    organization: Coverer | None
    officers: tuple[Officer, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing: ``organization``, ``officer``, both or nothing."""
        missing = ("organization", self.organization is None), ("officer", not self.officers)
        return tuple(name for name, is_missing in missing if is_missing)


class Coverage:
    """All there is to cover within an area on a day ("" is the whole county). Six queries.

    ``path`` is the area's of that day.
    """

    def __init__(self, day: date, path: str = "") -> None:
        self.day, self.path = day, path
        self._areas = self._read_areas()
        self._organizations = self._read_organizations()
        self._seats = self._seats_of_organizations()

    @cached_property
    def all(self) -> tuple[Covered, ...]:
        """Everything to be covered: areas by code, then units by name."""
        covers, officers, roles = self._covers(), self._officers(), self._roles()
        return tuple(
            Covered(
                target,
                self._organization_of(target, covers),
                (*officers.get(_target_key(target), ()), *_by_role(target, roles)),
            )
            for target in (*self._area_targets(), *self._unit_targets())
        )

    @cached_property
    def areas(self) -> Mapping[int, Covered]:
        """The villages and points by the area's key."""
        return {one.target.key: one for one in self.all if not one.target.is_unit}

    @cached_property
    def units(self) -> Mapping[int, Covered]:
        """The units by key."""
        return {one.target.key: one for one in self.all if one.target.is_unit}

    def areas_of_kind(self, kind: str) -> dict[int, AreaVersion]:
        """The areas of a kind within the area, by code."""
        return {key: area for key, area in self._areas.items() if area.kind == kind and self._inside(area)}

    def area(self, key: int) -> AreaVersion | None:
        """An area of the day, None outside."""
        return self._areas.get(key)

    def organizations_within(self) -> dict[int, OrganizationVersion]:
        """The organisations of the day that have their place within the area."""
        inside = {key for key, area in self._areas.items() if self._inside(area)}
        return {key: row for key, row in self._organizations.items() if row.area_id in inside}

    def seats_by_area(self) -> dict[int, int]:
        """The organisation that covers by its place, for each village or point that has one in it."""
        found = {area: covering_seat(seats, (area,)) for area, seats in self._seats.items()}
        return {area: seat.key for area, seat in found.items() if seat is not None}

    def of_organization(self, path: str) -> tuple[Covered, ...]:
        """What the organisations of a subtree cover, by the path of that day."""
        return tuple(
            one
            for one in self.all
            if one.organization and self._organizations[one.organization.key].path.startswith(path)
        )

    def _read_areas(self) -> dict[int, AreaVersion]:
        inside = subtree("path", self.path) | Q(area_id__in=path_ids(self.path)) if self.path else Q()
        rows = AreaVersion.objects.filter(open_rows(self.day)).filter(inside)
        return {row.area_id: row for row in rows.order_by("code", "area_id")}

    def _inside(self, area: AreaVersion) -> bool:
        return bool(area.path.startswith(self.path))

    def _area_targets(self) -> Iterable[Target]:
        for key, area in self._areas.items():
            if area.kind in _AREA_KINDS and self._inside(area):
                yield Target(False, key, area.kind, area.name, area.code, key, _above(area.path))

    def _unit_targets(self) -> Iterable[Target]:
        rows = UnitVersion.objects.filter(open_rows(self.day), self._in_areas("area"))
        for row in rows.select_related("unit").order_by("name", "pk"):
            area = self._areas.get(row.area_id)
            if area is not None and self._inside(area):
                ref = str(row.unit.uid)
                yield Target(True, row.unit_id, row.kind, row.name, ref, row.area_id, _above(area.path))

    def _in_areas(self, column: str) -> Q:
        """The condition that an area lies within ``path``; the exact answer follows from the areas read."""
        if not self.path:
            return Q()
        inside = AreaVersion.objects.filter(open_rows(self.day)).filter(subtree("path", self.path))
        return Q(**{f"{column}_id__in": inside.values("area_id")})

    def _read_organizations(self) -> dict[int, OrganizationVersion]:
        here = self._in_areas("area")
        if self.path:
            units = UnitVersion.objects.filter(open_rows(self.day), self._in_areas("area")).values("unit_id")
            assigned = Cover.objects.open_on(self.day).filter(self._in_areas("area") | Q(unit_id__in=units))
            here |= Q(area_id__in=path_ids(self.path)) | Q(
                organization_id__in=assigned.values("organization_id")
            )
        rows = OrganizationVersion.objects.filter(open_rows(self.day)).filter(here)
        return {row.organization_id: row for row in rows.select_related("organization").order_by("path")}

    def _seats_of_organizations(self) -> dict[int, list[Seat]]:
        found: dict[int, list[Seat]] = defaultdict(list)
        for key, row in self._organizations.items():
            area = self._areas.get(row.area_id)
            if area is not None and row.organization.is_open(self.day):
                found[row.area_id].append(Seat(key, row.kind, area.kind, row.area_id))
        return found

    def _covers(self) -> dict[tuple[bool, int], Cover]:
        rows = Cover.objects.open_on(self.day)
        return {_row_key(row): row for row in rows if row.organization_id in self._organizations}

    def _officers(self) -> dict[tuple[bool, int], list[Officer]]:
        found: dict[tuple[bool, int], list[Officer]] = defaultdict(list)
        for row in OfficerCover.objects.open_on(self.day).order_by("-duty", "pk"):
            found[_row_key(row)].append(Officer(row.duty, row.name, "assigned"))
        return found

    def _roles(self) -> dict[int, list[Officer]]:
        """Officers by the area their role is over; only roles over a village or below are over one place."""
        grants = RoleGrant.objects.on(self.day).filter(role__in=_DUTIES, tree="area", user__is_active=True)
        found: dict[int, list[Officer]] = defaultdict(list)
        for grant in grants.select_related("user").order_by("-role", "pk"):
            ids = path_ids(grant.path)
            area = self._areas.get(ids[-1]) if ids else None
            if area is not None and area.kind not in (AreaKind.COUNTY, AreaKind.TOWNSHIP):
                found[area.area_id].append(Officer(grant.role, grant.user.display_name, "area"))
        return found

    def _organization_of(self, target: Target, covers: Mapping[tuple[bool, int], Cover]) -> Coverer | None:
        cover = covers.get(_target_key(target))
        if cover is not None:
            return self._coverer(cover.organization_id, "assigned", cover.setup_mode)
        if target.kind not in self._by_area:
            return None
        near = [seat for area in target.above for seat in self._seats.get(area, ())]
        seat = covering_seat(near, target.above)
        return self._coverer(seat.key, "area") if seat is not None else None

    @cached_property
    def _by_area(self) -> frozenset[str]:
        return kinds_covered_by_area(self.day)

    def _coverer(self, key: int, by: By, setup_mode: str = "") -> Coverer:
        row = self._organizations[key]
        return Coverer(
            key, str(row.organization.uid), row.name, by, setup_mode or row.organization.setup_mode
        )


def _by_role(target: Target, roles: Mapping[int, list[Officer]]) -> tuple[Officer, ...]:
    """The officers whose role is over the nearest area that has any; never those of a unit.

    A unit is somebody's duty only by being assigned.
    """
    if target.is_unit:
        return ()
    return next((tuple(roles[area]) for area in target.above if area in roles), ())


def _above(path: str) -> tuple[int, ...]:
    return tuple(reversed(path_ids(path)))


def _target_key(target: Target) -> tuple[bool, int]:
    return target.is_unit, target.key


def _row_key(row: Any) -> tuple[bool, int]:
    return (True, row.unit_id) if row.unit_id is not None else (False, row.area_id)
