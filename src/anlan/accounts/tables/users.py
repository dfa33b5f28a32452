"""The list of accounts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.accounts.labels import ROLE_NAMES
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.queries import held_roles
from anlan.kernel.permissions import holds
from anlan.web.formats import write_moment
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.parts import Action, Empty


def _address(user: Any) -> str:
    return reverse("accounts:user", args=[user.username])


def _roles(user: Any) -> str:
    return "；".join(f"{role.role}（{role.reach}）" for role in user.shown_roles)


def _state(user: Any) -> str:
    return str(_("正常") if user.is_active else _("已停用"))


def _last_login(user: Any) -> str:
    return write_moment(user.last_login) if user.last_login else ""


def _with_role(queryset: QuerySet[User], role: str, on: date) -> QuerySet[User]:
    return queryset.filter(pk__in=RoleGrant.objects.on(on).filter(role=role).values("user_id"))


class UserListing(Listing[User]):
    """Accounts with the roles they hold on the day."""

    code = "users"
    permission = "accounts.user_view"
    title = _("账号")
    icon = "person"
    unit = _("个")
    ordering = ("username", "pk")
    search_hint = _("用户名、姓名、单位")
    dated = True
    empty = Empty(_("还没有账号"), _("先用表格批量新建，或者一个一个新建。"))
    columns = (
        Column("display_name", _("姓名"), link=_address, sort="display_name"),
        Column("username", _("用户名"), sort="username"),
        Column("unit", _("单位"), sort="unit"),
        Column("roles", _("角色"), value=_roles, wide=40),
        Column("state", _("状态"), value=_state),
        Column("last_login", _("上次登录"), value=_last_login, sort="last_login", wide=22),
    )
    filters = (
        Filter(
            "role",
            _("角色"),
            [Choice(role.value, name) for role, name in ROLE_NAMES.items()],
            apply=_with_role,
        ),
    )

    def queryset(self, actor: Any, on: date) -> QuerySet[User]:
        """The accounts within the actor's range."""
        return User.objects.visible_to(actor)

    def actions(self, actor: Any) -> Sequence[Action]:
        """New accounts, for those who may make them."""
        if not holds(actor, "accounts.user_create"):
            return ()
        return (
            Action(_("新建账号"), reverse("accounts:user_create"), "main", "add"),
            Action(_("用表格批量新建"), reverse("accounts:user_import"), icon="import"),
        )

    def search(self, queryset: QuerySet[User], text: str) -> QuerySet[User]:
        """By sign-in name, name or unit."""
        return queryset.filter(
            Q(username__icontains=text) | Q(display_name__icontains=text) | Q(unit__icontains=text)
        )

    def attach(self, rows: Sequence[User], on: date) -> None:
        """The roles of the day, by two queries for all rows."""
        shown: dict[int, list[Any]] = {user.pk: [] for user in rows}
        for role in held_roles(RoleGrant.objects.on(on).filter(user__in=rows)):
            shown[role.user_id].append(role)
        for user in rows:
            user.__dict__["shown_roles"] = shown[user.pk]
