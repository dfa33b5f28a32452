"""What stands in a home folder, and the disk it stands on."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anlan.config.refusals import EnvironmentRefused, reason

DATABASE = "anlan.sqlite3"
FILES = "files"
KEYS = "keys"
SETTINGS = "anlan.toml"
DEMO = "demo.json"
ENTRIES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", FILES, KEYS, SETTINGS, DEMO)
"""Everything of an installation that stands in its home, whatever the database."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_IN_POSTGRESQL = "53100"


def present(home: Path) -> list[str]:
    """The entries of an installation that are there; keys alone may have been laid ready and do not count."""
    found = [name for name in ENTRIES if _holds_anything(home / name)]
    return [] if found == [KEYS] else found


def _holds_anything(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def is_full(error: BaseException | None) -> bool:
    """Whether a failure came from a disk without room, be it said by the system or by a database."""
    while error is not None:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            return True
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlstate", "") == _FULL_IN_POSTGRESQL:
            return True
        error = error.__cause__
    return False


@contextmanager
def telling_of_a_full_disk(where: Path) -> Iterator[None]:
    """Say clearly when a disk is full or a folder cannot be written to."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname not in ("SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_IOERR_WRITE"):
            raise
        raise _refusal(where, full=error.sqlite_errorname != "SQLITE_CANTOPEN", why=str(error)) from error
    except OSError as error:
        raise _refusal(where, full=error.errno in _FULL, why=reason(error)) from error


def require_space(folder: Path, needed: int) -> None:
    """Refuse before anything is begun what would not fit onto the disk."""
    with telling_of_a_full_disk(folder):
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise EnvironmentRefused(
            f"磁盘空间不够：{folder} 剩余 {_told(free)}，需要约 {_told(needed)}。",
            "清理磁盘，或换到更大的磁盘。",
        )


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder, so that a rename survives a power cut."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_everything() -> None:
    """Have the disk hold all that was written, so that what is noted next is never known without it."""
    if os.name != "nt":
        os.sync()


def _refusal(where: Path, *, full: bool, why: str) -> EnvironmentRefused:
    if full:
        return EnvironmentRefused(f"磁盘已满，没有写成 {where}。", "清理磁盘，或换一个位置，再试一次。")
    return EnvironmentRefused(f"无法写 {where}：{why}", "换一个有写权限的位置。")


def _told(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size, 1) / 1e6:.1f} MB"
