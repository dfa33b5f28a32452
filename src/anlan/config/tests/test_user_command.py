"""``anlan user``: accounts from the shell."""

import errno
import re
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cast import World

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.config.cli import build_parser
from anlan.config.commands import all_commands
from anlan.config.refusals import CheckFailed, EnvironmentRefused, WrongUse
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


SHEET = "姓名,角色,管理范围\n张三,乡镇工作人员,{place}\n李四,联络员,东河镇石桥村\n"


def test_a_sheet_of_accounts_is_opened_all_at_once(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "accounts.csv"
    sheet.write_text(SHEET.format(place="东河镇"), "utf-8")
    assert call("import", str(sheet), "--dry-run") == 0
    assert not User.objects.filter(username="zhangsan").exists()
    assert call("import", str(sheet)) == 0
    told = capsys.readouterr().out
    found = re.search(r"lisi  ([\w-]{14})$", told.strip())
    assert found and User.objects.get(username="lisi").check_password(found[1])


def test_slips_are_written_for_their_owner_alone(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, slips = tmp_path / "accounts.csv", tmp_path / "slips.html"
    sheet.write_text(SHEET.format(place="东河镇"), "utf-8")
    assert call("import", str(sheet), "--slips", str(slips), "--address", "https://anlan.example/") == 0
    told, page = capsys.readouterr().out, slips.read_text("utf-8")
    [first, second] = re.findall(r'slip-code">([\w-]{14})<', page)
    assert slips.stat().st_mode & 0o777 == 0o600 and first not in told and "anlan.example" in page
    assert User.objects.get(username="lisi").check_password(second)
    sheet.write_text(SHEET.format(place="西岭乡"), "utf-8")
    with pytest.raises(WrongUse, match="已经存在"):
        call("import", str(sheet), "--slips", str(slips))
    with pytest.raises(WrongUse, match="没有这个文件夹"):
        call("import", str(sheet), "--slips", str(tmp_path / "no" / "slips.html"))
    assert User.objects.filter(display_name="张三").count() == 1


def test_where_slips_cannot_be_written_no_account_is_opened(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sheet, slips = tmp_path / "accounts.csv", tmp_path / "slips.html"
    sheet.write_text(SHEET.format(place="东河镇"), "utf-8")
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(EnvironmentRefused, match="磁盘已满"):
        call("import", str(sheet), "--slips", str(slips))
    assert not slips.exists()
    assert not User.objects.filter(display_name__in=("张三", "李四")).exists()


def test_a_sheet_with_a_bad_line_opens_nothing(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "accounts.csv"
    sheet.write_text(SHEET.format(place="南山镇"), "utf-8")
    with pytest.raises(CheckFailed, match="1 行要改"):
        call("import", str(sheet))
    assert "第 2 行 张三：没有找到“南山镇”" in capsys.readouterr().err
    assert not User.objects.exists()
    sheet.write_text("甲,乙\n", "utf-8")
    with pytest.raises(WrongUse, match="表头"):
        call("import", str(sheet))
    with pytest.raises(WrongUse, match="读不到文件"):
        call("import", str(tmp_path / "none.csv"))
