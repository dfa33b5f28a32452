"""``anlan import``: spreadsheets into the registers, all or nothing."""

import argparse
import getpass
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlan.kernel.actors import Actor
    from anlan.sheets.results import ImportResult

NAME = "import"
SUMMARY = "导入表格（几个文件为一批，要么全部写入，要么都不写入）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and how to take them."""
    parser.add_argument("files", nargs="+", metavar="文件", help="表格文件：.xlsx .xls .ods .csv")
    parser.add_argument("--kind", metavar="KIND", help="指明是哪种表，不再自动识别")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    parser.add_argument("--json", metavar="PATH", help="把结果写成 JSON（- 为标准输出）")
    parser.add_argument(
        "--annotated", metavar="DIR", help="把没有写入和有提醒的行连同原因写成表格，放进这个文件夹"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="变更从哪一天起有效，如 2026-05-31（默认取表内日期，没有则为今天）"
    )
    parser.add_argument(
        "--answers", metavar="FILE", help="答复文件：决定有歧义的名称指哪一个（TOML 或 JSON）"
    )
    parser.add_argument("--as", dest="user", metavar="USER", help="以哪个账号的名义和权限导入")
    parser.add_argument(
        "--skip", action="append", default=[], metavar="FILE", help="这个文件读不出时跳过它，其余照常导入"
    )


def run(arguments: argparse.Namespace) -> int:
    """Import; 0 done, 1 done but lines were refused, 2 a file could not be read or recognised."""
    from django.utils import timezone

    from anlan.config.refusals import CHECK_FAILED, DONE
    from anlan.sheets.annotate import write_returned
    from anlan.sheets.answers import read_answers
    from anlan.sheets.instructions import Instructions
    from anlan.sheets.results import summary
    from anlan.sheets.running import run_import

    today = timezone.localdate()
    asked = Instructions(answers=read_answers(Path(arguments.answers)) if arguments.answers else {})
    result = run_import(
        [Path(file) for file in arguments.files],
        actor=actor_of(arguments.user, today),
        today=today,
        kind=arguments.kind,
        dry_run=arguments.dry_run,
        as_of=_day(arguments.as_of),
        answers=asked.answers,
        skip=arguments.skip,
        moment=timezone.now(),
    )
    _write_json(result, arguments.json)
    if arguments.annotated:
        for path in write_returned(result.tables, Path(arguments.annotated), asked.full_names):
            print(f"退回表：{path}", file=sys.stderr)
    _refuse_when_stopped(result)
    if arguments.json != "-":
        print(summary(result))
    return CHECK_FAILED if result.total("refused") else DONE


def actor_of(username: str | None, today: date) -> "Actor":
    """Who acts: the account named with ``--as`` and its roles, else whoever sits at this shell."""
    from anlan.accounts.actors import actor_for
    from anlan.accounts.models import User
    from anlan.config.refusals import WrongUse
    from anlan.kernel.actors import CliActor

    if username is None:
        return CliActor(os_user=getpass.getuser())
    user = User.objects.filter(username=username).first()
    if user is None:
        raise WrongUse(f"没有账号“{username}”。", "运行 anlan user list 查看账号。")
    return actor_for(user, today)


def _day(text: str | None) -> date | None:
    from anlan.config.refusals import WrongUse
    from anlan.kernel.partial_dates import DAY, parse

    if text is None:
        return None
    found = parse(text)
    if found is None or found.precision != DAY:
        raise WrongUse(f"--as-of 不是一个日期：{text}", "请写成 2026-05-31 这样。")
    return found.date


def _write_json(result: "ImportResult", place: str | None) -> None:
    if place is None:
        return
    text = json.dumps(result.as_json(), ensure_ascii=False, indent=1)
    if place == "-":
        print(text)
    else:
        Path(place).write_text(text + "\n", "utf-8")


def _refuse_when_stopped(result: "ImportResult") -> None:
    from anlan.config.refusals import WrongUse
    from anlan.sheets.results import message

    problems = result.stopping
    if problems:
        told = " ".join(" ".join(message(problem).split()) for problem in problems)
        names = " ".join(f"--skip {file.file}" for file in result.files if file.problems and not file.skipped)
        raise WrongUse(told, f"没有写入任何数据。改正后再导入，或加上 {names} 跳过。")
