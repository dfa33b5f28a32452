"""``anlan audit verify``: is the record of changes whole."""

import argparse
import sys

NAME = "audit"
SUMMARY = "核对变更记录的链条"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One thing to do: ``verify``."""
    choices = parser.add_subparsers(dest="audit", metavar="操作", required=True)
    choices.add_parser("verify", help="从头核对，指出第一处断开的地方")


def run(arguments: argparse.Namespace) -> int:
    """Verify the chain; exit code 1 and the broken links, the first one first, when it is not whole."""
    from anlan.kernel import record

    broken = record.verify()
    if not broken:
        print(f"变更记录完整，共 {record.current_sequence()} 条。")
        return 0
    print(f"变更记录在这里断开：{broken[0]}", file=sys.stderr)
    for line in broken[1:]:
        print(f"  {line}", file=sys.stderr)
    print("查明是谁改动了数据库，必要时从备份恢复。", file=sys.stderr)
    return 1
