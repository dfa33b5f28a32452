"""Correcting what was entered wrongly: no change of the world, so no new version."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.area_tree import facts_of, open_version, taken
from anlan.places.actions.dated_rows import locked, refuse
from anlan.places.models import Area
from anlan.places.rules import AreaKind, area_problems, code_problems, open_problems, rename_kind_problems


@action("places.area_edit", label=_("更正区划"), on="area")
def area_edit(
    change: Change,
    *,
    area: Area,
    reason: str,
    name: str = "",
    code: str = "",
    kind: AreaKind | None = None,
) -> Area:
    """Correct the present name, code or kind of an area, as if it had been entered rightly at once.

    A real change has a day and is ``area_rename``. Refused: no reason, nothing different, and what
    ``area_rename`` refuses.
    """
    area = locked(area)
    name, code, after = plain(name) or area.name, plain(code) or area.code, kind or AreaKind(area.kind)
    refuse(open_problems([facts_of(area)], "area"))
    if not reason.strip():
        raise Refused(Problem("value.required", "reason"))
    if (name, code, after) == (area.name, area.code, area.kind):
        raise Refused(Problem("area.unchanged"))
    parent_kind = AreaKind(area.parent.kind) if area.parent else None
    problems = area_problems(code=code, name=name, kind=after, parent_kind=parent_kind)
    problems += rename_kind_problems(AreaKind(area.kind), after)
    problems += code_problems(code, after) if code != area.code else []
    refuse(problems + taken(code, name, area.parent, besides=[area.pk]))
    change.reason = reason.strip()
    for row in (open_version(area), area):
        change.begin(row)
        row.name, row.code, row.kind = name, code, after.value
        change.save(row)
    return area
