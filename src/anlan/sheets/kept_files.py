"""Copies of uploaded and imported files, sealed, so that every fact can be traced to the sheet it came from.

They stand in ``HOME/files/imports``, one folder a draft or batch (both bear the same name). Beside them stand
sealed pages of what a check found; see ``previews``.
"""

import os
import shutil
import time
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from anlan.kernel import disk, parameters, protection
from anlan.kernel.randomness import random_bytes
from anlan.sheets.models import DraftFile, ImportFile

_SECONDS_A_DAY = 86_400


def folder() -> Path:
    """Where the copies stand."""
    return Path(settings.KEYS_FOLDER).parent / "files" / "imports"


def folder_of(uid: UUID) -> Path:
    """The folder of one draft or batch, made where it does not exist."""
    own = folder() / str(uid)
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    return own


def keep(uid: UUID, contents: Sequence[bytes]) -> list[str]:
    """Seal and store files of a draft or batch; gives their places below ``folder()``.

    Written before the transaction that knows them; ``discard`` them when it fails. Refused:
    ``disk.full``, and then nothing of them is left.
    """
    places: list[str] = []
    try:
        with disk.room_needed():
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


def abandoned(today: date) -> list[Path]:
    """What belongs to no draft and no batch: whoever uploaded or imported it died before it was known.

    Told once it is ``sheets.abandoned_days`` old, because the upload or import may still go on.
    """
    if not folder().is_dir():
        return []
    latest = time.time() - _SECONDS_A_DAY * parameters.integer("sheets.abandoned_days", on=today)
    known = {
        *ImportFile.objects.values_list("place", flat=True),
        *DraftFile.objects.values_list("place", flat=True),
    }
    kept = {place.partition("/")[0] for place in known}
    found = [own for own in folder().iterdir() if own.name not in kept]
    for name in kept:
        loose = [place for place in (folder() / name).glob("*") if _is_loose(place, f"{name}/", known)]
        found += loose
    return [place for place in found if place.stat().st_mtime < latest]


def _is_loose(place: Path, begins: str, known: Collection[str]) -> bool:
    """Whether something in the folder of a draft or batch is a file nobody names, or half written."""
    if place.is_dir():
        return place.suffix == ".new"
    return f"{begins}{place.name}" not in known


def discard_abandoned(today: date) -> int:
    """Remove what belongs to no draft and no batch; gives how many files or folders."""
    found = abandoned(today)
    for place in found:
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
    return len(found)


def read(place: str) -> bytes:
    """The bytes of a kept file."""
    return protection.open_bytes((folder() / place).read_bytes())
