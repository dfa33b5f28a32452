"""Reading the places: an area by its code, what lies above and below it, what it was called on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length

from anlan.kernel.actors import Actor
from anlan.kernel.names import plain
from anlan.kernel.paths import path_ids, subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.problems import NotFound
from anlan.places.models import Area, AreaSuccession, AreaVersion
from anlan.places.rules import VILLAGES, AreaKind


def area_by_code(actor: Actor, code: str, on: date) -> Area:
    """The area with a code within the actor's range.

    A code may have belonged to several areas one after the other: the one of the day comes first, then the
    one of today, then the latest. ``NotFound`` when there is none, or none the actor may see.
    """
    found = list(Area.objects.visible_to(actor).filter(code=code).order_by("-valid_from"))
    if not found:
        former = AreaVersion.objects.filter(code=code).values("area")
        found = list(Area.objects.visible_to(actor).filter(pk__in=former).order_by("-valid_from"))
    if not found:
        raise NotFound(f"area {code}")
    return min(found, key=lambda area: (not area.is_open(on), area.valid_to is not None))


def ancestors(area: Area) -> list[Area]:
    """The areas above one, from the top down, without itself."""
    above = path_ids(area.path)[:-1]
    rows = Area.objects.in_bulk(above)
    return [rows[key] for key in above if key in rows]


def versions_on(keys: Iterable[int], on: date) -> dict[int, AreaVersion]:
    """How areas were called and where they lay on a day, by the area's key."""
    rows = AreaVersion.objects.filter(area__in=list(keys), valid_from__lte=on)
    return {row.area_id: row for row in rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))}


