"""Whether one account stands above another."""

from datetime import date

from django.db.models import Q

from anlan.accounts.models import RoleGrant, User
from anlan.accounts.rules import is_superior
from anlan.kernel.actors import PersonActor


def helps(actor: PersonActor, user: User, on: date) -> bool:
    """Whether a person may help an account in reach: reset its password, end its sessions. Two queries."""
    own = RoleGrant.objects.on(on).filter(user_id=actor.user_id).values_list("role", "tier")
    not_over = RoleGrant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), user=user)
    return is_superior(own, not_over.values_list("role", "tier"))
