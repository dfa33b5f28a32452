"""Copies of imported files, sealed, so that every fact can be traced to the sheet it came from."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from anlan.kernel import protection


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


def read(place: str) -> bytes:
    """The bytes of a kept file."""
    return protection.open_bytes((folder() / place).read_bytes())
