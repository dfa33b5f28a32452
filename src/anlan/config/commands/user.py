"""``anlan user``: accounts from the shell."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlan.accounts.imports.opening import Slip
    from anlan.accounts.imports.planning import PlannedAccount
    from anlan.accounts.imports.reading import Line
    from anlan.accounts.models import User
    from anlan.kernel.actors import CliActor

NAME = "user"
SUMMARY = "管理账号：add、import、list、reset-password、lock、unlock、grant"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which account."""
    choices = parser.add_subparsers(dest="user_verb", metavar="操作", required=True)
    add = choices.add_parser("add", help="新建账号，显示一次性密码")
    add.add_argument("username", metavar="NAME", help="用户名")
    add.add_argument("--name", required=True, metavar="NAME", help="姓名")
    add.add_argument("--unit", default="", metavar="TEXT", help="单位")
    _add_role_arguments(add, required=False)
    many = choices.add_parser("import", help="用表格批量新建账号，要么全部建立，要么都不建立")
    many.add_argument("file", metavar="文件", help="账号表：.xlsx .xls .ods .csv")
    many.add_argument("--dry-run", action="store_true", help="只检查，不建立")
    many.add_argument("--slips", metavar="FILE", help="把密码条写成可打印的网页文件（打印后请删除）")
    many.add_argument("--address", default="", metavar="URL", help="密码条上的网址")
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
    """Do it; exit code 2 for a name or code nobody knows, 1 when lines of a sheet were refused."""
    verbs: dict[str, Callable[[argparse.Namespace], None]] = {
        "add": _add,
        "import": _import,
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


def _import(arguments: argparse.Namespace) -> None:
    from django.db import transaction
    from django.utils import timezone

    from anlan.accounts.imports.opening import open_accounts
    from anlan.accounts.imports.planning import plan_accounts
    from anlan.config.refusals import CheckFailed

    planned = plan_accounts(_sheet_lines(Path(arguments.file)), _actor(), timezone.localdate())
    _tell_lines(planned)
    refused = sum(one.refused for one in planned)
    if refused:
        raise CheckFailed(f"{refused} 行要改，一个账号也没有建。", "按上面的说明改好表格，再导入一次。")
    if arguments.dry_run:
        print(f"{len(planned)} 行都可以。没有建立账号（--dry-run）。")
        return
    if arguments.slips:
        _require_new(Path(arguments.slips))
    with transaction.atomic():
        slips = open_accounts(_actor(), planned)
        if arguments.slips:
            # The passwords stand nowhere else: where they cannot be written, no account is opened.
            _write_slips(slips, Path(arguments.slips), arguments.address)
    print(f"已建立 {len(slips)} 个账号。")
    if arguments.slips:
        print(f"密码条：{arguments.slips}（只有本机用户能读；打印后请删除）")
        return
    print("一次性密码只显示这一次，首次登录须修改：")
    for slip in slips:
        print(f"{slip.name}  {slip.unit}  {slip.username}  {slip.password}")


def _sheet_lines(path: Path) -> "list[Line]":
    from anlan.accounts.imports.reading import read_lines
    from anlan.config.refusals import WrongUse
    from anlan.kernel.problems import Refused, sentence

    try:
        return read_lines(path.read_bytes())
    except OSError as error:
        raise WrongUse(f"读不到文件：{path}", "核对文件名和读取权限。") from error
    except Refused as refused:
        told = "".join(sentence(problem) for problem in refused.problems)
        raise WrongUse(told, "在“账号”页可以下载空白表。") from refused


def _tell_lines(planned: "list[PlannedAccount]") -> None:
    from anlan.accounts.imports.planning import sentence_of

    for one in planned:
        for problem in one.problems:
            print(f"第 {one.row} 行 {one.name or '（没有姓名）'}：{sentence_of(problem)}", file=sys.stderr)


def _require_new(path: Path) -> None:
    from anlan.config.refusals import WrongUse

    if path.exists():
        raise WrongUse(f"文件已经存在：{path}", "换一个文件名。")
    if not path.absolute().parent.is_dir():
        raise WrongUse(f"没有这个文件夹：{path.absolute().parent}", "先建好文件夹，或换一个位置。")


def _write_slips(slips: "list[Slip]", path: Path, address: str) -> None:
    from django.contrib.staticfiles import finders
    from django.template.loader import render_to_string

    from anlan.config.operations.home import telling_of_a_full_disk

    tokens, style = (
        Path(str(finders.find(name))).read_text("utf-8")
        for name in ("anlan/tokens.css", "accounts/accounts.css")
    )
    context = {"slips": slips, "address": address, "tokens": tokens, "style": style}
    text = render_to_string("accounts/slips_sheet.html", context)
    try:
        with telling_of_a_full_disk(path):
            path.touch(mode=0o600)
            path.write_text(text, "utf-8")
    except BaseException:
        path.unlink(missing_ok=True)
        raise


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
