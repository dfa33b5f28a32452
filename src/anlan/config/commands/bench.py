"""``anlan bench [NAME]``: benchmarks, each with its floor or peer measured in the same run."""

import argparse

NAME = "bench"
SUMMARY = "运行性能测试：我们的数字、同一次测得的基准、两者之比"
NEEDS = "nothing"
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name of one benchmark (a module of ``bench/``); what it takes itself follows."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="只运行这一项；不写则全部运行")


def run(arguments: argparse.Namespace) -> int:
    """Run one benchmark or all of them; the first exit code that is not 0, else 0."""
    from anlan.config import checkout
    from anlan.config.refusals import WrongUse

    folder = checkout.root("bench") / "bench"
    # A benchmark is a module that can be run; the others are what benchmarks share.
    runnable = (path for path in folder.glob("[!_]*.py") if "__main__" in path.read_text("utf-8"))
    names = sorted(path.stem for path in runnable)
    if arguments.name is not None and arguments.name not in names:
        raise WrongUse(f"没有名为 {arguments.name} 的性能测试。", f"可以是：{'、'.join(names)}")
    chosen = names if arguments.name is None else [arguments.name]
    codes = [checkout.run_module("bench", f"bench.{name}", arguments.rest) for name in chosen]
    return next((code for code in codes if code), 0)
