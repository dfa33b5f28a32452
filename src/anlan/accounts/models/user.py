"""People who sign in, and the roles they hold from day to day."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models.functions import Lower

from anlan.accounts.roles import Role, Tier
from anlan.kernel.actors import Actor
from anlan.kernel.paths import PathField, subtree
from anlan.kernel.permissions import ranges_for


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this sign-in name, whatever its letter case."""
        return self.get(username__iexact=username)


class UserQuerySet(models.QuerySet["User"]):
    """Questions about sets of accounts."""

    def visible_to(self, actor: Actor, permission: str = "accounts.user_view") -> Self:
        """Accounts with a role inside one of the actor's ranges; to the whole county all of them."""
        condition = models.Q(pk__in=())
        for reach in ranges_for(actor, permission):
            if reach.tree == "area" and reach.is_whole:
                return self.all()
            inside = RoleGrant.objects.filter(subtree("path", reach.path), tree=reach.tree)
            condition |= models.Q(pk__in=inside.values("user_id"))
        return self.filter(condition)


class User(AbstractBaseUser):
    """Somebody with an account. What they may do is in their role grants, nothing here."""

    password = models.CharField(max_length=160)
    last_login = models.DateTimeField(null=True, blank=True)
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once_whatever_case"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Unlike Django's own, never writes; ``sign_in_succeed`` renews old
        hashes.
        """
        return check_password(raw_password, self.password)

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
