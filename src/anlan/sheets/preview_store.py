"""What a check found, page by page, sealed beside the uploaded files: a page is opened without the others.

A folder holds ``<list>.sealed`` files, each a row of sealed pages, and ``manifest.sealed`` with everything
else and where each page stands. The manifest is written last: without it there is nothing.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from anlan.kernel import protection
from anlan.sheets import kept_files

PAGE_ROWS = 50
FORMAT = 2
"""The form of what a manifest tells. One of another form, from before an upgrade, counts as not there."""

_MANIFEST = "manifest.sealed"
_NEW = ".new"

Row = list[Any]


class PreviewWriter:
    """Writes a preview into a folder of its own; ``close`` puts it in its place."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._fresh = place.with_name(place.name + _NEW)
        shutil.rmtree(self._fresh, ignore_errors=True)
        self._fresh.mkdir(parents=True, mode=0o700)
        self._index: dict[str, dict[str, Any]] = {}

    def write_list(self, name: str, rows: Sequence[Row]) -> None:
        """Write one list of rows, a page at a time. ``name`` is made of letters, digits and hyphens."""
        pages: list[list[int]] = []
        with (self._fresh / f"{name}.sealed").open("wb") as file:
            for start in range(0, len(rows), PAGE_ROWS):
                pages.append(_write_page(file, rows[start : start + PAGE_ROWS]))
        self._index[name] = {"count": len(rows), "pages": pages}

    def write_file(self, name: str, content: bytes) -> None:
        """Write one file beside the lists."""
        kept_files.write_sealed(self._fresh / f"{name}.sealed", protection.seal(content))

    def close(self, told: Mapping[str, Any]) -> None:
        """Write the manifest, and put the whole in the place of what stood there."""
        content = orjson.dumps({"format": FORMAT, "told": told, "lists": self._index}, default=str)
        kept_files.write_sealed(self._fresh / _MANIFEST, protection.seal(content))
        shutil.rmtree(self._place, ignore_errors=True)
        self._fresh.rename(self._place)

    def give_up(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._fresh, ignore_errors=True)


def _write_page(file: BinaryIO, rows: Sequence[Row]) -> list[int]:
    sealed = protection.seal(orjson.dumps(rows, default=str))
    offset = file.tell()
    file.write(sealed)
    return [offset, len(sealed)]


class Preview:
    """A written preview: ``told`` is what its manifest tells."""

    def __init__(self, place: Path) -> None:
        content = orjson.loads(protection.open_bytes((place / _MANIFEST).read_bytes()))
        self._place = place
        self.format: int = content.get("format", 0)
        self.told: dict[str, Any] = content["told"]
        self._index: dict[str, dict[str, Any]] = content["lists"]

    def count(self, name: str) -> int:
        """How many rows a list has; 0 for one that is not there."""
        return int(self._index.get(name, {"count": 0})["count"])

    def rows(self, name: str, page: int) -> list[Row]:
        """The rows of a page, from 1; empty beyond the last."""
        pages = self._index.get(name, {"pages": []})["pages"]
        if not 1 <= page <= len(pages):
            return []
        offset, length = pages[page - 1]
        with (self._place / f"{name}.sealed").open("rb") as file:
            file.seek(offset)
            rows: list[Row] = orjson.loads(protection.open_bytes(file.read(length)))
        return rows

    def file(self, name: str) -> bytes:
        """A file that stands beside the lists."""
        return protection.open_bytes((self._place / f"{name}.sealed").read_bytes())


def open_preview(place: Path) -> Preview | None:
    """The preview in a folder, None where there is none (yet)."""
    try:
        found = Preview(place)
    except FileNotFoundError:
        return None
    return found if found.format == FORMAT else None
