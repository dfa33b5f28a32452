"""``anlan upgrade``: bring the database to this version, with the old state put back when a step fails."""

import argparse

NAME = "upgrade"
SUMMARY = "升级：先备份，再更新数据库并检查；失败则恢复原状"
NEEDS = "apps"
ALONE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to go on when the check finds something that was wrong before."""
    parser.add_argument(
        "--despite-findings", action="store_true", help="升级后的检查发现问题也保留升级的结果"
    )


def run(arguments: argparse.Namespace) -> int:
    """Upgrade; a database of this version only gets what is shipped with it."""
    from django.conf import settings
    from django.utils import timezone

    from anlan.config import installation
    from anlan.config.commands.demo import show_progress
    from anlan.config.environment import home
    from anlan.config.operations import kept, locks
    from anlan.config.operations.stores import store_of
    from anlan.config.operations.upgrade import upgrade
    from anlan.config.refusals import EnvironmentRefused
    from anlan.kernel import parameters, protection

    before = installation.state()
    if before == installation.EMPTY:
        raise EnvironmentRefused("还没有数据库可升级。", "先运行 anlan init 建立一个县。")
    with locks.alone(home()):
        if before == installation.READY:
            installation.load()
            print("数据库已是本版本的结构。")
            return 0
        done = upgrade(
            home(),
            store_of(settings.DATABASES["default"]),
            protection.keys_in_use(),
            timezone.localtime(),
            despite_findings=arguments.despite_findings,
            progress=show_progress,
        )
        kept.forget_old(kept.BEFORE_UPGRADE, parameters.integer(kept.BACKUP_KEEP, on=timezone.localdate()))
    for line in done.proof.wrong:
        print(f"检查发现：{line}")
    print(f"数据库已升级并检查，变更记录到第 {done.proof.sequence} 条。升级前的备份：{done.backup}")
    return 0
