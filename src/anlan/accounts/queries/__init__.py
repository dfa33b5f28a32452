"""What the pages of accounts, parameters and the calendar show."""

from anlan.accounts.queries.roles import HeldRole, held_roles, roles_of

__all__ = ["HeldRole", "held_roles", "roles_of"]
