"""The command line: what it understands, what it refuses, and with which exit code."""

import argparse
import os
from pathlib import Path

import pytest
from django.db import OperationalError

from anlan.config import cli, installation
from anlan.config.commands import Command, all_commands
from anlan.config.environment import home
from anlan.config.parsing import in_chinese
from anlan.config.refusals import CheckFailed, EnvironmentRefused, WrongUse
from anlan.kernel.problems import Problem, Refused

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def restored_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANLAN_HOME", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ[name])


def _with_command(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None, needs: str = "apps"
) -> list[Path]:
    """A command line that has one command, ``try``, which notes its home and raises ``error``."""
    homes: list[Path] = []

    def run(arguments: argparse.Namespace) -> int:
        homes.append(home())
        if error is not None:
            raise error
        return 0

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_subparsers().add_parser("deep")

    command = Command("try", "试一试", needs, False, add_arguments, run)
    monkeypatch.setattr(cli, "all_commands", lambda: {"try": command})
    return homes


@pytest.mark.parametrize(
    "argv", [[], ["nonsense"], ["serve", "--nonsense"], ["serve", "--port", "many"], ["audit"]]
)
def test_wrong_use_is_told_in_two_lines(argv: list[str], capsys: Capture) -> None:
    assert cli.main(argv) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("用法不对：")
    assert lines[1].startswith("查看用法：anlan")


def test_help_is_chinese(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.main(["--help"])
    assert leaving.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：anlan")
    assert not [word for word in ("usage", "options", "optional", "show this") if word in said]


def test_every_command_says_what_it_does() -> None:
    commands = all_commands()
    assert {"audit", "bench", "demo", "doctor", "init", "serve", "settings", "test", "upgrade"} <= set(
        commands
    )
    silent = [
        command.name for command in commands.values() if not any("一" <= c <= "鿿" for c in command.summary)
    ]
    assert not silent, f"these commands need a Chinese SUMMARY: {silent}"


@pytest.mark.parametrize(
    "order", [["--home", "HERE", "try"], ["try", "--home", "HERE"], ["try", "deep", "--home", "HERE"]]
)
def test_home_stands_before_or_after_the_command(
    order: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    homes = _with_command(monkeypatch, None)
    assert cli.main([str(tmp_path) if word == "HERE" else word for word in order]) == 0
    assert homes == [tmp_path]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CheckFailed("有行被退回。", "改正后再导入。"), 1),
        (WrongUse("不能这样用。", "换一种用法。"), 2),
        (EnvironmentRefused("磁盘已满。", "清理磁盘。"), 3),
        (OperationalError("database is locked"), 3),
        (Refused(Problem("value.required")), 1),
        (Refused(Problem("disk.full")), 3),
    ],
)
def test_expected_failures_end_in_two_lines(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    _with_command(monkeypatch, error)
    assert cli.main(["try"]) == code
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 2
    assert "Traceback" not in said


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_command(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        cli.main(["try"])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("the following arguments are required: --county, --name", "缺少参数：--county, --name"),
        ("argument --port: invalid int value: 'x'", "参数 --port 要写整数，不能是 'x'"),
        ("unrecognized arguments: --nonsense", "不认识的参数：--nonsense"),
        ("argument --home: expected one argument", "参数 --home 后面要有一个值"),
        ("something never said before", "something never said before"),
    ],
)
def test_what_argparse_says_is_translated(said: str, sentence: str) -> None:
    assert in_chinese(said) == sentence


@pytest.mark.parametrize(
    ("free", "said", "told"),
    [(10**9, "database or disk is full", "磁盘已满"), (0, "disk I/O error", "磁盘已满"),
     (10**9, "disk I/O error", "数据库无法使用：disk I/O error")],
)  # fmt: skip
def test_a_full_disk_is_told_from_a_broken_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, said: str, told: str
) -> None:
    monkeypatch.setenv("ANLAN_HOME", str(tmp_path))
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": free})())
    assert installation.unusable(OperationalError(said)).wrong.startswith(told)
