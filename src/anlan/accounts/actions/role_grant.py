"""Giving somebody a role, and taking it back."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.accounts.models import RoleGrant, User
from anlan.accounts.roles import Role, Tier
from anlan.kernel.actions import action
from anlan.kernel.actors import Actor, PersonActor
from anlan.kernel.changes import Change
from anlan.kernel.paths import Tree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.problems import Problem, Refused


@action("accounts.role_grant", label=_("授予角色"), on="user")
def role_grant(
    change: Change,
    *,
    user: User,
    role: str,
    tier: str,
    tree: Tree = "area",
    path: str,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role within one subtree from a day (inclusive) to another (exclusive; None: until ended).

    A range outside the actor's own is refused, and so is one's own account: nobody raises themselves.
    """
    if isinstance(change.actor, PersonActor) and change.actor.user_id == user.pk:
        raise Refused(Problem("account.own"))
    problems = grant_problems(change.actor, role, tier, tree, path, valid_from, valid_to)
    if problems:
        raise Refused(*problems)
    grant = RoleGrant(
        user=user, role=role, tier=tier, tree=tree, path=path, valid_from=valid_from, valid_to=valid_to
    )
    change.create(grant)
    return grant


def grant_problems(
    actor: Actor, role: str, tier: str, tree: Tree, path: str, valid_from: date, valid_to: date | None
) -> list[Problem]:
    """What is wrong with a role to be given: no such role or tier, days the wrong way round, out of range."""
    problems = []
    if role not in set(Role):
        problems.append(Problem("value.required", "role"))
    if tier not in set(Tier) or (not path and tier != Tier.COUNTY):
        problems.append(Problem("account.role_path", "path"))
    if valid_to is not None and valid_to < valid_from:
        problems.append(Problem("account.role_dates", "valid_to"))
    ranges = ranges_for(actor, "accounts.role_grant")
    inside = any(reach.tree == tree and reach.holds(path) for reach in ranges)
    if not inside and not any(reach.tree == "area" and reach.is_whole for reach in ranges):
        problems.append(Problem("action.out_of_range", "path", {"action": str(_("授予角色"))}))
    return problems


@action("accounts.role_end", label=_("收回角色"), on="grant")
def role_end(change: Change, *, grant: RoleGrant, on: date, reason: str = "") -> RoleGrant:
    """End a role: it holds no more from ``on`` on.

    Refused on one's own account, before the role's first day, and after the day it ends on anyway.
    """
    row = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if isinstance(change.actor, PersonActor) and change.actor.user_id == row.user_id:
        raise Refused(Problem("account.own"))
    if on < row.valid_from:
        raise Refused(Problem("account.role_dates", "on"))
    if row.valid_to is not None and on > row.valid_to:
        raise Refused(Problem("account.role_over", "on", {"day": row.valid_to}))
    change.reason = reason
    change.begin(row)
    row.valid_to = on
    change.save(row)
    return row
