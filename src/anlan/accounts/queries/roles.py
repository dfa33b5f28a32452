"""What the pages of accounts show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from anlan.accounts.labels import ROLE_NAMES, TIER_NAMES
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.reach import reach_names
from anlan.accounts.roles import Role, Tier
from anlan.kernel.paths import Tree


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role as people read it; ``last_day`` is inclusive, None while open."""

    grant_id: int
    user_id: int
    role: str
    tier: str
    reach: str
    first_day: date
    last_day: date | None

    def is_over(self, day: date) -> bool:
        """Whether the role's last day has passed."""
        return self.last_day is not None and self.last_day < day

    def holds_on(self, day: date) -> bool:
        """Whether the role is in force on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def held_roles(grants: Iterable[RoleGrant]) -> list[HeldRole]:
    """Grants with their words, in the order given; one query for the names of the areas."""
    rows = list(grants)
    names = reach_names((cast(Tree, row.tree), row.path) for row in rows)
    return [
        HeldRole(
            row.pk,
            row.user_id,
            str(ROLE_NAMES[Role(row.role)]),
            str(TIER_NAMES[Tier(row.tier)]),
            names[cast(Tree, row.tree), row.path],
            row.valid_from,
            row.valid_to - timedelta(days=1) if row.valid_to else None,
        )
        for row in rows
    ]


def roles_of(user: User) -> list[HeldRole]:
    """All roles of an account, over and to come, the latest first."""
    return held_roles(user.grants.order_by("-valid_from", "-pk"))
