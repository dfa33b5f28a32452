"""The command line ``anlan``.

Exit codes: 0 done; 1 done, but rows were refused or a check failed; 2 wrong use; 3 the environment does not
allow it. Errors go to standard error, one line saying what is wrong and one saying what to do.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from anlan.config.commands import Command, all_commands
from anlan.config.parsing import Parser
from anlan.config.refusals import CHECK_FAILED, CommandRefused, EnvironmentRefused
from anlan.config.version import program_version

INTERRUPTED = 130
SETTINGS_MODULE = "anlan.config.settings"


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line (default: the process's own) and give its exit code."""
    try:
        return _carry_out(list(sys.argv[1:] if argv is None else argv))
    except CommandRefused as refusal:
        return _say(refusal)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (``anlan settings | head``): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CHECK_FAILED


def build_parser(commands: dict[str, Command]) -> Parser:
    """The parser, a sub-parser a command; ``--home`` is taken out before and stands here for the help."""
    parser = Parser(prog="anlan", description="安澜：移民后期扶持工作系统")
    parser.add_argument("--version", action="version", version=f"anlan {program_version()}", help="显示版本")
    _add_home(parser)
    choices = parser.add_subparsers(dest="command", metavar="命令", required=True, title="命令")
    for command in commands.values():
        sub = choices.add_parser(command.name, help=command.summary, description=command.summary)
        _add_home(sub)
        command.add_arguments(sub)
    return parser


def _carry_out(argv: list[str]) -> int:
    called = list(argv)
    commands = all_commands()
    parser = build_parser(commands)
    home, argv = home_of(argv)
    arguments, rest = parser.parse_known_args(argv)
    arguments.rest = rest
    if home is not None:
        os.environ["ANLAN_HOME"] = str(Path(home).expanduser().resolve())
    command = commands[arguments.command]
    if rest and not command.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if command.needs == "nothing":
        return command.run(arguments)
    _set_up_django()
    _enter_home(called, alone=command.alone)
    if command.needs == "database":
        from anlan.config.installation import require_ready

        require_ready()
    return _with_refusals(command.run, arguments)


def _enter_home(called: list[str], *, alone: bool) -> None:
    """Share the home with others at work, unless the command wants it to itself.

    What was interrupted there is put back first.
    """
    from django.conf import settings

    from anlan.config.environment import home
    from anlan.config.operations import journal, locks
    from anlan.config.operations.stores import store_of

    unfinished = journal.recover(home(), store_of(settings.DATABASES["default"]))
    if unfinished is not None:
        print(journal.told(unfinished), file=sys.stderr)
        # The settings of the state put back may be others than those just read.
        os.execv(sys.executable, [sys.executable, "-m", "anlan", *called])
    if not alone:
        locks.share(home())


def home_of(argv: list[str]) -> tuple[str | None, list[str]]:
    """The home asked for, wherever it stands, and the other arguments in their order."""
    parser = Parser(prog="anlan", allow_abbrev=False, with_help=False)
    parser.add_argument("--home")
    found, rest = parser.parse_known_args(argv)
    return found.home, rest


def _with_refusals(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command; what the rules or the database refuse becomes two lines."""
    from django.db import OperationalError

    from anlan.config.installation import unusable
    from anlan.kernel import disk
    from anlan.kernel.problems import Refused, sentence

    try:
        return run(arguments)
    except Refused as refused:
        told = "".join(sentence(problem) for problem in refused.problems)
        if any(problem.code == disk.FULL for problem in refused.problems):
            raise EnvironmentRefused(told, "清理磁盘以后再试一次，数据没有变动。") from refused
        raise CommandRefused(told, "改正后再试一次，数据没有变动。") from refused
    except OperationalError as error:
        raise unusable(error) from error


def _set_up_django() -> None:
    """Load settings and apps; a setting that makes no sense is refused, not traced back."""
    import tomllib

    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS_MODULE
    try:
        django.setup()
    except tomllib.TOMLDecodeError as error:
        raise EnvironmentRefused(
            f"设置文件 anlan.toml 写得不对：{error}", "改正这个文件后再试一次。"
        ) from error
    except (ImproperlyConfigured, OSError) as error:
        raise EnvironmentRefused(f"设置无法使用：{error}", "运行 anlan settings 查看各项设置。") from error


def _add_home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="存放数据库、文件和密钥的文件夹（默认取 ANLAN_HOME，没有则为 ./var）",
    )


def _say(refusal: CommandRefused) -> int:
    print(refusal.wrong, file=sys.stderr)
    print(refusal.remedy, file=sys.stderr)
    return refusal.exit_code
