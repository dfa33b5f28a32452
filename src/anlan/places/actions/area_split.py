"""One area into several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import NotFound
from anlan.places.actions.area_tree import add_area, end_area, facts_of, put_under, taken
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.places.actions.moved_paths import follow_parameters, note_paths
from anlan.places.models import Area, AreaSuccession
from anlan.places.rules import AreaKind, SuccessionKind, area_problems, code_problems, split_problems


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A new area of a split: its code and name, and the children (of the split area) it takes."""

    code: str
    name: str
    children: Sequence[Area] = ()


@action("places.area_split", label=_("拆分区划"), on="area")
def area_split(
    change: Change,
    *,
    area: Area,
    on: date,
    parts: Sequence[SplitPart],
    ends: bool = False,
    rest: int = 0,
    document: str = "",
) -> list[Area]:
    """Split an area from ``on``: each part is a new area of the same kind beside it.

    With ``ends`` the area itself ends, every child goes into a part, and what lies in the area itself goes
    into part number ``rest`` (from 0); without, the area goes on with what no part takes. Gives the new areas
    in the order of ``parts``. What higher parts keep follows through follow-ups, by the arguments and result.

    Refused: the county, too few parts, children that are not its own, given twice or (when it ends) left
    over, an ended area, one changed on or after ``on``, and what ``area_create`` refuses of each part (as
    ``parts.0.code``).
    """
    area = locked(area)
    children = {child.pk: child for child in area.children.filter(valid_to=None)}
    ids = [[child.pk for child in part.children] for part in parts]
    refuse(split_problems(facts_of(area), parts=ids, children=set(children), ends=ends, rest=rest, on=on))
    require_day(change, on, area.valid_from)
    if area.parent is None:
        raise NotFound("area without parent")
    if ends:
        end_area(change, area, on)
    new = [_new(change, area, area.parent, part, on, number) for number, part in enumerate(parts)]
    paths = [
        put_under(change, children[child], after, on)
        for after, wanted in zip(new, ids, strict=True)
        for child in wanted
    ]
    for after in new:
        change.create(
            AreaSuccession(
                kind=SuccessionKind.SPLIT.value, before=area, after=after, happened_on=on, document=document
            )
        )
    follow_parameters(change, paths)
    note_paths(change, on, paths, document)
    return new


def _new(change: Change, area: Area, parent: Area, part: SplitPart, on: date, number: int) -> Area:
    code, name, kind = plain(part.code), plain(part.name), AreaKind(area.kind)
    problems = area_problems(code=code, name=name, kind=kind, parent_kind=AreaKind(parent.kind))
    problems += code_problems(code, kind) + taken(code, name, parent)
    refuse(replace(problem, field=f"parts.{number}.{problem.field}") for problem in problems)
    return add_area(change, code=code, name=name, kind=kind, parent=parent, on=on)