def children_on(area: Area, on: date) -> list[Area]:
    """The areas directly below one on a day, by code."""
    below = AreaVersion.objects.filter(parent=area, valid_from__lte=on)
    keys = below.filter(Q(valid_to=None) | Q(valid_to__gt=on)).values("area")
    now = Q(parent=area, valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    unversioned = now & ~Q(pk__in=AreaVersion.objects.filter(area__parent=area).values("area"))
    return list(Area.objects.filter(Q(pk__in=keys) | unversioned).order_by("code", "pk"))


def succession(area: Area) -> tuple[list[AreaSuccession], list[AreaSuccession]]:
    """(what the area came from, what it went into), each with the other area loaded."""
    links = AreaSuccession.objects.filter(Q(before=area) | Q(after=area)).select_related("before", "after")
    rows = list(links.order_by("happened_on", "pk"))
    return [row for row in rows if row.after_id == area.pk], [row for row in rows if row.before_id == area.pk]


def versions(area: Area) -> list[AreaVersion]:
    """What the area was called and where it lay, the latest first."""
    return list(area.versions.select_related("parent").order_by(F("valid_from").desc()))


def areas_matching(text: str) -> Q:
    """The condition that an area is meant: by its name, a former name, or the start of its code."""
    asked = plain(text).replace(" ", "")
    if not asked:
        return Q(pk__in=())
    if asked.isdigit():
        return Q(code__startswith=asked) if len(asked) >= 6 else Q(pk__in=())
    former = AreaVersion.objects.filter(name__contains=asked).values("area")
    return Q(name__contains=asked) | Q(pk__in=former)


def county() -> Area | None:
    """The county itself, None before it is set up."""
    return Area.objects.filter(kind=AreaKind.COUNTY, valid_to=None).first()


def widest_area(actor: Actor, on: date) -> Area | None:
    """The widest area of the actor's range on the day; None where the range is of organisations."""
    return Area.objects.visible_to(actor).on(on).order_by(Length("path"), "code").first()


def top_areas(actor: Actor, on: date) -> list[Area]:
    """The areas of the actor's range on the day that lie in no other of it: mostly one."""
    ranges = ranges_for(actor, "places.view")
    if any(not reach.path for reach in ranges):
        return list(Area.objects.on(on).filter(kind=AreaKind.COUNTY))
    keys = {path_ids(reach.path)[-1] for reach in ranges if reach.tree == "area"}
    tops: list[Area] = []
    for area in Area.objects.on(on).filter(pk__in=keys).order_by("path"):
        if not tops or not area.path.startswith(tops[-1].path):
            tops.append(area)
    return sorted(tops, key=lambda one: one.code)


def full_names(areas: Sequence[Area]) -> dict[int, str]:
    """Each area's name behind those above it, without the county's: 大榕镇水泉村一组. One query."""
    keys = {key for area in areas for key in path_ids(area.path)}
    names = {
        pk: (name, kind)
        for pk, name, kind in Area.objects.filter(pk__in=keys).values_list("pk", "name", "kind")
    }
    return {
        area.pk: "".join(
            names[key][0] for key in path_ids(area.path) if key in names and names[key][1] != AreaKind.COUNTY
        )
        or area.name
        for area in areas
    }


def place_parts(areas: Iterable[Area]) -> dict[int, tuple[str, str, str]]:
    """Each area as (township, village or community, what lies below it), "" where it has none. One query."""
    areas = list(areas)
    keys = {key for area in areas for key in path_ids(area.path)}
    rows = Area.objects.filter(pk__in=keys).values_list("pk", "name", "kind")
    names = {pk: (name, AreaKind(kind)) for pk, name, kind in rows}
    return {area.pk: _parts([names[key] for key in path_ids(area.path) if key in names]) for area in areas}


def _parts(line: Sequence[tuple[str, AreaKind]]) -> tuple[str, str, str]:
    township = "".join(name for name, kind in line if kind == AreaKind.TOWNSHIP)
    village = "".join(name for name, kind in line if kind in VILLAGES)
    rest = (AreaKind.COUNTY, AreaKind.TOWNSHIP, *VILLAGES)
    return township, village, "".join(name for name, kind in line if kind not in rest)


def path_on(area_id: int, day: date) -> str:
    """Where an area lay on a day: its path then; "" when it did not exist."""
    row = AreaVersion.objects.filter(_open(day), area=area_id).values_list("path", flat=True).first()
    return row or ""


def areas_on(day: date, path: str = "") -> QuerySet[AreaVersion]:
    """How the areas were called and where they lay on a day, within the area whose path today is ``path``.

    An area of today is followed to where it lay on the day: what belonged to it then, not what does now.
    """
    versions = AreaVersion.objects.filter(_open(day))
    if not path:
        return versions
    then = path_on(path_ids(path)[-1], day)
    return versions.filter(subtree("path", then)) if then else versions.none()


def subtree_ids_on(path: str, day: date) -> QuerySet[AreaVersion, int]:
    """The ids of the areas that lay within an area (by today's path; "" is everywhere) on a day."""
    return areas_on(day, path).values_list("area_id", flat=True)


def name_on(area: Area, day: date) -> str:
    """What an area was called on a day; its present name where no version of the day is known."""
    return full_names_on([area], day, levels=1)[area.pk]


def full_names_on(areas: Sequence[Area], day: date, levels: int = 0) -> dict[int, str]:
    """Each area's name of the day behind those it lay under then, with slashes: 安澜县/大榕镇/水泉村.

    ``levels`` keeps only so many names from the end. Two queries, however many areas.
    """
    own = versions_on([area.pk for area in areas], day)
    paths = {area.pk: own[area.pk].path if area.pk in own else area.path for area in areas}
    above = versions_on({key for path in paths.values() for key in path_ids(path)}, day)
    now = {area.pk: area.name for area in areas}
    names = {
        key: [above[one].name if one in above else now.get(one, "") for one in path_ids(path)]
        for key, path in paths.items()
    }
    return {key: "/".join(name for name in whole[-levels:] if name) for key, whole in names.items()}


def child_counts_on(areas: Iterable[int], day: date) -> dict[int, int]:
    """How many areas lay directly below each area on a day; areas without any are left out."""
    rows = AreaVersion.objects.filter(_open(day), parent__in=list(areas)).order_by()
    return dict(rows.values_list("parent").annotate(count=Count("pk")))


def _open(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
