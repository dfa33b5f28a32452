"""``anlan upgrade``: bring the database to the shape of this version."""

import argparse

NAME = "upgrade"
SUMMARY = "把数据库升级到本版本的结构"
NEEDS = "apps"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the home."""


def run(arguments: argparse.Namespace) -> int:
    """Apply the migrations that are missing."""
    from anlan.config import installation
    from anlan.config.refusals import EnvironmentRefused

    before = installation.state()
    if before == installation.EMPTY:
        raise EnvironmentRefused("还没有数据库可升级。", "先运行 anlan init 建立一个县。")
    if before == installation.READY:
        print("数据库已是本版本的结构。")
        return 0
    installation.migrate()
    print("数据库已升级。")
    return 0
