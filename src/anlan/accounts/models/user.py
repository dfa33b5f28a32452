"""People who sign in, and the roles they hold from day to day."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from anlan.accounts.roles import Role, Tier
from anlan.kernel.paths import PathField


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this sign-in name, whatever its letter case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody with an account. What they may do is in their role grants, nothing here."""

    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    def has_perms(self, *_: Any) -> bool:
        """Nobody has Django's own permissions: rights come from role grants alone."""
        return False


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Questions about sets of grants."""

    def on(self, day: date) -> Self:
        """Grants in force on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))


class RoleGrant(models.Model):
    """One role held within one subtree of areas or organisations, from one day to another (exclusive)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=[(role.value, role.name) for role in Role])
    tier = models.CharField(max_length=10, choices=[(tier.value, tier.name) for tier in Tier])
    tree = models.CharField(max_length=12, choices=[("area", "area"), ("organization", "organization")])
    path = PathField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["user_id", "valid_from"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.path}"
