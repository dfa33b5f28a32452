"""Returned sheets: refused and warned lines as a sheet of the same shape, the reason beside each, ready to
correct.

What the line took from above (places, the household's columns) stands on the line itself, so that it can be
imported alone. Everything is text: no id number, phone or code can lose a digit again.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from anlan.kernel.code_list import Coded, CodeList
from anlan.kernel.partial_dates import PartialDate
from anlan.sheets.kinds import ColumnSpec, kind_of
from anlan.sheets.lines import DUPLICATE, NOTHING, REFUSED, RowProblem, SheetTable
from anlan.sheets.reading import read_bytes
from anlan.sheets.results import row_message
from anlan.sheets.values import Cell, is_blank, text_of
from anlan.sheets.words import REASON_HEADER, ROW_HEADER

_WIDTHS = {"id_number": 22, "date": 13, "phones": 14, "address": 24, "organization": 26, "code_text": 16}
_OTHER_WIDTH, _REASON_WIDTH = 12, 60
_MOST_SHEET_NAME = 31
_NO_NAMES: Mapping[str, str] = {}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True, slots=True)
class ReturnedBook:
    """The workbook of one file: the file's path, what the workbook is called, its bytes, how many lines."""

    source: Path
    name: str
    content: bytes
    lines: int


def returned_books(
    tables: Sequence[SheetTable],
    content_of: Callable[[Path], bytes],
    full_names: Mapping[str, str] = _NO_NAMES,
) -> list[ReturnedBook]:
    """One workbook for each file with refused or warned lines, in the order of the files; made in memory.

    ``content_of`` gives the bytes of a file by the path its tables name; ``full_names`` says how names
    that were ambiguous are written, so that nobody is asked again. The workbook is called after its file with
    「-退回」, numbered where two files have the same name.
    """
    by_file: dict[Path, list[SheetTable]] = {}
    for table in tables:
        if table.source_path and any(problem.level != DUPLICATE for problem in table.problems):
            by_file.setdefault(table.source_path, []).append(table)
    books: list[ReturnedBook] = []
    names: list[Path] = []
    for source, own in by_file.items():
        rows = {sheet.name: sheet.rows for sheet in read_bytes(source.name, content_of(source))}
        names.append(_free(Path(f"{source.stem}-退回.xlsx"), names))
        lines = sum(len({problem.line for problem in table.problems}) for table in own)
        books.append(ReturnedBook(source, names[-1].name, _workbook(own, rows, full_names), lines))
    return books


def write_returned(
    tables: Sequence[SheetTable], folder: Path, full_names: Mapping[str, str] = _NO_NAMES
) -> list[Path]:
    """Write the returned workbooks of files on this machine into a folder; gives the paths."""
    books = returned_books(tables, Path.read_bytes, full_names)
    folder.mkdir(parents=True, exist_ok=True)
    for book in books:
        (folder / book.name).write_bytes(book.content)
    return [folder / book.name for book in books]


def _free(path: Path, taken: Sequence[Path]) -> Path:
    """The path, numbered where two files of the batch have the same name."""
    number = 1
    found = path
    while found in taken:
        number += 1
        found = path.with_stem(f"{path.stem}({number})")
    return found


def _workbook(
    tables: Sequence[SheetTable], rows: dict[str, list[list[Cell]]], full_names: Mapping[str, str]
) -> bytes:
    stream = io.BytesIO()
    # In memory: what is returned is personal, and a temporary file would stand open on the disk.
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "in_memory": True}
    with xlsxwriter.Workbook(stream, options) as book:
        formats = {
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "header": book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "border": 1}),
            REFUSED: book.add_format({"bg_color": "#FBE3E0", "text_wrap": True, "valign": "top"}),
            "warning": book.add_format({"bg_color": "#FFF4D6", "text_wrap": True, "valign": "top"}),
        }
        names: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.sheet, names))
            _write_sheet(sheet, table, _columns(table, rows[table.sheet], full_names), formats)
    return stream.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_FORBIDDEN)[:_MOST_SHEET_NAME]
    found, number = base, 1
    while found.lower() in taken:
        number += 1
        found = f"{base[: _MOST_SHEET_NAME - 4]}({number})"
    taken.add(found.lower())
    return found


