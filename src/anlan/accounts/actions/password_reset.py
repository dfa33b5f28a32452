"""Giving somebody a new first password."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.guards import release
from anlan.accounts.actions.passwords import keep_former, set_password
from anlan.accounts.actions.session_end import drop_sessions
from anlan.accounts.actions.superiors import require_superior
from anlan.accounts.actions.user_create import make_password
from anlan.accounts.models import User
from anlan.kernel import parameters
from anlan.kernel.actions import action
from anlan.kernel.changes import Change


@action("accounts.password_reset", label=_("重设密码"), on="user")
def password_reset(change: Change, *, user: User) -> str:
    """Replace a password by a made one, shown once and to be changed at the next sign-in; gives it.

    Ends the account's sessions and its pause after failures. Refused on one's own account (that is
    ``password_change``), and for an officer on an account that is not of a lower tier.
    """
    require_superior(change, user)
    release(change, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    keep_former(change, user, parameters.integer("accounts.password_history", on=change.today))
    first = make_password()
    change.begin(user)
    set_password(user, first, must_change=True)
    change.save(user)
    drop_sessions(user)
    return first
