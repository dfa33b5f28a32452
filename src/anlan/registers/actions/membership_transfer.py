"""A membership that goes to another organisation of the county."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import close, locked, require_day
from anlan.registers.actions.membership_rows import follow
from anlan.registers.actions.membership_rows import require_open as require_in_force
from anlan.registers.actions.organization_rows import require_open
from anlan.registers.models import Membership, PartyOrganization


@action("registers.membership_transfer", label=_("转接组织关系"), on="membership", hands_over=True)
def membership_transfer(
    change: Change, *, membership: Membership, organization: PartyOrganization, on: date
) -> Membership:
    """Let somebody belong to another organisation from ``on``; gives the membership that is open now.

    It may lie outside the actor's range: a transfer hands over. Posts in the old organisation end that day.
    Refused: the organisation they are in, one that ended, a day to come or before the last change.
    """
    membership, organization = locked(membership), locked(organization)
    require_in_force(membership)
    require_open(organization)
    if membership.organization_id == organization.pk:
        raise Refused(Problem("membership.same", "organization"))
    require_day(change, on, organization.valid_from)
    left = membership.organization_id
    after = follow(change, membership, on, "transfer", organization_id=organization.pk)
    change.mention(("organization", left))
    end_posts(change, after, left, on)
    return after


def end_posts(change: Change, membership: Membership, organization_id: int, on: date) -> None:
    """End the posts a person holds in an organisation they leave."""
    for post in membership.person.appointments.filter(organization=organization_id, valid_to=None):
        close(change, post, on)
