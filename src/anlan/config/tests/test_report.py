"""``anlan report``: files are written whole, wrong use is said in two lines."""

import argparse
from pathlib import Path

import openpyxl
import pytest
import time_machine
from docx import Document

from anlan.config import cli
from anlan.config.commands import Command, all_commands, report
from anlan.config.refusals import EnvironmentRefused, WrongUse
from anlan.insights.tests.world import populated

pytestmark = pytest.mark.django_db


def run(*argv: str) -> int:
    parser = cli.build_parser({"report": _command()})
    return report.run(parser.parse_args(["report", *argv]))


def _command() -> Command:
    return Command(report.NAME, report.SUMMARY, "database", False, report.add_arguments, report.run)


@time_machine.travel("2026-07-15 09:00+08:00", tick=False)
def test_research_of_a_running_and_of_a_past_year(tmp_path: Path) -> None:
    populated()
    target = tmp_path / "r.docx"
    assert run("research", "--year", "2026", "-o", str(target)) == 0
    assert "2026年7月15日" in "\n".join(one.text for one in Document(str(target)).paragraphs)
    assert run("research", "--year", "2025", "-o", str(target), "--area", "500299001000") == 0
    text = "\n".join(one.text for one in Document(str(target)).paragraphs)
    assert text.startswith("大榕镇") and "2025年12月31日" in text and "本年度尚未结束" not in text


def test_statistics(tmp_path: Path) -> None:
    populated()
    target = tmp_path / "s.xlsx"
    assert run("statistics", "--date", "2026-06-30", "-o", str(target), "--area", "500299001201") == 0
    assert openpyxl.load_workbook(target)["党员统计表"]["A1"].value == "水泉村党员统计表"
    assert [one.name for one in tmp_path.iterdir()] == ["s.xlsx"]


def test_the_template_is_written_out(tmp_path: Path) -> None:
    target = tmp_path / "t.docx"
    assert run("template", "-o", str(target)) == 0
    assert any("{{ county }}" in one.text for one in Document(str(target)).paragraphs)


@pytest.mark.parametrize("argv", [("research", "--year", "2199"), ("research", "--year", "26")])
def test_a_year_that_is_none(tmp_path: Path, argv: tuple[str, ...]) -> None:
    populated()
    with pytest.raises(WrongUse):
        run(*argv, "-o", str(tmp_path / "r.docx"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2026-13-01"])
def test_a_day_that_is_none(tmp_path: Path, day: str) -> None:
    with pytest.raises(WrongUse):
        run("statistics", "--date", day, "-o", str(tmp_path / "s.xlsx"))


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    populated()
    with pytest.raises(WrongUse) as refused:
        run("research", "--year", "2026", "-o", str(tmp_path / "r.docx"), "--template", "nowhere.docx")
    assert "nowhere.docx" in refused.value.wrong


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentRefused):
        run("template", "-o", str(tmp_path / "no" / "t.docx"))


def test_an_unknown_level_is_said_in_two_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    populated()
    monkeypatch.setattr(cli, "all_commands", lambda: {"report": _command()})
    monkeypatch.setattr("anlan.config.installation.require_ready", lambda: None)
    argv = ["report", "statistics", "--date", "2026-06-30", "-o", str(tmp_path / "s.xlsx"), "--area", "1"]
    assert cli.main(argv) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and "没有“1”这个区划" in said[0]


def test_the_command_is_one_of_all() -> None:
    assert isinstance(cli.build_parser(all_commands()), argparse.ArgumentParser)
    assert "report" in all_commands()
