"""``anlan report research`` and ``anlan report statistics``: the reports as files."""

import argparse
import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from anlan.config.refusals import CheckFailed

if TYPE_CHECKING:
    from anlan.insights.queries.statistics import Statistics

NAME = "report"
SUMMARY = "生成调研报告（Word）和统计表（Excel）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three things to make: ``research``, ``statistics`` and the template to be edited."""
    choices = parser.add_subparsers(dest="report", metavar="种类", required=True)
    research = choices.add_parser("research", help="某一年的调研报告（.docx）")
    research.add_argument("--year", metavar="Y", type=int, required=True, help="年份，如 2026")
    _output(research)
    research.add_argument("--template", metavar="T.docx", type=Path, help="本县自己的模板")
    statistics = choices.add_parser("statistics", help="某一天的统计表（.xlsx）")
    statistics.add_argument(
        "--date", metavar="D", dest="on", type=_day, required=True, help="统计到哪一天，如 2026-06-30"
    )
    _output(statistics)
    for one in (research, statistics):
        one.add_argument("--area", metavar="CODE", default="", help="区划代码（默认全县）")
    _output(choices.add_parser("template", help="写出默认的报告模板，供修改"))


def run(arguments: argparse.Namespace) -> int:
    """Make the file and say where it is."""
    makers = {"research": _research, "statistics": _statistics, "template": _template}
    _write(arguments.output, makers[arguments.report](arguments))
    print(f"已写好：{arguments.output}")
    return 0


def _research(arguments: argparse.Namespace) -> bytes:
    from django.utils import timezone

    from anlan.config.refusals import WrongUse
    from anlan.insights.documents.render import research_report
    from anlan.insights.rules import reading_day
    from anlan.kernel.problems import Problem, sentence

    today = timezone.localdate()
    day = reading_day(arguments.year, today)
    if isinstance(day, Problem):
        raise WrongUse(sentence(day), "改正 --year 后再试一次。")
    if arguments.template is not None and not arguments.template.is_file():
        raise WrongUse(f"没有这个模板文件：{arguments.template}", "核对 --template 的路径。")
    return research_report(_found(arguments.area, day), arguments.year, today, arguments.template)


def _statistics(arguments: argparse.Namespace) -> bytes:
    from anlan.insights.exports import statistics_workbook

    with statistics_workbook(_found(arguments.area, arguments.on)) as file:
        return file.read()


def _template(arguments: argparse.Namespace) -> bytes:
    from anlan.insights.documents.template import default_template

    return default_template()


def _found(area: str, day: date) -> "Statistics":
    from anlan.insights.queries.levels import level_of
    from anlan.insights.queries.statistics import Statistics
    from anlan.kernel.actors import CliActor
    from anlan.kernel.problems import NotFound

    actor = CliActor(getpass.getuser())
    try:
        return Statistics(actor, level_of(actor, day, area=area), day)
    except NotFound as missing:
        raise CheckFailed(
            f"没有“{area}”这个区划。", "用 --area 写 12 位区划代码，或者不写，就是全县。"
        ) from missing


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="F", type=Path, required=True, help="写到哪个文件")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _write(target: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    from anlan.config.refusals import EnvironmentRefused

    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise EnvironmentRefused(
            f"无法写文件 {target}：{error.strerror}", "换一个有写权限的位置：-o F"
        ) from error
