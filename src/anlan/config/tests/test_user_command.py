"""``anlan user``: accounts from the shell."""

import re

import pytest
from django.utils import timezone
from tests.cast import World

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.config.cli import build_parser
from anlan.config.commands import all_commands
from anlan.config.refusals import WrongUse
from anlan.kernel.problems import Refused

pytestmark = pytest.mark.django_db


def call(*words: str) -> int:
    commands = all_commands()
    return commands["user"].run(build_parser(commands).parse_args(["user", *words]))


def test_an_account_is_made_with_a_role_and_shown_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("add", "zhang", "--name", "张三", "--role", "township_officer", "--area", "500299101") == 0
    told = capsys.readouterr().out
    found = re.search(r"[\w-]{14}$", told.strip())
    user = User.objects.get(username="zhang")
    assert found and user.check_password(found[0]) and user.must_change_password
    [grant] = actor_for(user, timezone.localdate()).grants
    assert (grant.role, grant.range.path) == ("township_officer", world.east.path)
    call("list")
    assert "zhang  张三  乡镇工作人员（东河镇）" in capsys.readouterr().out


def test_a_password_is_reset_and_an_account_locked(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call("add", "zhang", "--name", "张三")
    before = User.objects.get(username="zhang").password
    call("reset-password", "ZHANG")
    call("lock", "zhang")
    user = User.objects.get(username="zhang")
    assert user.password != before and not user.is_active
    call("list")
    assert "没有角色  已停用" in capsys.readouterr().out
    call("unlock", "zhang")
    assert User.objects.get(username="zhang").is_active


def test_what_nobody_knows_is_wrong_use(world: World) -> None:
    with pytest.raises(WrongUse, match="没有用户名"):
        call("lock", "nobody")
    call("add", "zhang", "--name", "张三")
    with pytest.raises(WrongUse, match="没有角色"):
        call("grant", "zhang", "--role", "king")
    with pytest.raises(WrongUse, match="没有区划代码"):
        call("grant", "zhang", "--role", "liaison", "--area", "999999")


def test_an_account_with_a_wrong_role_is_not_made(world: World) -> None:
    with pytest.raises(WrongUse):
        call("add", "zhang", "--name", "张三", "--role", "king")
    assert not User.objects.filter(username="zhang").exists()
    with pytest.raises(Refused):
        call("add", "z", "--name", "张三")
