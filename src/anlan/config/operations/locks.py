"""Who may be at work in a home at the same time: everybody together, or one alone.

What uses an installation (the server, its worker, commands) shares its lock file; what replaces its database
under the hands of all others (restore, upgrade, a new index key) takes it alone. The kernel lets go of a lock
when its process ends, however it ends. Windows has no such locks: there, nobody is kept out.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from anlan.config.operations.home import is_full
from anlan.config.refusals import EnvironmentRefused, reason

if sys.platform != "win32":
    import fcntl

IN_USE = "in-use.lock"
BACKUP = "backup.lock"
_held: list[IO[bytes]] = []


def share(home: Path) -> None:
    """Be one of those who use this home, until this process ends; refused while somebody has it alone."""
    if not home.is_dir():
        return
    file = _open(home / IN_USE)
    if not _taken(file, alone=False):
        raise EnvironmentRefused("这个文件夹正在升级、恢复或更换密钥。", "等它完成后再试一次。")
    _held.append(file)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have this home to oneself; refused while anybody uses it."""
    with _open(home / IN_USE) as file:
        if not _taken(file, alone=True):
            raise EnvironmentRefused(
                "服务或别的命令正在使用这个文件夹。",
                "先停止服务（systemctl stop anlan，或在它的窗口按 Ctrl-C），再试一次。",
            )
        yield


@contextmanager
def one_backup_at_a_time(home: Path) -> Iterator[None]:
    """Wait until no other backup of this home is being written."""
    with _open(home / BACKUP) as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Be known to be at work in a folder that is otherwise cleared away."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_left(folder: Path) -> bool:
    """Whether nobody is at work in a folder; never where that cannot be told."""
    if sys.platform == "win32":
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _open(path: Path) -> IO[bytes]:
    try:
        return path.open("ab")
    except OSError as error:
        if is_full(error):
            raise EnvironmentRefused(f"磁盘已满，没有写成 {path}。", "清理磁盘，再试一次。") from error
        raise EnvironmentRefused(
            f"无法写入 {path.parent}：{reason(error)}", "把文件夹的所有者改为运行安澜的用户。"
        ) from error


def _taken(file: IO[bytes], *, alone: bool) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
