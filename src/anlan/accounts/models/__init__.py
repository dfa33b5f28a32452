"""What the accounts keep."""

from anlan.accounts.models.user import RoleGrant, User

__all__ = ["RoleGrant", "User"]
