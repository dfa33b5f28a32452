"""How the columns of the accounts are called in the history of an account."""

from django.utils.translation import gettext_lazy as _

from anlan.accounts.labels import ROLE_NAMES, TIER_NAMES
from anlan.accounts.reach import reach_names
from anlan.kernel.paths import Tree
from anlan.web.history import (
    FieldWords,
    Row,
    TableWords,
    choice,
    day,
    history_panel,
    register_words,
    text,
    yes_no,
)
from anlan.web.records import register_panel


def _reach(value: object, row: Row) -> str:
    tree: Tree = "organization" if row.get("tree") == "organization" else "area"
    return reach_names([(tree, str(value))])[tree, str(value)]


TABLES = {
    "accounts_user": TableWords(
        _("账号"),
        {
            "username": text(_("用户名")),
            "display_name": text(_("姓名")),
            "unit": text(_("单位")),
            "is_active": yes_no(_("启用")),
            "password": text(_("密码")),
        },
    ),
    "accounts_rolegrant": TableWords(
        _("角色"),
        {
            "role": choice(_("角色"), {role.value: name for role, name in ROLE_NAMES.items()}),
            "tier": choice(_("级别"), {tier.value: name for tier, name in TIER_NAMES.items()}),
            "path": FieldWords(_("管理范围"), _reach),
            "valid_from": day(_("从哪天起")),
            "valid_to": day(_("收回日期")),
        },
    ),
}


def register() -> None:
    """Tell the history the words, and put it on the pages of accounts."""
    register_words(TABLES)
    register_panel("user", history_panel("user"))
