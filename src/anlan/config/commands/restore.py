"""``anlan restore FILE``: the whole state back from a backup, checked before it counts."""

import argparse
from pathlib import Path

NAME = "restore"
SUMMARY = "从备份恢复：核对以后整个换上，失败则保持原样"
NEEDS = "apps"
ALONE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup, its keys, and whether what is there may be set aside."""
    parser.add_argument("file", metavar="FILE", type=Path, help="anlan backup 写的备份")
    parser.add_argument(
        "--keys", metavar="FILE", type=Path, help="密钥：anlan keys save 写的文件、keys 文件夹或含密钥的备份"
    )
    parser.add_argument(
        "--replace", action="store_true", help="替换已有的数据；原来的数据另存在同一个文件夹里"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore, and say what was checked and where the former state stands."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    from anlan.config.commands.demo import show_progress
    from anlan.config.environment import home
    from anlan.config.operations import keyring
    from anlan.config.operations.restore import Plan, restore
    from anlan.config.operations.stores import store_of

    connections.close_all()
    loader = MigrationLoader(None)
    known = frozenset(f"{app}.{name}" for app, name in loader.disk_migrations) | frozenset(
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    )
    plan = Plan(
        home(),
        store_of(settings.DATABASES["default"]),
        arguments.file.expanduser().absolute(),
        keys_from=arguments.keys,
        environment_keys=keyring.from_environment(),
        known_migrations=known,
        replace=arguments.replace,
    )
    done = restore(plan, show_progress)
    facts = done.manifest.facts
    made_at = done.manifest.made_at[:19].replace("T", " ")
    print(f"已恢复 {made_at} UTC 的状态，变更记录到第 {facts.sequence} 条。")
    if done.proof.state == "ready":
        counts = f"{done.proof.sealed} 个加密的值和 {done.proof.files} 个文件都能打开"
        print(f"已核对：变更记录的链条完整，{counts}。")
    else:
        print("数据库的结构比程序旧：请运行 anlan upgrade，它会核对变更记录。")
    if done.aside is not None:
        print(f"原来的数据另存在 {done.aside}，确认不再需要后删除它（其中有密钥和个人信息）。")
    return 0
