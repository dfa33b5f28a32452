"""A membership that ends: expelled, removed, gone to another county, an application withdrawn."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close, locked, refuse, require_day
from anlan.registers.actions.membership_rows import require_open
from anlan.registers.actions.membership_transfer import end_posts
from anlan.registers.models import Membership
from anlan.registers.rules.memberships import end_problems


@action("registers.membership_end", label=_("减少党员"), on="membership")
def membership_end(
    change: Change, *, membership: Membership, on: date, reason: str, document: str = ""
) -> Membership:
    """End a membership on ``on`` (exclusive), with the person's posts there and being registered as floating.

    A death is recorded as a death. Refused: a reason that does not fit the stage, a membership that ended, a
    day to come or before the last change.
    """
    membership = locked(membership)
    require_open(membership)
    refuse(end_problems(membership.stage, reason))
    require_day(change, on, membership.valid_from)
    change.facts |= {"on": on.isoformat(), "document": document}
    close(change, membership, on, end_reason=reason)
    end_posts(change, membership, membership.organization_id, on)
    for spell in membership.person.floating_spells.filter(valid_to=None):
        close(change, spell, on)
    return membership
