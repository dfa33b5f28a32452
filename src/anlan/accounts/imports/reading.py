"""Reading a sheet of accounts: any spreadsheet or CSV becomes lines of text by column, at their row numbers.

The engine of the registers' sheets lies above the accounts and knows the registers; these eight columns need
no more than the library it reads with.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused

MOST_LINES = 500
MOST_BYTES = 5_000_000
_MOST_UNPACKED = 100_000_000
_HEADER_ROWS = 20
_ENCODINGS = ("utf-8-sig", "gb18030")
_BINARY = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_NOTES = ("注", "说明", "备注", "填表", "示例", "例：", "例:")

COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("姓名", "名字", "使用人"),
    "username": ("用户名", "账号", "登录名"),
    "unit": ("单位", "所在单位", "工作单位"),
    "role": ("角色", "身份"),
    "tier": ("级别", "层级"),
    "place": ("管理范围", "管辖范围", "范围", "区域", "区划代码"),
    "first_day": ("从哪天起", "开始日期", "起始日期", "任职日期"),
    "last_day": ("到哪天止", "结束日期", "截止日期"),
}
"""The columns by the words in the header; the first word is the one of our own sheet."""

NEEDED = ("name", "role", "place")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the row a person sees in the sheet, and the text of each column there is."""

    row: int
    cells: Mapping[str, str]

    def text(self, field: str) -> str:
        """The text of a column, "" where the sheet has none."""
        return self.cells.get(field, "")


def read_lines(content: bytes) -> list[Line]:
    """The lines of the first sheet that has the header; refused when there is none, or nothing to read."""
    if len(content) > MOST_BYTES:
        raise Refused(Problem("account_sheet.too_long", "file", {"most": MOST_LINES}))
    best: list[str] = list(NEEDED)
    for rows in _sheets(content):
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            columns = _columns(row)
            missing = [field for field in NEEDED if field not in columns]
            if not missing:
                return _lines(rows, at, columns)
            if len(missing) < len(best):
                best = missing
    if len(best) == len(NEEDED):
        raise Refused(Problem("account_sheet.header", "file"))
    raise Refused(*(Problem("account_sheet.column", "file", {"column": COLUMNS[one][0]}) for one in best))


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Which column stands where, read from a header."""
    words = {word: field for field, names in COLUMNS.items() for word in names}
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        text = re.sub(r"[（(].*?[)）]|[\s*＊]", "", plain(_text(cell)))
        if text in words:
            found.setdefault(words[text], at)
    return found


def _lines(rows: Sequence[Sequence[Any]], header: int, columns: Mapping[str, int]) -> list[Line]:
    lines = []
    for at, row in enumerate(rows[header + 1 :], start=header + 2):
        texts = [_text(cell) for cell in row]
        first = next((text for text in texts if text), "")
        if not first or first.startswith(_NOTES):
            continue
        cells = {field: texts[place] for field, place in columns.items() if place < len(texts)}
        lines.append(Line(at, cells))
    if not lines:
        raise Refused(Problem("account_sheet.empty", "file"))
    if len(lines) > MOST_LINES:
        raise Refused(Problem("account_sheet.too_long", "file", {"most": MOST_LINES}))
    return lines


def _text(cell: Any) -> str:
    """A cell as text: days as 2026-06-30, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return plain(str(cell)).removeprefix("'")


def _sheets(content: bytes) -> Iterator[list[list[Any]]]:
    if not content.startswith(_BINARY):
        yield _csv_rows(content)
        return
    try:
        _require_sane(content)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for number in range(len(book.sheet_names)):
                yield book.get_sheet_by_index(number).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(Problem("account_sheet.unreadable", "file")) from error


def _require_sane(content: bytes) -> None:
    """Refuse a small file that unpacks to a huge one."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise Refused(Problem("account_sheet.too_long", "file", {"most": MOST_LINES}))


def _csv_rows(content: bytes) -> list[list[Any]]:
    if b"\x00" in content:
        raise Refused(Problem("account_sheet.unreadable", "file"))
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        delimiter = "\t" if text.count("\t") > text.count(",") else ","
        try:
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
        except csv.Error as error:
            raise Refused(Problem("account_sheet.unreadable", "file")) from error
    raise Refused(Problem("account_sheet.unreadable", "file"))