def _write_sheet(sheet: Any, table: SheetTable, columns: list["Column"], formats: dict[str, Any]) -> None:
    first = 0
    if table.title:
        sheet.write_string(0, 0, table.title, formats["title"])
        first = 1
    for number, (header, width, _) in enumerate(columns):
        sheet.set_column(number, number, width, formats["text"])
        sheet.write_string(first, number, header, formats["header"])
    sheet.freeze_panes(first + 1, 0)
    by_line: dict[int, list[RowProblem]] = {}
    for problem in table.problems:
        if problem.level != DUPLICATE:
            by_line.setdefault(problem.line, []).append(problem)
    marked = {header: number for number, (header, _, _) in enumerate(columns)}
    for row, line in enumerate(sorted(by_line), first + 1):
        faults = {marked.get(problem.column, -1): problem.level for problem in by_line[line]}
        for number, (_, _, value) in enumerate(columns):
            sheet.write_string(row, number, value(line), formats[faults.get(number, "text")])
        reasons = "；".join(_reason(problem) for problem in by_line[line])
        level = REFUSED if line in table.refused else "warning"
        sheet.write_string(row, len(columns), reasons, formats[level])
        sheet.write_string(row, len(columns) + 1, str(table.row_numbers[line]), formats["text"])
    sheet.write_string(first, len(columns), REASON_HEADER, formats["header"])
    sheet.write_string(first, len(columns) + 1, ROW_HEADER, formats["header"])
    sheet.set_column(len(columns), len(columns), _REASON_WIDTH, formats["text"])


def _reason(problem: RowProblem) -> str:
    return f"【{problem.column}】{row_message(problem)}" if problem.column else row_message(problem)


Column = tuple[str, int, Callable[[int], str]]


def _columns(table: SheetTable, rows: list[list[Cell]], full_names: Mapping[str, str]) -> list[Column]:
    """The sheet's own columns, then those its lines got from its title, its name or headings between
    lines.
    """
    kind = kind_of(table.kind)
    specs = {spec.field: spec for spec in kind.columns} if kind else {}
    own: list[Column] = []
    shown = set()
    for position, header in enumerate(_source_headers(table)):
        spec = specs.get(table.headers.get(header, ""))
        if spec is None and not header:
            continue
        shown.add(spec.field if spec else "")
        width = _WIDTHS.get(spec.value.code, _OTHER_WIDTH) if spec else _OTHER_WIDTH
        read = _cell_reader(table, rows, position, spec)
        own.append((header, width, _in_full(read, full_names) if spec and spec.scope == "place" else read))
    derived = [
        (spec.words[0], _OTHER_WIDTH, _in_full(text_reader(table, spec), full_names))
        for spec in specs.values()
        if spec.scope != "line" and spec.field in table.columns and spec.field not in shown
    ]
    return own + derived


def _source_headers(table: SheetTable) -> list[str]:
    """The headers by column, told apart as ``SheetTable.headers`` does."""
    seen: dict[str, int] = {}
    named = []
    for position, header in enumerate(table.source_headers):
        text = header or (f"第{position + 1}列" if f"第{position + 1}列" in table.headers else "")
        seen[text] = seen.get(text, 0) + 1
        named.append(text if seen[text] == 1 or not text else f"{text}({seen[text]})")
    return named


def _cell_reader(
    table: SheetTable, rows: list[list[Cell]], position: int, spec: ColumnSpec | None
) -> Callable[[int], str]:
    filled = text_reader(table, spec) if spec and spec.scope != "line" else None

    def read(line: int) -> str:
        row = table.source_rows[line] if table.source_rows else rows[table.row_numbers[line] - 1]
        cell = row[position] if position < len(row) else ""
        if is_blank(cell) and filled:
            return filled(line)
        return _as_seen(cell)

    return read


def _in_full(read: Callable[[int], str], full_names: Mapping[str, str]) -> Callable[[int], str]:
    def read_in_full(line: int) -> str:
        text = read(line)
        return full_names.get(text, text)

    return read_in_full


def _as_seen(cell: Cell) -> str:
    """A cell as text; a number that lost its last digits in the form that says so, never as digits."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return f"{cell:.5E}"
    return text_of(cell)


def text_reader(table: SheetTable, spec: ColumnSpec) -> Callable[[int], str]:
    """What gives the text of a line's value in one column."""
    values = table.column(spec.field)
    codes: CodeList | None = spec.value.options.get("codes")

    def read(line: int) -> str:
        value = values[line]
        if value is None:
            return ""
        if value is NOTHING:
            return "无"
        if isinstance(value, Coded):
            return value.text or (codes.name_of(value.code) if codes else value.code)
        if isinstance(value, PartialDate):
            return str(value)
        if isinstance(value, tuple):
            return "、".join(part for part in value if part)
        return text_of(value)

    return read
