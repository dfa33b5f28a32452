"""The command line's parser: argparse, speaking Chinese and refusing in two lines."""

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

from anlan.config.refusals import WrongUse

# What argparse says, and what we say: the library knows English only.
SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少参数：{0}"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{0}"),
    (r"argument (.+): invalid choice: ('.*?') \(choose from (.+)\)", "参数 {0} 不能是 {1}，可以是：{2}"),
    (r"argument (.+): expected one argument", "参数 {0} 后面要有一个值"),
    (r"argument (.+): expected at least one argument", "参数 {0} 后面至少要有一个值"),
    (r"argument (.+): invalid int value: (.+)", "参数 {0} 要写整数，不能是 {1}"),
    (r"argument (.+): invalid .+ value: (.+)", "参数 {0} 的值无法识别：{1}"),
    (r"argument (.+): not allowed with argument (.+)", "参数 {0} 不能与 {1} 同时使用"),
    (r"ambiguous option: (.+) could match (.+)", "参数 {0} 不明确，可能是：{1}"),
    (r"argument (.+?): (.+)", "参数 {0}：{1}"),
)


def in_chinese(message: str) -> str:
    """What argparse says about a wrong call, as a Chinese sentence."""
    for pattern, sentence in SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(*found.groups())
    return message


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Help texts whose headings are Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin the usage line in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that raises ``WrongUse`` instead of leaving the process; sub-parsers are of the same kind."""

    def __init__(self, *, with_help: bool = True, **options: object) -> None:
        options.setdefault("formatter_class", ChineseHelp)
        super().__init__(**{**options, "add_help": False})  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        if with_help:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Refuse a wrong call."""
        raise WrongUse(f"用法不对：{in_chinese(message)}", f"查看用法：{self.prog} --help")
