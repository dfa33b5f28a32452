"""``anlan init``: an empty county with the shipped parameters and an administrator."""

import argparse
import re
from datetime import date

NAME = "init"
SUMMARY = "建立一个空的县：区划、默认参数和管理员"
NEEDS = "apps"
# The county is taken to have been there before anything recorded in it: sheets state facts of past decades,
# and an area cannot begin before the one it lies in.
COUNTY_SINCE = date(1949, 10, 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The county's code and name, and the administrator's name for signing in."""
    parser.add_argument("--county", required=True, metavar="CODE", help="县的区划代码，6 位或 12 位")
    parser.add_argument("--name", required=True, metavar="NAME", help="县的名称")
    parser.add_argument("--admin", default="admin", metavar="NAME", help="管理员的用户名（默认 admin）")


def run(arguments: argparse.Namespace) -> int:
    """Make database and county, and print the administrator's one-time password, this once."""
    from anlan.config import installation
    from anlan.config.refusals import WrongUse

    code = arguments.county.strip()
    if not re.fullmatch(r"\d{6}(\d{6})?", code):
        raise WrongUse(f"区划代码应为 6 位或 12 位数字，不能是“{code}”。", "例如 --county 500299。")
    installation.migrate()
    password = create(code.ljust(12, "0"), arguments.name, arguments.admin)
    print(f"{arguments.name}已建立。")
    print(f"管理员：{arguments.admin}")
    print(f"一次性密码（只显示这一次，首次登录须修改）：{password}")
    return 0


def create(code: str, name: str, admin: str) -> str:
    """Create county and administrator, both or neither; gives the administrator's first password."""
    import getpass

    from django.db import transaction
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from anlan.accounts.actions.role_grant import role_grant
    from anlan.accounts.actions.user_create import user_create
    from anlan.accounts.roles import Role, Tier
    from anlan.kernel.actors import CliActor
    from anlan.places.actions.area_create import area_create
    from anlan.places.rules import AreaKind

    actor = CliActor(getpass.getuser())
    with transaction.atomic():
        area_create(actor, code=code, name=name, kind=AreaKind.COUNTY, parent=None, on=COUNTY_SINCE)
        user, password = user_create(actor, username=admin, display_name=_("管理员"))
        role_grant(
            actor,
            user=user,
            role=Role.ADMINISTRATOR,
            tier=Tier.COUNTY,
            path="",
            valid_from=timezone.localdate(),
        )
    return password
