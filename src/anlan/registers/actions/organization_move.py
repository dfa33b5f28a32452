"""A Party organisation under another one, or in another area, from a day on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.grant_rows import follow_paths
from anlan.registers.actions.organization_rows import (
    put_under,
    require_free_name,
    require_open,
    restate,
)
from anlan.registers.models import PartyOrganization
from anlan.registers.rules.organizations import move_problems


@action("registers.organization_move", label=_("调整党组织隶属"), on="organization")
def organization_move(
    change: Change,
    *,
    organization: PartyOrganization,
    on: date,
    parent: PartyOrganization | None = None,
    area: Area | None = None,
) -> PartyOrganization:
    """Put an organisation under another parent, into another area, or both, from ``on``.

    All below it goes along, dated; roles given over any of them follow. Refused: nothing different, a parent
    below itself, of the wrong kind or ended, a name borne there, a day to come or before anything below last
    changed. A parent or area outside the actor's range is not found.
    """
    require_reach(change, "registers.organization_move", parent, area)
    organization = locked(organization)
    require_open(organization)
    require_day(change, on)
    parent = None if parent is None or parent.pk == organization.parent_id else locked(parent)
    area = None if area is None or area.pk == organization.area_id else locked(area)
    if parent is None and area is None:
        raise Refused(Problem("organization.unchanged"))
    if parent is not None:
        _require_parent(organization, parent)
        paths = [put_under(change, organization, parent, on)]
        change.facts |= {"on": on.isoformat(), "paths": [list(pair) for pair in paths]}
        follow_paths(change, "organization", paths)
    if area is not None:
        if area.valid_to is not None:
            raise Refused(Problem("area.ended", "area", {"name": area.name}))
        restate(change, organization, on, area_id=area.pk)
    return organization


def _require_parent(organization: PartyOrganization, parent: PartyOrganization) -> None:
    require_open(parent, "parent")
    refuse(
        move_problems(
            path=organization.path,
            kind=organization.kind,
            parent_path=parent.path,
            parent_kind=parent.kind,
            name=organization.name,
        )
    )
    require_free_name(organization.name, parent, besides=organization.pk)
