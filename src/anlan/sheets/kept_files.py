"""Copies of uploaded and imported files, sealed, so that every fact can be traced to the sheet it came from.

They stand in ``HOME/files/imports``, one folder a draft or batch (both bear the same name). Beside them stand
sealed pages of what a check found; see ``previews``.
"""

import errno
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import OperationalError

from anlan.kernel import protection
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.randomness import random_bytes
from anlan.sheets.models import DraftFile, ImportFile

_ABANDONED_AFTER_SECONDS = 3600
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("disk is full", "no space left", "disk full")
"""How SQLite and PostgreSQL say it."""


def folder() -> Path:
    """Where the copies stand."""
    return Path(settings.KEYS_FOLDER).parent / "files" / "imports"


def folder_of(uid: UUID) -> Path:
    """The folder of one draft or batch, made where it does not exist."""
    own = folder() / str(uid)
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    return own


@contextmanager
def room_needed() -> Iterator[None]:
    """Say ``sheets.disk_full`` where writing fails for want of room, in a file or in the database."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise Refused(Problem("sheets.disk_full")) from error
    except OperationalError as error:
        if not any(words in str(error).lower() for words in _FULL_WORDS):
            raise
        raise Refused(Problem("sheets.disk_full")) from error


def keep(uid: UUID, contents: Sequence[bytes]) -> list[str]:
    """Seal and store files of a draft or batch; gives their places below ``folder()``.

    Written before the transaction that knows them; ``discard`` them when it fails. Refused:
    ``sheets.disk_full``, and then nothing of them is left.
    """
    places: list[str] = []
    try:
        with room_needed():
            for content in contents:
                place = folder_of(uid) / f"{random_bytes(8).hex()}.sealed"
                write_sealed(place, protection.seal(content))
                places.append(f"{uid}/{place.name}")
    except BaseException:
        discard_files(places)
        raise
    return places


def write_sealed(place: Path, sealed: bytes) -> None:
    """Write sealed bytes so that they are on the disk, whole, before this returns."""
    fresh = place.with_suffix(".new")
    try:
        with fresh.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def discard(uid: UUID) -> None:
    """Remove everything kept of a draft or batch."""
    shutil.rmtree(folder() / str(uid), ignore_errors=True)


def discard_folder(place: Path) -> None:
    """Remove one folder inside that of a draft or batch."""
    shutil.rmtree(place, ignore_errors=True)


def discard_files(places: Sequence[str]) -> None:
    """Remove single copies, and their folder when nothing else is in it."""
    for place in places:
        path = folder() / place
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()


def discard_abandoned() -> None:
    """Remove what belongs to no draft and no batch: an import or upload died before its transaction ended.

    What was written in the last hour may belong to one that is still running.
    """
    latest = time.time() - _ABANDONED_AFTER_SECONDS
    for own in folder().glob("*") if folder().is_dir() else ():
        begins = f"{own.name}/"
        is_kept = (
            ImportFile.objects.filter(place__startswith=begins).exists()
            or DraftFile.objects.filter(place__startswith=begins).exists()
        )
        if own.stat().st_mtime < latest and not is_kept:
            shutil.rmtree(own, ignore_errors=True)


def read(place: str) -> bytes:
    """The bytes of a kept file."""
    return protection.open_bytes((folder() / place).read_bytes())
