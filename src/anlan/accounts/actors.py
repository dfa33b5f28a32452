"""From an account to the actor behind every change."""

from datetime import date
from typing import cast

from anlan.accounts.models import RoleGrant, User
from anlan.kernel.actors import Grant, PersonActor
from anlan.kernel.paths import Range, Tree


def actor_for(user: User, on: date) -> PersonActor:
    """The person with the roles in force on a day; one query. A locked account has no roles."""
    rows = RoleGrant.objects.filter(user_id=user.pk).on(on).values_list("role", "tree", "path")
    grants = tuple(Grant(role, Range(cast(Tree, tree), path)) for role, tree, path in rows)
    return PersonActor(user.pk, user.display_name, grants if user.is_active else ())
