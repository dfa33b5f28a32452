"""How Django finds this part."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the accounts' permissions, and those of the lower parts, which know no role."""

    name = "anlan.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.accounts import policy
        from anlan.accounts.models import RoleGrant, User
        from anlan.kernel import changes, permissions

        permissions.register_permissions(policy.PERMISSIONS)
        changes.register_record(User, lambda user: [("user", user.pk)])
        changes.register_record(RoleGrant, lambda grant: [("user", grant.user_id)])
