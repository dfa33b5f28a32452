"""Ending sessions: one's own on another device, those of an account one helps."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.actions.superiors import require_superior
from anlan.accounts.models import SignedInSession, User
from anlan.accounts.queries.sessions import handle_of
from anlan.kernel.actions import action
from anlan.kernel.changes import Change


@action("accounts.session_end", label=_("结束登录"), on="user")
def session_end(change: Change, *, user: User, handle: str = "") -> int:
    """End one session of another account, or all of them without ``handle``; gives how many ended."""
    require_superior(change, user)
    return _end(change, user, handle, "")


@action("accounts.own_session_end", label=_("结束自己的登录"), actors=("person",), own="user")
def own_session_end(change: Change, *, user: User, handle: str = "", keep: str = "") -> int:
    """End one of one's own sessions, or all but the one with the key ``keep``; gives how many ended."""
    return _end(change, user, handle, keep)


def drop_sessions(user: User, keep: str = "") -> int:
    """End all sessions of an account but the one with the key ``keep``, as part of another action."""
    return SignedInSession.objects.filter(user=user).exclude(session_key=keep).delete()[0]


def _end(change: Change, user: User, handle: str, keep: str) -> int:
    rows = [
        row
        for row in SignedInSession.objects.filter(user=user).exclude(session_key=keep)
        if not handle or handle_of(row.session_key) == handle
    ]
    if rows:
        change.mention(("user", user.pk))
        change.facts = {"sessions": [{"device": row.device, "address": row.address} for row in rows]}
    SignedInSession.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    return len(rows)
