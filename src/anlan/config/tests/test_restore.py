"""``anlan restore``: what was kept comes back whole and verified, or everything stays as it was."""

import errno
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader

from anlan.config.operations import home, keyring, locks
from anlan.config.operations.archive import MANIFEST
from anlan.config.operations.restore import Plan, Restored, restore
from anlan.config.refusals import CheckFailed, CommandRefused, EnvironmentRefused, WrongUse
from anlan.config.tests.homes import anlan, copy_of, execute, files, keep, rows, store


@pytest.fixture
def kept(county_home: Path, tmp_path: Path) -> Path:
    """A backup of the county, without keys."""
    (county_home / "anlan.toml").write_text('allowed_hosts = "anlan.example"\n', "utf-8")
    keep(county_home, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


def bring(target: Path, kept: Path, keys: Path | None = None, replace: bool = False) -> Restored:
    """Restore as the command does."""
    known = frozenset(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
    return restore(Plan(target, store(target), kept, keys, {}, known, replace))


def refused(kind: type[CommandRefused], *given: Any, **more: Any) -> str:
    """What is said when a restore is refused."""
    with pytest.raises(kind) as refusal:
        bring(*given, **more)
    return f"{refusal.value.wrong} {refusal.value.remedy}"


@pytest.fixture
def keys(county_home: Path, tmp_path: Path) -> Path:
    """The county's keys in a second place."""
    shutil.copytree(county_home / "keys", tmp_path / "keys-elsewhere")
    return tmp_path / "keys-elsewhere"


def test_an_empty_home_gets_everything_back(
    county_home: Path, kept: Path, keys: Path, tmp_path: Path
) -> None:
    target = tmp_path / "restored"
    said = anlan(target, "restore", str(kept), "--keys", str(keys))
    assert "链条完整" in said and "2 个文件" in said
    assert rows(target) == rows(county_home)
    assert files(target) == files(county_home) and len(files(target)) == 2
    assert (target / "anlan.toml").read_bytes() == (county_home / "anlan.toml").read_bytes()
    assert keyring.read_folder(target / "keys") == keyring.read_folder(county_home / "keys")
    assert "变更记录完整" in anlan(target, "audit", "verify")
    assert anlan(target, "doctor").count("[正常]") >= 8
    assert not list(target.glob("incoming-*")) and not list(target.glob("before-restore-*"))


def test_a_backup_with_keys_needs_no_others(county_home: Path, tmp_path: Path) -> None:
    keep(county_home, tmp_path / "kept.zip", with_keys=True)
    assert bring(tmp_path / "restored", tmp_path / "kept.zip").aside is None
    assert rows(tmp_path / "restored") == rows(county_home)


def test_keys_laid_ready_in_the_home_are_taken(
    county_home: Path, kept: Path, keys: Path, tmp_path: Path
) -> None:
    target = tmp_path / "restored"
    shutil.copytree(keys, target / "keys")
    bring(target, kept)
    assert rows(target) == rows(county_home)


def test_without_keys_nothing_is_restored(kept: Path, tmp_path: Path) -> None:
    said = refused(WrongUse, tmp_path / "restored", kept)
    assert "不含密钥" in said and "--keys" in said
    assert home.present(tmp_path / "restored") == []


def test_wrong_keys_are_named(kept: Path, keys: Path, tmp_path: Path) -> None:
    keyring.write_folder({"data": b"0" * 16}, keys)
    said = refused(WrongUse, tmp_path / "restored", kept, keys)
    assert "不是写这份备份时用的密钥：data" in said
    assert home.present(tmp_path / "restored") == []


def test_a_file_that_holds_no_keys_is_refused(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("no keys", "utf-8")
    assert "不是密钥文件" in refused(WrongUse, tmp_path / "restored", kept, tmp_path / "letter.txt")


def test_a_home_with_data_is_left_alone_without_replace(county_home: Path, kept: Path) -> None:
    before = rows(county_home)
    assert "--replace" in refused(WrongUse, county_home, kept)
    assert rows(county_home) == before


def test_replace_sets_the_former_state_aside(county_home: Path, kept: Path) -> None:
    at_backup = rows(county_home)
    execute(county_home, "CREATE TABLE later (x)")
    later = rows(county_home)
    done = bring(county_home, kept, replace=True)
    assert rows(county_home) == at_backup
    (aside,) = county_home.glob("before-restore-*")
    assert done.aside == aside
    assert rows(aside) == later and files(aside) == files(county_home)


def test_a_damaged_database_is_no_obstacle(county_home: Path, kept: Path) -> None:
    at_backup = rows(county_home)
    (county_home / home.DATABASE).write_bytes(b"no database at all" * 1000)
    bring(county_home, kept, replace=True)
    assert rows(county_home) == at_backup


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a backup whose parts went through ``change(name, content)``."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize("part", ["database", "files/"])
def test_a_changed_part_is_found_and_nothing_touched(
    county_home: Path, kept: Path, tmp_path: Path, part: str
) -> None:
    def change(name: str, content: bytes) -> bytes:
        return flipped(content, len(content) // 2) if name.startswith(part) else content

    before = rows(county_home), files(county_home)
    broken = rewritten(kept, tmp_path / "broken.zip", change)
    assert "与清单不符" in refused(WrongUse, county_home, broken, replace=True)
    assert (rows(county_home), files(county_home)) == before
    assert not list(county_home.glob("incoming-*")) and not list(county_home.glob("before-restore-*"))


def test_a_manifest_made_to_fit_is_found_by_its_seal(county_home: Path, kept: Path, tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != MANIFEST:
            return content
        return json.dumps({**json.loads(content), "made_at": "2020-01-01T00:00:00+00:00"}).encode()

    broken = rewritten(kept, tmp_path / "broken.zip", change)
    assert "封印不符" in refused(WrongUse, county_home, broken, replace=True)


def test_a_chain_broken_before_the_backup_is_refused(county_home: Path, tmp_path: Path) -> None:
    other = copy_of(county_home, tmp_path / "altered")
    execute(other, "UPDATE kernel_changeentry SET action = 'nothing.happened' WHERE sequence = 3")
    keep(other, tmp_path / "altered.zip")
    before = rows(county_home)
    said = refused(CheckFailed, county_home, tmp_path / "altered.zip", replace=True)
    assert "链条不完整" in said and "#3" in said
    assert rows(county_home) == before


def test_a_missing_file_is_found(county_home: Path, tmp_path: Path) -> None:
    next((county_home / "files").rglob("*.sealed")).unlink()
    keep(county_home, tmp_path / "kept.zip", with_keys=True)
    said = refused(CheckFailed, tmp_path / "restored", tmp_path / "kept.zip")
    assert "缺少文件" in said
    assert home.present(tmp_path / "restored") == []


def test_cut_off_or_something_else_is_no_backup(county_home: Path, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    (tmp_path / "letter.txt").write_text("no backup", "utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "no backup")
    for name in ("cut.zip", "letter.txt", "other.zip"):
        assert "不是完整的安澜备份" in refused(WrongUse, county_home, tmp_path / name)
    assert "无法读取" in refused(WrongUse, county_home, tmp_path / "nowhere.zip")


def test_a_backup_of_a_later_version_is_refused(county_home: Path, tmp_path: Path) -> None:
    execute(
        county_home,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_later', '2030-01-01')",
    )
    keep(county_home, tmp_path / "kept.zip", with_keys=True)
    said = refused(WrongUse, tmp_path / "restored", tmp_path / "kept.zip")
    assert "kernel.9999_later" in said and "更新" in said


KILL = """
import os, signal
from pathlib import Path
from anlan.config.operations import restore
renamed, left = Path.rename, {left}
def rename(path, target):
    global left
    if path.name in ("anlan.sqlite3", "files", "keys", "anlan.toml"):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
    return renamed(path, target)
original = restore._exchange
def exchange(*given):
    Path.rename = rename
    original(*given)
    os.kill(os.getpid(), signal.SIGKILL)
restore._exchange = exchange
"""


def test_killed_while_exchanging_the_next_start_puts_the_old_state_back(
    county_home: Path, kept: Path
) -> None:
    execute(county_home, "CREATE TABLE later (x)")
    before = rows(county_home), files(county_home), keyring.read_folder(county_home / "keys")
    anlan(county_home, "restore", str(kept), "--replace", before=KILL.format(left=3), code=-9)
    assert (county_home / "unfinished.json").exists()
    said = anlan(county_home, "audit", "verify")
    assert "上一次恢复被中断" in said and "变更记录完整" in said
    assert (rows(county_home), files(county_home), keyring.read_folder(county_home / "keys")) == before
    assert not (county_home / "unfinished.json").exists() and not list(county_home.glob("before-restore-*"))


def test_killed_in_an_empty_home_it_is_empty_again(kept: Path, keys: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    words = ("restore", str(kept), "--keys", str(keys))
    anlan(target, *words, before=KILL.format(left=2), code=-9)
    assert "恢复被中断" in anlan(target, "doctor", code=1)
    assert not any((target / name).exists() for name in (home.FILES, home.KEYS, home.SETTINGS))
    anlan(target, *words)


def test_a_failing_exchange_puts_the_old_state_back_at_once(
    county_home: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.name == "keys" and "incoming" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return original(path, target)

    execute(county_home, "CREATE TABLE later (x)")
    before = rows(county_home), files(county_home)
    monkeypatch.setattr(Path, "rename", rename)
    assert "磁盘已满" in refused(EnvironmentRefused, county_home, kept, replace=True)
    assert (rows(county_home), files(county_home)) == before
    assert not (county_home / "unfinished.json").exists()


def test_nobody_may_be_at_work_meanwhile(county_home: Path, kept: Path) -> None:
    with locks._open(county_home / locks.IN_USE) as file:
        assert locks._taken(file, alone=False)
        assert "正在使用" in refused(EnvironmentRefused, county_home, kept, replace=True)
        assert "变更记录完整" in anlan(county_home, "audit", "verify")
    with locks.alone(county_home):
        assert "等它完成" in anlan(county_home, "audit", "verify", code=3)
