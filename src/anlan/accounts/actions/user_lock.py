"""Closing an account, and opening it again."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.guards import release
from anlan.accounts.actions.session_end import drop_sessions
from anlan.accounts.models import User
from anlan.kernel.actions import action
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused


@action("accounts.user_lock", label=_("停用账号"), on="user")
def user_lock(change: Change, *, user: User, reason: str = "") -> User:
    """Close an account and end its sessions. Refused on one's own account."""
    if isinstance(change.actor, PersonActor) and change.actor.user_id == user.pk:
        raise Refused(Problem("account.own"))
    change.reason = reason
    drop_sessions(user)
    return _set_active(change, user, active=False)


@action("accounts.user_unlock", label=_("启用账号"), on="user")
def user_unlock(change: Change, *, user: User, reason: str = "") -> User:
    """Open a closed account again, and forget its failures at sign-in."""
    change.reason = reason
    release(change, user)
    return _set_active(change, user, active=True)


def _set_active(change: Change, user: User, *, active: bool) -> User:
    row = User.objects.select_for_update().get(pk=user.pk)
    change.begin(row)
    row.is_active = active
    change.save(row)
    return row
