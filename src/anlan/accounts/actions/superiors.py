"""Who may help another account: reset its password, end its sessions."""

from anlan.accounts.models import User
from anlan.accounts.queries.superiors import helps
from anlan.kernel.actors import PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused


def require_superior(change: Change, user: User) -> None:
    """Refuse a person on their own account and on one of the same tier or above; the shell may anything."""
    if not isinstance(change.actor, PersonActor):
        return
    if change.actor.user_id == user.pk:
        raise Refused(Problem("account.own"))
    if not helps(change.actor, user, change.today):
        raise Refused(Problem("account.not_superior"))
