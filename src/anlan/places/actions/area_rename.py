"""Another name, code or kind from a day on."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.area_tree import facts_of, open_version, taken
from anlan.places.actions.dated_rows import locked, refuse, require_day, turn
from anlan.places.models import Area
from anlan.places.rules import AreaKind, area_problems, code_problems, open_problems, rename_kind_problems


@action("places.area_rename", label=_("变更区划名称"), on="area")
def area_rename(
    change: Change,
    *,
    area: Area,
    on: date,
    name: str = "",
    code: str = "",
    kind: AreaKind | None = None,
) -> Area:
    """Give an area another name, code or kind from ``on`` (inclusive); what is left blank stays.

    Gives the area as it is now. Refused: nothing different, a name in use beside it, a code in use or of
    another form or level, another kind than village and community, an ended area, a day to come or before
    the present name began.
    """
    area = locked(area)
    name, code, after = plain(name) or area.name, plain(code) or area.code, kind or AreaKind(area.kind)
    facts = facts_of(area)
    refuse(open_problems([facts], "area"))
    if (name, code, after) == (area.name, area.code, area.kind):
        raise Refused(Problem("area.unchanged"))
    parent_kind = AreaKind(area.parent.kind) if area.parent else None
    problems = area_problems(code=code, name=name, kind=after, parent_kind=parent_kind)
    problems += rename_kind_problems(AreaKind(area.kind), after)
    problems += code_problems(code, after) if code != area.code else []
    refuse(problems + taken(code, name, area.parent, besides=[area.pk]))
    require_day(change, on, facts.since)
    apply_rename(change, area, name=name, on=on, code=code, kind=after)
    return area


def apply_rename(
    change: Change, area: Area, *, name: str, on: date, code: str = "", kind: AreaKind | None = None
) -> None:
    """Write another name (and code, kind) from a day on, without asking again: for imports too.

    Refused only with ``date.before_current``.
    """
    facts: dict[str, Any] = {
        "name": name,
        "code": code or area.code,
        "kind": (kind or AreaKind(area.kind)).value,
    }
    turn(change, open_version(area), on, **facts)
    change.begin(area)
    area.name, area.code, area.kind = facts["name"], facts["code"], facts["kind"]
    change.save(area)
