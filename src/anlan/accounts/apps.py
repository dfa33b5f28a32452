"""How Django finds this part."""

from typing import cast

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the accounts' permissions, and those of the lower parts, which know no role."""

    name = "anlan.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Fill the registries."""
        from django.contrib.auth.signals import user_logged_in

        from anlan.accounts import history_words, labels, parameter_words, policy, reach
        from anlan.accounts.models import FormerPassword, RoleGrant, SignInGuard, User
        from anlan.accounts.pages import form_drafts
        from anlan.accounts.parameters import PARAMETERS
        from anlan.kernel import changes, parameters, permissions, problems

        problems.register_sentences(labels.PROBLEM_SENTENCES)
        parameters.declare(*PARAMETERS)
        permissions.register_permissions(policy.PERMISSIONS)
        permissions.register_resolver(User, reach.user_places)
        permissions.register_resolver(RoleGrant, reach.grant_places)
        reach.register_reach_tree("area", reach.ReachTree(_("区域"), reach.area_names, reach.area_choices))
        form_drafts.register()
        history_words.register()
        parameter_words.register()
        changes.register_record(User, lambda user: [("user", user.pk)], hidden=("password",))
        changes.register_record(RoleGrant, lambda grant: [("user", grant.user_id)])
        changes.register_record(FormerPassword, lambda row: [("user", row.user_id)], hidden=("password",))
        changes.register_record(SignInGuard, lambda row: [("sign_in_guard", row.pk)])
        _register_navigation()
        _register_work()
        # The time of a sign-in is written by the action that records it.
        user_logged_in.disconnect(dispatch_uid="update_last_login")


def _register_work() -> None:
    from anlan.accounts.pages.waiting import calendar_waiting
    from anlan.web.work import WorkKind, register_work

    register_work(WorkKind("calendar", _("工作日历"), calendar_waiting, order=80))


def _register_navigation() -> None:
    from anlan.kernel import permissions
    from anlan.kernel.actors import Actor
    from anlan.web.navigation import NavItem, register_nav

    register_nav(
        NavItem(
            "accounts.users",
            _("账号"),
            "accounts:users",
            "settings",
            "person",
            visible_for=lambda actor: permissions.holds(cast(Actor, actor), "accounts.user_view"),
        ),
        NavItem(
            "accounts.parameters",
            _("参数"),
            "accounts:parameters",
            "settings",
            "settings",
            order=110,
            visible_for=lambda actor: permissions.holds(cast(Actor, actor), "kernel.parameter_view"),
        ),
        NavItem(
            "accounts.calendar",
            _("工作日历"),
            "accounts:calendar",
            "settings",
            "calendar",
            order=120,
            visible_for=lambda actor: permissions.holds(cast(Actor, actor), "kernel.calendar_view"),
        ),
        NavItem(
            "accounts.exports",
            _("导出记录"),
            "accounts:exports",
            "settings",
            "export",
            order=130,
            visible_for=lambda actor: permissions.holds(cast(Actor, actor), "web.export_view"),
        ),
        NavItem(
            "accounts.me",
            _("我的账号"),
            "accounts:me",
            "account",
            "person",
            order=10,
            phone=4,
            phone_label=_("我的"),
        ),
        NavItem("accounts.password", _("修改密码"), "accounts:password", "account", "lock", order=20),
        NavItem(
            "accounts.sign_out",
            _("退出登录"),
            "accounts:sign_out",
            "account",
            "sign-out",
            order=30,
            post=True,
        ),
    )
