"""``anlan user``: accounts from the shell."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlan.accounts.models import User
    from anlan.kernel.actors import CliActor

NAME = "user"
SUMMARY = "管理账号：add、list、reset-password、lock、unlock、grant"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which account."""
    choices = parser.add_subparsers(dest="user_verb", metavar="操作", required=True)
    add = choices.add_parser("add", help="新建账号，显示一次性密码")
    add.add_argument("username", metavar="NAME", help="用户名")
    add.add_argument("--name", required=True, metavar="NAME", help="姓名")
    add.add_argument("--unit", default="", metavar="TEXT", help="单位")
    _add_role_arguments(add, required=False)
    choices.add_parser("list", help="列出账号和角色")
    for verb, told in (
        ("reset-password", "重设密码，显示一次性密码"),
        ("lock", "停用账号"),
        ("unlock", "启用账号，并解除登录暂停"),
    ):
        choices.add_parser(verb, help=told).add_argument("username", metavar="NAME", help="用户名")
    grant = choices.add_parser("grant", help="授予角色")
    grant.add_argument("username", metavar="NAME", help="用户名")
    _add_role_arguments(grant, required=True)


def _add_role_arguments(parser: argparse.ArgumentParser, *, required: bool) -> None:
    from anlan.accounts.roles import Role

    roles = ", ".join(role.value for role in Role)
    parser.add_argument("--role", required=required, metavar="ROLE", help=f"角色：{roles}")
    parser.add_argument("--area", metavar="CODE", help="管理范围的区划代码（不写为全县）")


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit code 2 for a name or code nobody knows."""
    verbs = {
        "add": _add,
        "list": _list,
        "reset-password": _reset,
        "lock": _lock,
        "unlock": _unlock,
        "grant": _grant,
    }
    verbs[arguments.user_verb](arguments)
    return 0


def _add(arguments: argparse.Namespace) -> None:
    from django.db import transaction

    from anlan.accounts.actions.user_create import user_create

    with transaction.atomic():
        user, first = user_create(
            _actor(), username=arguments.username, display_name=arguments.name, unit=arguments.unit
        )
        if arguments.role:
            _give_role(user, arguments)
    print(f"账号 {user.username}（{user.display_name}）已建立。")
    _show_password(first)


def _list(arguments: argparse.Namespace) -> None:
    from django.utils import timezone

    from anlan.accounts.models import RoleGrant, User
    from anlan.accounts.queries import held_roles

    held: dict[int, list[str]] = {}
    for role in held_roles(RoleGrant.objects.on(timezone.localdate())):
        held.setdefault(role.user_id, []).append(f"{role.role}（{role.reach}）")
    for user in User.objects.order_by("username"):
        state = "" if user.is_active else "  已停用"
        print(f"{user.username}  {user.display_name}  {'；'.join(held.get(user.pk, ['没有角色']))}{state}")


def _reset(arguments: argparse.Namespace) -> None:
    from anlan.accounts.actions.password_reset import password_reset

    _show_password(password_reset(_actor(), user=_find(arguments.username)))


def _lock(arguments: argparse.Namespace) -> None:
    from anlan.accounts.actions.user_lock import user_lock

    user_lock(_actor(), user=_find(arguments.username))
    print(f"账号 {arguments.username} 已停用。")


def _unlock(arguments: argparse.Namespace) -> None:
    from anlan.accounts.actions.user_lock import user_unlock

    user_unlock(_actor(), user=_find(arguments.username))
    print(f"账号 {arguments.username} 已启用。")


def _grant(arguments: argparse.Namespace) -> None:
    _give_role(_find(arguments.username), arguments)
    print(f"已授予 {arguments.username} 角色 {arguments.role}。")


def _give_role(user: "User", arguments: argparse.Namespace) -> None:
    from django.utils import timezone

    from anlan.accounts.actions.role_grant import role_grant
    from anlan.accounts.roles import Role, Tier
    from anlan.config.refusals import WrongUse
    from anlan.places.models import Area
    from anlan.places.rules import AreaKind

    if arguments.role not in set(Role):
        raise WrongUse(f"没有角色“{arguments.role}”。", "可以是：" + "、".join(role.value for role in Role))
    path, tier = "", Tier.COUNTY
    if arguments.area:
        area = Area.objects.filter(code=arguments.area.ljust(12, "0"), valid_to=None).first()
        if area is None:
            raise WrongUse(f"没有区划代码“{arguments.area}”。", "核对 12 位区划代码。")
        tiers = {AreaKind.COUNTY: Tier.COUNTY, AreaKind.TOWNSHIP: Tier.TOWNSHIP}
        path, tier = area.path, tiers.get(AreaKind(area.kind), Tier.VILLAGE)
    role_grant(
        _actor(), user=user, role=arguments.role, tier=tier, path=path, valid_from=timezone.localdate()
    )


def _find(username: str) -> "User":
    from anlan.accounts.models import User
    from anlan.config.refusals import WrongUse

    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        raise WrongUse(f"没有用户名“{username}”。", "运行 anlan user list 查看账号。")
    return user


def _actor() -> "CliActor":
    import getpass

    from anlan.kernel.actors import CliActor

    return CliActor(getpass.getuser())


def _show_password(password: str) -> None:
    print(f"一次性密码（只显示这一次，首次登录须修改）：{password}")
