"""Adding an area by hand."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem
from anlan.places.actions.area_tree import add_area, taken
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.places.models import Area
from anlan.places.rules import AreaKind, area_problems, code_problems


@action("places.area_create", label=_("新增区划"), on="parent")
def area_create(
    change: Change, *, code: str, name: str, kind: AreaKind, parent: Area | None, on: date
) -> Area:
    """Add an area that exists from ``on`` (inclusive); ``parent`` None makes the county, once.

    Refused: a blank name, a code of another form or level, a code in use, a name in use beside it, a
    parent of the wrong kind or ended, a day to come or before the parent existed, a second county.
    """
    parent = locked(parent) if parent is not None else None
    code, name = plain(code), plain(name)
    problems = area_problems(
        code=code, name=name, kind=kind, parent_kind=AreaKind(parent.kind) if parent else None
    )
    refuse(problems + code_problems(code, kind) + taken(code, name, parent) + _parent_problems(kind, parent))
    require_day(change, on, parent.valid_from if parent else None)
    return add_area(change, code=code, name=name, kind=kind, parent=parent, on=on)


def _parent_problems(kind: AreaKind, parent: Area | None) -> list[Problem]:
    if parent is not None and parent.valid_to is not None:
        return [Problem("area.ended", "parent", {"name": parent.name})]
    if kind is AreaKind.COUNTY and Area.objects.filter(kind=AreaKind.COUNTY, valid_to=None).exists():
        return [Problem("area.county_exists", "kind")]
    return []
