"""Backup, restore and upgrade killed, or out of disk, at every step: the old state or the new, whole."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from anlan.config.operations.proof import SOURCE
from anlan.config.tests.homes import environment, execute, keep
from anlan.config.tests.stage import FULL, KILLED, state
from anlan.config.tests.test_upgrade import FIRST, SECOND

Tries = list[dict[str, Any]]
SECONDS = 900


def tried(folder: Path, mode: str, *words: str, variables: dict[str, str] | None = None) -> Tries:
    """Every try of a command upon ``folder/pristine``, the undisturbed one last."""
    command = [sys.executable, "-m", "anlan.config.tests.stage", str(folder), mode, *words]
    given = {"PYTHONDONTWRITEBYTECODE": "1", **(variables or {})}
    done = subprocess.run(
        command,
        env=environment(folder / "home", given),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def require_whole(tries: Tries, mode: str, before: str, fewest: int) -> None:
    """Every try left the old state or the new, and the next one made it; nothing is left lying about."""
    *broken, undisturbed = tries
    assert undisturbed["code"] == 0, undisturbed
    assert len(broken) >= fewest, [one["step"] for one in broken]
    after, clean = undisturbed["left"]["rows"], undisturbed["left"]["names"]
    assert before != after
    for one in broken:
        require_end(one, mode)
        assert one["next_code"] == 0, one
        assert one["then"]["rows"] in (before, after), one
        assert "unfinished.json" not in one["then"]["names"], one
        if not one["as_begun"]:
            # A restore into a home that has become full is refused; else the next one makes it.
            assert one["again_code"] == 0 or one["then"]["rows"] == after, one
            assert one["again"]["rows"] == after, one
            assert set(one["again"]["names"]) == set(clean), one


def require_end(one: dict[str, Any], mode: str) -> None:
    """A try was killed; or it was refused for want of room, or needed none any more."""
    if mode == KILLED:
        assert one["code"] == -9, one
    else:
        assert one["code"] == 0 or (one["code"] == 3 and two_lines(one["said"])), one


def two_lines(said: str) -> bool:
    """Whether the last of what was said is one line on what is wrong, and one on what to do; no traceback."""
    lines = [line for line in said.splitlines() if not line.startswith("  ")]
    return "Traceback" not in said and len(lines) == 2 and ("磁盘" in lines[0] or "写" in lines[0])


def pristine(home: Path, tmp_path: Path) -> Path:
    """A stage with a home to begin from."""
    folder = tmp_path / "stage"
    folder.mkdir()
    shutil.copytree(home, folder / "pristine")
    return folder


def later(tmp_path: Path, do: str = "None") -> dict[str, str]:
    """The variables with which the stage finds a later version's migrations; the last does something."""
    folder = tmp_path / "late_migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "0001_first.py").write_text(FIRST, "utf-8")
    (folder / "0002_second.py").write_text(SECOND.replace("{DO}", do), "utf-8")
    return {"PYTHONPATH": f"{SOURCE}:{tmp_path}", "STAGE_MIGRATIONS": "late_migrations"}


@pytest.mark.parametrize("mode", [KILLED, FULL])
def test_an_upgrade_broken_off_at_every_step(county_home: Path, tmp_path: Path, mode: str) -> None:
    folder = pristine(county_home, tmp_path)
    tries = tried(folder, mode, "upgrade", variables=later(tmp_path))
    require_whole(tries, mode, state(county_home)["rows"], fewest=25)


def test_an_upgrade_that_fails_killed_also_while_it_puts_back(county_home: Path, tmp_path: Path) -> None:
    folder, before = pristine(county_home, tmp_path), state(county_home)["rows"]
    *broken, undisturbed = tried(folder, KILLED, "upgrade", variables=later(tmp_path, "1 / 0"))
    assert undisturbed["code"] == 3 and undisturbed["left"]["rows"] == before
    steps = [one["step"] for one in broken]
    assert steps.count("os.rename anlan.sqlite3") == 1, "the old database is moved back"
    for one in broken:
        assert (one["code"], one["next_code"], one["then"]["rows"]) == (-9, 0, before), one


@pytest.mark.parametrize(("into", "mode"), [("empty", KILLED), ("replace", KILLED), ("replace", FULL)])
def test_a_restore_broken_off_at_every_step(county_home: Path, tmp_path: Path, mode: str, into: str) -> None:
    keep(county_home, tmp_path / "kept.zip", with_keys=True)
    execute(county_home, "CREATE TABLE later (x)")
    if into == "empty":
        folder = tmp_path / "stage"
        folder.mkdir()
        words = ["restore", str(tmp_path / "kept.zip")]
    else:
        folder = pristine(county_home, tmp_path)
        words = ["restore", str(tmp_path / "kept.zip"), "--replace"]
    before = state(county_home if into == "replace" else tmp_path / "nowhere")["rows"]
    require_whole(tried(folder, mode, *words), mode, before, fewest=12)


@pytest.mark.parametrize("mode", [KILLED, FULL])
def test_a_backup_broken_off_at_every_step(county_home: Path, tmp_path: Path, mode: str) -> None:
    folder = pristine(county_home, tmp_path)
    tries = tried(folder, mode, "backup", str(folder / "home" / "kept.zip"))
    *broken, undisturbed = tries
    assert undisturbed["code"] == 0 and len(broken) >= 6
    rows = undisturbed["left"]["rows"]
    for one in broken:
        require_end(one, mode)
        assert one["left"]["rows"] == rows, one
        assert one["as_begun"] or one["again_code"] == 0, one
        assert one["as_begun"] or one["again"] == undisturbed["left"], one
