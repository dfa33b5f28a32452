"""``anlan backup FILE``: the whole state in one file, while others go on working."""

import argparse
import sys
from pathlib import Path

NAME = "backup"
SUMMARY = "备份：数据库、文件和设置写进一个文件"
NEEDS = "apps"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the keys go along."""
    parser.add_argument("file", metavar="FILE", type=Path, help="备份文件，例如 anlan-2026-11-23.zip")
    parser.add_argument(
        "--with-keys", action="store_true", help="把密钥也写进去：谁拿到文件，谁就能读出证件号码"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the backup, and say loudly what is to be kept where."""
    from django.conf import settings

    from anlan.config import installation
    from anlan.config.commands.demo import show_progress
    from anlan.config.environment import home
    from anlan.config.operations.backup import make_backup
    from anlan.config.operations.stores import store_of
    from anlan.config.refusals import EnvironmentRefused
    from anlan.kernel import protection

    if installation.state() == installation.EMPTY:
        raise EnvironmentRefused(f"{home()} 里还没有数据可备份。", "核对 --home。")
    target = arguments.file.expanduser().absolute()
    manifest = make_backup(
        home(),
        store_of(settings.DATABASES["default"]),
        protection.keys_in_use(),
        target,
        with_keys=arguments.with_keys,
        progress=show_progress,
    )
    size = target.stat().st_size / 1e6
    kept = sum(name.startswith("files/") for name in manifest.parts)
    print(f"已备份：{target}（{size:.1f} MB，变更记录到第 {manifest.facts.sequence} 条，{kept} 个文件）")
    print(f"变更记录的链头：{manifest.facts.chain}")
    if arguments.with_keys:
        print("重要：这份备份含密钥，谁拿到它，谁就能读出全部证件号码。请加锁保管。", file=sys.stderr)
    else:
        told = f"重要：备份不含密钥（{settings.KEYS_FOLDER}）。没有密钥，证件号码、电话和账号谁也读不出来。"
        print(told, file=sys.stderr)
        print("      请把密钥另存在别处：anlan keys save FILE", file=sys.stderr)
    return 0
