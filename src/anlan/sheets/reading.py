"""Reading files: any spreadsheet becomes rows of plain cells, at the row numbers a person sees.

What a file is is told by its content, never by its name: .xlsx, .xls and WPS's .et, .ods, and text with
commas, tabs or semicolons in UTF-8 (with or without byte order mark), UTF-16 or GB18030.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from anlan.kernel.problems import Problem, Refused
from anlan.sheets.number_formats import in_ods, in_xls, in_xlsx
from anlan.sheets.values import Cell

Merged = tuple[tuple[int, int], tuple[int, int]]

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = b"PK\x03\x04"
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",\t;|"
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")

XLSX, XLS, ODS, TEXT = "xlsx", "xls", "ods", "csv"
_FORMATS = {XLSX: in_xlsx.apply, XLS: in_xls.apply, ODS: in_ods.apply}


@dataclass(slots=True)
class RawSheet:
    """One sheet as it stands in its file.

    ``rows[n]`` is the row a person sees as n + 1; blank cells are "". ``merged`` are merged ranges as
    ((first row, first column), (last row, last column)), counted from 0, inclusive; empty where the format
    does not tell. ``origin`` is the row each row comes from where rows were taken apart, else None.
    """

    file: str
    name: str
    rows: list[list[Cell]]
    merged: list[Merged] = field(default_factory=list)
    visible: bool = True
    format: str = XLSX
    origin: list[int] | None = None

    def row_of(self, number: int) -> int:
        """The row of the file a row comes from, from 0."""
        return number if self.origin is None else self.origin[number]


def read_file(path: Path) -> list[RawSheet]:
    """All sheets of a file, hidden ones too; refused with file.unreadable or file.encrypted."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name, "missing", error.strerror or "") from error
    return read_bytes(path.name, content)


def read_bytes(name: str, content: bytes) -> list[RawSheet]:
    """All sheets of a file given as bytes; ``name`` is only told, never looked at."""
    kind = format_of(name, content)
    if kind == TEXT:
        return [RawSheet(name, _stem(name), _read_text(name, content), format=TEXT)]
    return _read_workbook(name, content, kind)


def format_of(name: str, content: bytes) -> str:
    """What a file is, told by its first bytes: ``XLSX``, ``XLS``, ``ODS`` or ``TEXT``.

    Refused with file.unreadable or file.encrypted where that much already shows that it is no spreadsheet.
    """
    if not content.strip():
        raise _unreadable(name, "empty")
    if content.startswith(_ZIP):
        return _zip_format(name, content)
    if content.startswith(_OLE):
        if _ENCRYPTED_OLE in content:
            raise _encrypted(name)
        return XLS
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:9].lower().startswith(_MARKUP):
        raise _unreadable(name, "markup")
    if not content.startswith(_UTF_16) and b"\x00" in content[:4000]:
        raise _unreadable(name, "unknown")
    return TEXT


def _zip_format(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
            if "xl/workbook.xml" in members or "xl/workbook.bin" in members:
                return XLSX
            if "content.xml" in members:
                manifest = (
                    archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in members else b""
                )
                if b"encryption-data" in manifest:
                    raise _encrypted(name)
                return ODS
    except zipfile.BadZipFile as error:
        raise _unreadable(name, "broken", str(error)) from error
    raise _unreadable(name, "no_sheet")


def _read_workbook(name: str, content: bytes, kind: str) -> list[RawSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            _sheet_of(workbook, name, meta.name, meta.visible == SheetVisibleEnum.Visible, kind)
            for meta in workbook.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise _encrypted(name) from error
    except (CalamineError, OSError, ValueError) as error:
        if kind == XLS and in_xls.is_locked(content):
            raise _encrypted(name) from error
        raise _unreadable(name, "broken", str(error)) from error
    _FORMATS[kind](content, {sheet.name: sheet.rows for sheet in sheets})
    return sheets


def _sheet_of(workbook: CalamineWorkbook, file: str, name: str, visible: bool, kind: str) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    return RawSheet(file, name, rows, list(sheet.merged_cell_ranges or ()), visible, kind)


def _read_text(name: str, content: bytes) -> list[list[Cell]]:
    text = _decode(name, content)
    delimiter = _delimiter_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unreadable(name, "broken", str(error)) from error
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _decode(name: str, content: bytes) -> str:
    encodings: Sequence[str] = ("utf-8-sig", "gb18030")
    if content.startswith(_UTF_16):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name, "encoding")


def _delimiter_of(text: str) -> str:
    """The delimiter that most lines of the beginning have equally often and most often."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = sorted(line.count(delimiter) for line in lines)
        usual = counts[len(counts) // 2] if counts else 0
        score = usual * sum(1 for count in counts if count >= usual > 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _stem(name: str) -> str:
    return Path(name).stem


def _unreadable(name: str, reason: str, detail: str = "") -> Refused:
    return Refused(Problem("file.unreadable", params={"file": name, "reason": reason, "detail": detail}))


def _encrypted(name: str) -> Refused:
    return Refused(Problem("file.encrypted", params={"file": name}))
