"""Several areas into one."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.places.actions.area_tree import add_area, end_area, facts_of, put_under, taken
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.actions.moved_paths import follow_parameters, note_paths
from anlan.places.models import Area, AreaSuccession
from anlan.places.rules import (
    AreaKind,
    SuccessionKind,
    area_problems,
    code_problems,
    kept_apart,
    merge_problems,
)


@action("places.area_merge", label=_("合并区划"))
def area_merge(
    change: Change,
    *,
    areas: Sequence[Area],
    on: date,
    into: Area | None = None,
    code: str = "",
    name: str = "",
    kind: AreaKind | None = None,
    document: str = "",
    child_names: Mapping[int, str] | None = None,
) -> Area:
    """Merge areas from ``on``: they end, what lies below them comes under the one that stays.

    ``into`` is that one; without it a new area of ``code`` and ``name`` (``kind`` as the first) is made under
    the parent of the first. A child whose name is taken there gets the one in ``child_names`` (by id), else
    its former area's name before its own. Gives the area that stays. Persons, households and organisations of
    the ended areas follow through follow-ups of this action, by ``areas`` and the result.

    Refused: fewer than one (two for a new one), areas of different levels, ended, or changed on or after
    ``on``; for a new one what ``area_create`` refuses. Areas outside the actor's range are not found.
    """
    require_reach(change, "places.area_merge", *areas, into)
    areas = [locked(area) for area in areas]
    into = locked(into) if into is not None else None
    refuse(merge_problems([facts_of(area) for area in areas], facts_of(into) if into else None, on))
    require_day(change, on, into.valid_from if into else None)
    for area in areas:
        end_area(change, area, on)
    after = into or _new(change, areas, plain(code), plain(name), kind or AreaKind(areas[0].kind), on)
    taken_in: list[tuple[str, str]] = []
    for area in areas:
        taken_in += _take_in(change, area, after, on, child_names or {})
        change.create(
            AreaSuccession(
                kind=SuccessionKind.MERGE.value, before=area, after=after, happened_on=on, document=document
            )
        )
    # An area's own parameters end with it: they were set for it alone.
    follow_parameters(change, taken_in)
    note_paths(change, on, taken_in + [(area.path, after.path) for area in areas], document)
    return after


def _new(change: Change, areas: Sequence[Area], code: str, name: str, kind: AreaKind, on: date) -> Area:
    """The new area; it may bear the code or name of one that ends."""
    parent = areas[0].parent
    problems = area_problems(
        code=code, name=name, kind=kind, parent_kind=AreaKind(parent.kind) if parent else None
    )
    problems += code_problems(code, kind)
    refuse(problems + taken(code, name, parent, besides=[area.pk for area in areas]))
    return add_area(change, code=code, name=name, kind=kind, parent=parent, on=on)


def _take_in(
    change: Change, area: Area, after: Area, on: date, names: Mapping[int, str]
) -> list[tuple[str, str]]:
    """Put the children of an area that ends under the one that stays; gives their old and new paths."""
    present = set(after.children.filter(valid_to=None).values_list("name", flat=True))
    paths = []
    for child in area.children.filter(valid_to=None).order_by("code"):
        name = plain(names.get(child.pk, "")) or kept_apart(child.name, area.name, present)
        present.add(name)
        paths.append(put_under(change, child, after, on, name))
    return paths
