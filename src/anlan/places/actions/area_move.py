"""Putting an area, with everything below it, under another one."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.area_tree import facts_of, put_under, taken
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.actions.moved_paths import follow_parameters, note_paths
from anlan.places.models import Area
from anlan.places.rules import move_problems, open_problems


@action("places.area_move", label=_("调整区划隶属"), on="area")
def area_move(change: Change, *, area: Area, parent: Area, on: date) -> Area:
    """Put an area under another parent from ``on`` (inclusive); its whole subtree goes along, dated.

    Gives the area as it is now. The entry's facts name the old and new path (``paths``), for follow-ups.
    Refused: the parent it has, a parent below itself, of the wrong kind or ended, a name in use there, a day
    to come or before anything in the subtree last changed. A parent outside the actor's range is not found.
    """
    require_reach(change, "places.area_move", parent)
    area, parent = locked(area), locked(parent)
    facts, above = facts_of(area), facts_of(parent)
    refuse(open_problems([facts, above], "area"))
    refuse(move_problems(facts, above, present_parent=area.parent_id))
    refuse(taken(area.code, area.name, parent, besides=[area.pk]))
    require_day(change, on, max(facts.since, parent.valid_from))
    before, after = put_under(change, area, parent, on)
    note_paths(change, on, [(before, after)])
    follow_parameters(change, [(before, after)])
    return area
