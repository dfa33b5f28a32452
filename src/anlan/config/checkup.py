"""The checks of ``anlan doctor``: each looks at one thing and says in one line how it is."""

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from anlan.config import installation
from anlan.config.environment import home

GOOD, NOTE, BAD = "正常", "注意", "问题"
LEAST_FREE_BYTES = 1_000_000_000
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_WITHOUT_BACKUP = timedelta(days=2)
CLOCK_TOLERANCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is: ``GOOD``, ``NOTE`` or ``BAD``, what was seen, and what to do when it is not good."""

    level: str
    title: str
    seen: str
    remedy: str = ""


def check_home() -> Finding:
    """The home folder can be written to, and only its owner can read it."""
    folder = home()
    if not folder.is_dir():
        return Finding(BAD, "文件夹", f"{folder} 不存在", "先运行 anlan init 或 anlan demo。")
    if not os.access(folder, os.W_OK):
        return Finding(BAD, "文件夹", f"{folder} 不能写入", "把文件夹的所有者改为运行安澜的用户。")
    return Finding(GOOD, "文件夹", str(folder))


def check_database() -> Finding:
    """The database answers; which one it is and its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        row = cursor.fetchone()
    return Finding(GOOD, "数据库", f"{connection.display_name} {row[0] if row else ''}")


def check_migrations() -> Finding:
    """The database has the shape this version needs."""
    found = installation.state()
    if found == installation.EMPTY:
        return Finding(BAD, "结构", "数据库是空的", "先运行 anlan init 或 anlan demo。")
    if found == installation.BEHIND:
        return Finding(BAD, "结构", "数据库的结构比程序旧", "运行 anlan upgrade。")
    return Finding(GOOD, "结构", "与程序一致")


def check_integrity() -> Finding:
    """SQLite's own check of its pages; PostgreSQL checks itself while it reads."""
    if connection.vendor != "sqlite":
        return Finding(GOOD, "完整性", "由数据库服务器负责")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        row = cursor.fetchone()
    if row and row[0] == "ok":
        return Finding(GOOD, "完整性", "数据库文件完好")
    return Finding(BAD, "完整性", f"数据库文件损坏：{row[0] if row else '?'}", "停止服务，从最近的备份恢复。")


def check_keys() -> Finding:
    """The keys can be read, and by nobody else."""
    from anlan.kernel import protection

    # What is sealed now must open again: this reads the keys, or makes them on first use.
    if protection.open_text(protection.seal("安澜")) != "安澜":
        return Finding(BAD, "密钥", "加密后不能还原", "从另存的密钥恢复 HOME/keys。")
    folder = settings.KEYS_FOLDER
    loose = [path.name for path in folder.glob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        return Finding(BAD, "密钥", f"别的用户也能读：{'、'.join(loose)}", f"运行 chmod 600 {folder}/*")
    return Finding(GOOD, "密钥", f"可用，保存在 {folder}；备份默认不含密钥，请另行保存")


def check_disk() -> Finding:
    """There is room for a day's work and a backup."""
    free = shutil.disk_usage(home()).free
    seen = f"剩余 {free / 1e9:.1f} GB"
    if free < LEAST_FREE_BYTES:
        return Finding(BAD, "磁盘", seen, "清理磁盘，或把文件夹移到更大的磁盘。")
    return Finding(GOOD, "磁盘", seen)


def check_clock() -> Finding:
    """The clock agrees with the database's: its server, or the moment its file was last written."""
    now = datetime.now(UTC)
    if connection.vendor == "sqlite":
        other, whose = (
            datetime.fromtimestamp(Path(connection.settings_dict["NAME"]).stat().st_mtime, UTC),
            "文件",
        )
        wrong = other - now > CLOCK_TOLERANCE
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            other, whose = cursor.fetchone()[0], "服务器"
        wrong = abs(other - now) > CLOCK_TOLERANCE
    if wrong:
        seen = (
            f"系统时间 {now:%Y-%m-%d %H:%M} UTC，数据库{whose}时间 {other.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        )
        return Finding(BAD, "时钟", seen, "校准系统时间。")
    return Finding(GOOD, "时钟", f"{now.astimezone():%Y-%m-%d %H:%M %Z}，业务时区 {settings.TIME_ZONE}")


def check_queue() -> Finding:
    """Background work moves on."""
    from django_tasks_db.models import DBTaskResult

    now = datetime.now(UTC)
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(days=7)).count()
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at")
    oldest = waiting.values_list("enqueued_at", flat=True).first()
    if oldest is not None and now - oldest > LONGEST_WAIT:
        seen = f"{waiting.count()} 项在等待，最早的从 {oldest:%Y-%m-%d %H:%M} UTC 起"
        return Finding(BAD, "后台任务", seen, "确认 anlan serve 正在运行。")
    if failed:
        return Finding(NOTE, "后台任务", f"最近七天有 {failed} 项失败", "在任务页面查看原因。")
    return Finding(GOOD, "后台任务", f"{waiting.count()} 项在等待")


def check_backup() -> Finding:
    """The last backup is not old; where there is none yet, the installation is new."""
    from anlan.config.operations import kept

    places = kept.kept(kept.DAILY)
    now = datetime.now(UTC)
    if not places:
        begun = datetime.fromtimestamp(home().stat().st_ctime, UTC)
        if now - begun < LONGEST_WITHOUT_BACKUP:
            return Finding(GOOD, "备份", f"还没有，将写到 {kept.folder()}")
        return Finding(NOTE, "备份", f"{kept.folder()} 里没有", "确认 anlan serve 正在运行，并查看后台任务。")
    made = datetime.fromtimestamp(places[0].stat().st_mtime, UTC)
    seen = f"{len(places)} 份，最近一份 {made.astimezone():%Y-%m-%d %H:%M}"
    if now - made > LONGEST_WITHOUT_BACKUP:
        return Finding(NOTE, "备份", seen, "确认 anlan serve 正在运行，并查看后台任务。")
    return Finding(GOOD, "备份", seen)


def check_uploads() -> Finding:
    """No uploaded file lies about that no import names; the nightly sweep removes them."""
    from anlan.sheets import kept_files

    count = len(kept_files.abandoned(timezone.localdate()))
    if count:
        seen = f"有 {count} 个不属于任何一次导入"
        return Finding(NOTE, "上传的文件", seen, "确认 anlan serve 正在运行，它每夜清除这些文件。")
    return Finding(GOOD, "上传的文件", "都属于某一次导入")


ALWAYS: tuple[Callable[[], Finding], ...] = (check_home, check_database, check_migrations)
ON_A_DATABASE: tuple[Callable[[], Finding], ...] = (
    check_integrity,
    check_keys,
    check_disk,
    check_clock,
    check_queue,
    check_backup,
    check_uploads,
)


def examine(check: Callable[[], Finding]) -> Finding:
    """Run one check; one that breaks off is itself a finding, so that the others still are made."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001  (a doctor has to survive every illness, and says which)
        title = check.__name__.removeprefix("check_")
        return Finding(
            BAD, title, f"{type(error).__name__}：{' '.join(str(error).split())}", "先解决这一项。"
        )
