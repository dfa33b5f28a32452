"""The level a statistic is of: an area or an organisation on a day, within the actor's range."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from anlan.kernel.actors import Actor
from anlan.kernel.paths import Range, Tree, path_ids, subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.places.models import AreaVersion
from anlan.places.rules import AreaKind
from anlan.registers.dimensions.populations import organizations_within
from anlan.registers.models import OrganizationVersion

STATISTICS_VIEW = "insights.statistics_view"


@dataclass(frozen=True, slots=True)
class Level:
    """An area or organisation as it was on a day.

    ``key`` is its parameter in addresses: an area's code, an organisation's uid. ``path`` is that of the day.
    """

    tree: Tree
    path: str
    key: str
    name: str
    kind: str

    @property
    def query(self) -> dict[str, str]:
        """The parameter that names the level in an address."""
        return {"area" if self.tree == "area" else "organization": self.key}


def level_of(actor: Actor, day: date, *, area: str = "", organization: str = "") -> Level:
    """The level asked for, or the widest one of the actor where nothing is asked for.

    ``area`` is a code as it was on the day, ``organization`` a uid. ``NotFound`` for what there never was
    and for what lies outside the actor's range (the two are not told apart). Refused:
    ``statistics.level_unknown`` for what is in the range and did not exist on that day,
    ``statistics.county_missing`` where there is no county on it.
    """
    ranges = ranges_for(actor, STATISTICS_VIEW)
    if organization:
        asked = Q(organization__uid=_uid(organization))
        found, known = _organization_level(asked, day, ranges), _organization_level(asked, None, ranges)
    elif area:
        found, known = _area_level(Q(code=area), day, ranges), _area_level(Q(code=area), None, ranges)
    else:
        return _widest(ranges, day)
    if known is None:
        raise NotFound(area or organization)
    if found is None:
        raise Refused(_unknown(area or organization, day))
    return found


def _widest(ranges: tuple[Range, ...], day: date) -> Level:
    if any(not reach.path for reach in ranges):
        found = _area_level(Q(kind=AreaKind.COUNTY), day, ranges)
        if found is None:
            raise Refused(Problem("statistics.county_missing", "on", {"day": day}))
        return found
    for reach in sorted(ranges, key=lambda one: (one.tree, len(path_ids(one.path)))):
        key = path_ids(reach.path)[-1]
        if reach.tree == "area":
            found = _area_level(Q(area_id=key), day, ranges)
        else:
            found = _organization_level(Q(organization_id=key), day, ranges)
        if found is not None:
            return found
    raise Refused(_unknown("", day))


def _area_level(condition: Q, day: date | None, ranges: tuple[Range, ...]) -> Level | None:
    """The area as it was on the day (None: on any day) where it lies in one of the ranges."""
    versions = AreaVersion.objects.filter(condition, _open(day) if day else Q()).select_related("area")
    for version in versions.order_by("path"):
        if _reached(ranges, "area", version.area.path):
            return Level("area", version.path, version.code, version.name, version.kind)
    return None


def _organization_level(condition: Q, day: date | None, ranges: tuple[Range, ...]) -> Level | None:
    """The organisation as it was on the day (None: on any day) where it lies in one of the ranges."""
    versions = OrganizationVersion.objects.filter(condition, _open(day) if day else Q())
    for version in versions.select_related("organization__area"):
        own = version.organization
        if _reached(ranges, "organization", own.path) or _reached(ranges, "area", own.area.path):
            return Level("organization", version.path, str(own.uid), version.name, version.kind)
    return None


def _reached(ranges: tuple[Range, ...], tree: Tree, path: str) -> bool:
    return any(reach.tree == tree and reach.holds(path) for reach in ranges)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unknown(asked: str, day: date) -> Problem:
    return Problem("statistics.level_unknown", "area", {"asked": asked, "day": day})


def _open(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


@dataclass(frozen=True, slots=True)
class Division:
    """One area on a day: where it lay, what it was called."""

    key: int
    code: str
    name: str
    kind: str
    path: str


class Divisions:
    """The areas within an area on a day, read once; answers under which of them a row lies."""

    def __init__(self, level: Level, day: date) -> None:
        versions = AreaVersion.objects.filter(_open(day)).order_by("code", "area_id")
        if level.tree == "area" and level.path:
            versions = versions.filter(subtree("path", level.path))
        rows = versions.values_list("area_id", "code", "name", "kind", "path")
        self.by_key = {row[0]: Division(*row) for row in rows}

    def above(self, key: int, kinds: frozenset[str]) -> int:
        """The nearest area of one of the kinds at or above the area; 0 where there is none."""
        division = self.by_key.get(key)
        if division is None:
            return 0
        for one in reversed(path_ids(division.path)):
            if one in self.by_key and self.by_key[one].kind in kinds:
                return one
        return 0

    def of_kind(self, kinds: frozenset[str]) -> list[Division]:
        """The areas of these kinds, by code."""
        return [division for division in self.by_key.values() if division.kind in kinds]


def organizations_of(day: date, level: Level) -> dict[int, OrganizationVersion]:
    """Names, places and superiors of the level's organisations on the day, by key."""
    keys = organizations_within(level.tree, level.path, day)
    versions = OrganizationVersion.objects.filter(_open(day), organization_id__in=keys)
    return {version.organization_id: version for version in versions.select_related("organization")}
