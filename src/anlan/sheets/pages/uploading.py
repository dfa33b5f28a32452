"""Files on their way in: kept in memory only, because they are personal and the disk holds nothing open."""

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from anlan.kernel.problems import Problem, Refused
from anlan.sheets import kept_files
from anlan.sheets.actions.import_write import KeptFile
from anlan.sheets.reading import format_of

_LONGEST_NAME = 200


class MemoryHandler(FileUploadHandler):
    """Takes uploaded files into memory, together up to ``most`` bytes; ``too_large`` names what was not
    taken.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self._left = most
        self.too_large: list[str] = []
        self._stream = io.BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A further file begins."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._stream = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; what goes beyond the limit is read over and told."""
        self._left -= len(raw_data)
        if self._left < 0:
            self._left += self._stream.tell() + len(raw_data)
            self._stream = io.BytesIO()
            self.too_large.append(self.file_name or "")
            raise SkipFile
        self._stream.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file."""
        self._stream.seek(0)
        return InMemoryUploadedFile(
            self._stream,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )


@dataclass(slots=True)
class Received:
    """What came: names and bytes of files that look like spreadsheets, and what is wrong with the others."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, uid: UUID) -> list[KeptFile]:
        """Seal and store the files; refused with disk.full."""
        places = kept_files.keep(uid, [content for _name, content in self.files])
        return [
            KeptFile(name, len(content), hashlib.sha256(content).digest(), place)
            for (name, content), place in zip(self.files, places, strict=True)
        ]

    @property
    def digests(self) -> list[bytes]:
        """The SHA-256 of each file."""
        return [hashlib.sha256(content).digest() for _name, content in self.files]


def receive(request: HttpRequest, megabytes: int) -> Received:
    """Look at the uploaded files by their content; the request's first handler is a ``MemoryHandler``."""
    received = Received()
    for upload in request.FILES.getlist("tables"):
        name = PurePath((upload.name or "").replace("\\", "/")).name[-_LONGEST_NAME:] or "1"
        content = upload.read()
        try:
            format_of(name, content)
        except Refused as refused:
            received.problems.extend(refused.problems)
        else:
            received.files.append((name, content))
    for handler in request.upload_handlers:
        if isinstance(handler, MemoryHandler):
            received.problems += [
                Problem("sheets.upload_too_large", "tables", {"file": name, "most": megabytes})
                for name in handler.too_large
            ]
    return received
