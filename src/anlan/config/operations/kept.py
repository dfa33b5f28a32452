"""The backups an installation makes of itself: every day, and before an upgrade. The oldest go."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anlan.config.environment import home as home_folder
from anlan.config.operations.home import telling_of_a_full_disk
from anlan.kernel.parameters import Parameter

DAILY, BEFORE_UPGRADE = "anlan", "before-upgrade"
BACKUP_AT, BACKUP_KEEP = "config.backup_at", "config.backup_keep"
_NAME = re.compile(rf"(?:{DAILY}|{BEFORE_UPGRADE})-(\d{{8}}-\d{{6}})\.zip")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")

PARAMETERS = (
    Parameter(
        BACKUP_AT,
        "clock",
        "02:30",
        "",
        _("系统自定"),
        _("写成时:分，例如 02:30。留空则不做每日备份。"),
        label=_("每日备份的时间"),
        by_area=False,
    ),
    Parameter(
        BACKUP_KEEP,
        "integer",
        14,
        _("份"),
        _("系统自定"),
        label=_("保留最近几份备份"),
        least=1,
        by_area=False,
    ),
)


def clock_time(written: str) -> time | None:
    """A time of day such as ``02:30``; None when nothing is written, or nothing that is a time."""
    found = _CLOCK.fullmatch(written.strip())
    return time(int(found[1]), int(found[2])) if found else None


def folder() -> Path:
    """Where the backups are kept: ``ANLAN_BACKUP_FOLDER``, else ``HOME/backups``."""
    return Path(settings.BACKUP_FOLDER).expanduser() if settings.BACKUP_FOLDER else home_folder() / "backups"


def new_place(kind: str, moment: datetime) -> Path:
    """The file of a new backup, in a folder that is made where it does not exist."""
    place = folder()
    with telling_of_a_full_disk(place):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place / f"{kind}-{moment:%Y%m%d-%H%M%S}.zip"


def kept(kind: str) -> list[Path]:
    """The backups of a kind, the latest first. Files of other names are nobody's business here."""
    place = folder()
    found: Iterable[Path] = place.glob(f"{kind}-*.zip") if place.is_dir() else ()
    return sorted((path for path in found if _NAME.fullmatch(path.name)), reverse=True)


def forget_old(kind: str, keep: int) -> list[Path]:
    """Delete all backups of a kind but the latest ``keep`` (at least one stays); gives those deleted."""
    gone = kept(kind)[max(keep, 1) :]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
