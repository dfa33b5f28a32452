"""Copies of imported files, sealed, so that every fact can be traced to the sheet it came from."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from anlan.kernel import protection
from anlan.sheets.models import ImportFile

_ABANDONED_AFTER_SECONDS = 3600


def folder() -> Path:
    """Where the copies stand: ``HOME/files/imports``, one folder a batch."""
    return Path(settings.KEYS_FOLDER).parent / "files" / "imports"


def keep(batch: UUID, contents: Sequence[bytes]) -> list[str]:
    """Seal and store the files of a batch; gives their places below ``folder()``.

    Written before the batch's transaction; ``discard`` them when it fails.
    """
    own = folder() / str(batch)
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    places = []
    for number, content in enumerate(contents, 1):
        place = own / f"{number}.sealed"
        place.write_bytes(protection.seal(content))
        places.append(f"{batch}/{place.name}")
    return places


def discard(batch: UUID) -> None:
    """Remove the copies of a batch that was not written."""
    shutil.rmtree(folder() / str(batch), ignore_errors=True)


def discard_abandoned() -> None:
    """Remove the copies that belong to no batch: their import died before its transaction ended.

    Those of the last hour may belong to an import that is still running.
    """
    latest = time.time() - _ABANDONED_AFTER_SECONDS
    for own in folder().glob("*") if folder().is_dir() else ():
        is_kept = ImportFile.objects.filter(place__startswith=f"{own.name}/").exists()
        if own.stat().st_mtime < latest and not is_kept:
            shutil.rmtree(own, ignore_errors=True)


def read(place: str) -> bytes:
    """The bytes of a kept file."""
    return protection.open_bytes((folder() / place).read_bytes())
