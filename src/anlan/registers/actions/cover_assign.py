"""An organisation given a point, a village or a unit to cover."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.models import Cover, PartyOrganization, Unit
from anlan.registers.rules.coverage import assign_problems


@action("registers.cover_assign", label=_("确定覆盖党组织"), on="target")
def cover_assign(
    change: Change, *, target: Area | Unit, organization: PartyOrganization, setup_mode: str, on: date
) -> Cover:
    """Let an organisation cover a point, a village or a unit from ``on``, set up in one of the four modes.

    Refused: a target that is none or ended, an ended organisation, an unknown mode, a target another
    organisation covers (that is ended first), a day to come or before either existed. An organisation
    outside the actor's range is not found.
    """
    require_reach(change, "registers.cover_assign", organization)
    target, organization = locked(target), locked(organization)
    refuse(
        assign_problems(
            target_kind=target.kind if isinstance(target, Area) else "",
            target_open=target.valid_to is None,
            name=target.name,
            organization_open=organization.valid_to is None,
            organization=organization.name,
            setup_mode=setup_mode,
        )
    )
    held = target.covers.filter(valid_to=None).select_related("organization").first()
    if held is not None:
        raise Refused(Problem("cover.held", "organization", {"name": held.organization.name}))
    require_day(change, on, max(target.valid_from, organization.valid_from))
    where = {"unit": target} if isinstance(target, Unit) else {"area": target}
    row = Cover(organization=organization, setup_mode=setup_mode, valid_from=on, **where)
    change.create(row)
    return row
