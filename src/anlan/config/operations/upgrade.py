"""Bringing a database to the shape of this version, with the old state put back when a step fails.

Before the first step a backup is written, its database laid ready beside the one in use, and both noted in
the journal; a process killed on the way leaves the note, and whoever next uses the home puts the old database
back. That it lies ready makes the way back one of renaming: it takes no room on a disk that has become full.
Files and keys are not touched by an upgrade.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from anlan.config import installation
from anlan.config.operations import archive, home, journal, kept
from anlan.config.operations.backup import Progress, make_backup, silent
from anlan.config.operations.databases import Store
from anlan.config.operations.keyring import Keys
from anlan.config.operations.proof import Proof, prove
from anlan.config.refusals import CheckFailed, CommandRefused, EnvironmentRefused

READY = "before-upgrade"
Steps = tuple[tuple[str, Callable[[], None]], ...]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The backup from before, and what was found afterwards."""

    backup: Path
    proof: Proof


def steps() -> Steps:
    """What changes the database, in order."""
    return (("更新数据库的结构", installation.apply_migrations), ("载入默认参数和日历", installation.load))


def upgrade(
    folder: Path,
    store: Store,
    keys: Keys,
    moment: datetime,
    *,
    despite_findings: bool = False,
    progress: Progress = silent,
) -> Upgraded:
    """Back up, change, check; or leave the database as it was. The caller has the home to itself.

    Refused, with the old state put back: a step that fails; a check afterwards that finds something wrong,
    unless ``despite_findings``, for an installation in which it was wrong before.
    """
    connections.close_all()
    place = kept.new_place(kept.BEFORE_UPGRADE, moment)
    manifest = make_backup(folder, store, keys, place, with_keys=False, progress=progress)
    ready = folder / f"{READY}.{store.member}"
    unfinished = journal.Unfinished(journal.UPGRADE, backup=str(place), copy=ready.name)
    try:
        # Once for the copy, once for what the steps may write.
        home.require_space(folder, 2 * manifest.parts[store.member].size)
        with home.telling_of_a_full_disk(folder):
            archive.take_out(place, store.member, ready)
        journal.begin(folder, unfinished)
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    try:
        proof = _change(folder, progress)
        if proof.sequence < manifest.facts.sequence:
            proof.wrong.append("变更记录比升级之前短")
        if proof.state != installation.READY:
            raise CheckFailed(f"升级后的检查没有完成：{' '.join(proof.wrong)}", "运行 anlan doctor。")
        if proof.wrong and not despite_findings:
            told = f"升级后的检查发现问题：{proof.wrong[0]}（共 {len(proof.wrong)} 处）"
            raise CheckFailed(told, "确定升级之前就是这样，加 --despite-findings 再升级。")
    except BaseException as error:
        connections.close_all()
        journal.put_back(folder, store, unfinished)
        journal.end(folder)
        raise _told(error, place) from error
    # In this order: nobody would clear away a copy that no note names.
    ready.unlink(missing_ok=True)
    journal.end(folder)
    return Upgraded(place, proof)


def _change(folder: Path, progress: Progress) -> Proof:
    for name, step in steps():
        progress(name, 0, 1)
        step()
        progress(name, 1, 1)
    connections.close_all()
    progress("检查", 0, 1)
    proof = prove(folder, sqlite="sqlite3" in settings.DATABASES["default"]["ENGINE"])
    progress("检查", 1, 1)
    return proof


def _told(error: BaseException, place: Path) -> BaseException:
    """A failure as it is told: what failed, and that everything is as before."""
    if not isinstance(error, Exception):
        return error
    back = f"数据库已恢复到升级之前；升级前的备份在 {place}。"
    if isinstance(error, CommandRefused):
        return type(error)(error.wrong, f"{back}{error.remedy}")
    if home.is_full(error):
        return EnvironmentRefused("磁盘已满，升级没有完成。", f"清理磁盘后再运行 anlan upgrade。{back}")
    said = " ".join(str(error).split())[:300]
    return EnvironmentRefused(f"升级失败：{type(error).__name__}：{said}", back)
