"""The state of an installation: is there a database, and does it have the shape this version needs."""

import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from anlan.config.environment import home
from anlan.config.refusals import EnvironmentRefused, reason
from anlan.kernel.disk import is_full

EMPTY = "empty"
BEHIND = "behind"
READY = "ready"
LEAST_ROOM = 200_000
"""Bytes. With less SQLite cannot even be read: the index of its journal does not fit."""


def make_home() -> None:
    """Make the home folder, readable by its owner only; refused when that is not possible."""
    try:
        home().mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise EnvironmentRefused(
            f"无法建立文件夹 {home()}：{reason(error)}", "换一个有写权限的文件夹：--home DIR"
        ) from error


def state() -> str:
    """``empty`` before the first migration, ``behind`` when some are not applied, else ``ready``."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return EMPTY
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise unusable(error) from error
    if not executor.loader.applied_migrations:
        return EMPTY
    return BEHIND if executor.migration_plan(executor.loader.graph.leaf_nodes()) else READY


def unusable(error: DatabaseError) -> EnvironmentRefused:
    """What is said of a database that does not answer: that the disk is full, where that is why.

    SQLite on a full disk may speak of an input or output error, so the disk itself is asked too.
    """
    if is_full(error) or (home().is_dir() and shutil.disk_usage(home()).free < LEAST_ROOM):
        return EnvironmentRefused("磁盘已满，数据库无法使用。", "清理磁盘后再试一次，数据没有变动。")
    said = " ".join(str(error).split())
    return EnvironmentRefused(f"数据库无法使用：{said}", "核对 DATABASE_URL，并运行 anlan doctor。")


def require_ready() -> None:
    """Refuse unless the database exists and has every migration."""
    found = state()
    if found == EMPTY:
        raise EnvironmentRefused(
            f"{home()} 里还没有数据。", "先运行 anlan init 建立一个县，或运行 anlan demo 看演示数据。"
        )
    if found == BEHIND:
        raise EnvironmentRefused("数据库的结构比程序旧。", "先运行 anlan upgrade。")


def migrate() -> None:
    """Bring the database to this version, with what is shipped, silently."""
    make_home()
    apply_migrations()
    load()


def apply_migrations() -> None:
    """Give the database the shape of this version."""
    call_command("migrate", verbosity=0, interactive=False)


def load() -> None:
    """Bring in what is shipped: parameters, calendar, programmes. Safe to repeat."""
    from anlan.kernel.shipped import load_shipped
    from anlan.registers.actions.programmes_load import load_defaults as load_programmes

    load_shipped()
    load_programmes()
