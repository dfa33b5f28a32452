"""What the verbs of areas share: reading the tree as the rules see it, moving a whole subtree."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from anlan.kernel.bulk import reserve_ids
from anlan.kernel.changes import Change
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem
from anlan.places.actions.dated_rows import turn
from anlan.places.models import Area, AreaVersion
from anlan.places.rules import AreaFacts, AreaKind, taken_problems


def open_version(area: Area) -> AreaVersion:
    """The version that holds today; one is made for an area that never had any (not stored yet)."""
    version = area.versions.filter(valid_to=None).select_for_update().first()
    return version or AreaVersion(
        area=area,
        code=area.code,
        name=area.name,
        kind=area.kind,
        parent=area.parent,
        path=area.path,
        valid_from=area.valid_from,
    )


def facts_of(area: Area) -> AreaFacts:
    """An area as the rules see it."""
    since = area.valid_from if area.valid_to is not None else open_version(area).valid_from
    return AreaFacts(
        area.pk, area.code, area.name, AreaKind(area.kind), area.path, since, area.valid_to is None
    )


def taken(code: str, name: str, parent: Area | None, besides: Iterable[int] = ()) -> list[Problem]:
    """Whether a code, or a name under this parent, is borne by an area of today other than ``besides``."""
    others = Area.objects.filter(valid_to=None).exclude(pk__in=list(besides))
    beside = others.filter(Q(parent=parent) & Q(name=name))
    return taken_problems(
        code=code,
        name=name,
        codes=set(others.filter(code=code).values_list("code", flat=True)),
        sibling_names=set(beside.values_list("name", flat=True)) if parent else (),
    )


def add_area(change: Change, *, code: str, name: str, kind: AreaKind, parent: Area | None, on: date) -> Area:
    """Write a new area with its first version."""
    own_id = reserve_ids(Area, 1)[0]
    path = child_path(parent.path if parent else "", own_id)
    area = Area(pk=own_id, code=code, name=name, kind=kind.value, parent=parent, path=path, valid_from=on)
    change.create(area)
    change.create(open_version(area))
    return area


def end_area(change: Change, area: Area, on: date) -> None:
    """End an area and its open version on a day (exclusive)."""
    for row in (open_version(area), area):
        change.begin(row)
        row.valid_to = on
        change.save(row)


def put_under(change: Change, area: Area, parent: Area, on: date, name: str = "") -> tuple[str, str]:
    """Put an area with everything below it under another parent from a day on; gives the old and new path.

    ``name`` gives the area another name from that day. Each area of the subtree that exists today gets a new
    version; those ended keep the path under which they were last known.
    """
    before, after = area.path, child_path(parent.path, area.pk)
    subtree = list(Area.objects.within(before).filter(valid_to=None).select_for_update().order_by("path"))
    for node in subtree:
        version = open_version(node)
        facts: dict[str, Any] = {"path": after + node.path.removeprefix(before)}
        if node.pk == area.pk:
            facts |= {"parent_id": parent.pk, "name": name or node.name}
        turn(change, version, on, **facts)
        change.begin(node)
        for attribute, value in facts.items():
            setattr(node, attribute, value)
        change.save(node)
    area.refresh_from_db()
    return before, after
