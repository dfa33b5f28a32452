"""``anlan test``: the whole suite, on SQLite, on a real PostgreSQL and with a real browser."""

import argparse

NAME = "test"
SUMMARY = "运行全部测试（SQLite、PostgreSQL、浏览器）"
NEEDS = "nothing"
PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own: everything after ``test`` goes to pytest."""
    parser.epilog = "其余参数交给 pytest，例如：anlan test src/anlan/kernel -k record"


def run(arguments: argparse.Namespace) -> int:
    """Hand over to the runner beside the tests; exit code 1 when a test failed."""
    from anlan.config import checkout

    return checkout.run_module("tests", "tests.running", arguments.rest)
