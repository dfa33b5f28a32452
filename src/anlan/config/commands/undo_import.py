"""``anlan undo-import``: take an imported batch back whole."""

import argparse
import uuid

NAME = "undo-import"
SUMMARY = "撤回一批导入"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which batch."""
    parser.add_argument("batch", metavar="批次", help="导入时给出的批次号")
    parser.add_argument("--as", dest="user", metavar="USER", help="以哪个账号的名义和权限撤回")


def run(arguments: argparse.Namespace) -> int:
    """Take the batch back; refused, with the later changes named, when they stand in the way."""
    from django.utils import timezone

    from anlan.config.commands.import_ import actor_of
    from anlan.config.refusals import WrongUse
    from anlan.sheets.actions.import_undo import undo
    from anlan.sheets.models import ImportBatch

    try:
        uid = uuid.UUID(arguments.batch)
    except ValueError:
        raise WrongUse(f"这不是批次号：{arguments.batch}", "批次号在导入结果的最后一行。") from None
    batch = ImportBatch.objects.filter(uid=uid).first()
    if batch is None:
        raise WrongUse(f"没有批次 {uid}。", "批次号在导入结果的最后一行。")
    undo(actor_of(arguments.user, timezone.localdate()), batch)
    print(f"批次 {uid} 已撤回。")
    return 0
