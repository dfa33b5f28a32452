"""From a recognised sheet to a table of values: every column parsed once per distinct cell."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.sheets import filling
from anlan.sheets.kinds import ColumnSpec, SheetKind
from anlan.sheets.lines import NOTHING, REFUSED, Evidence, RowProblem, SheetTable
from anlan.sheets.recognise import Recognised, evidence_by_line
from anlan.sheets.values import Cell, ColumnFacts, Finding, is_blank
from anlan.sheets.values.base import Parser
from anlan.sheets.words import is_running_number, shown

_HUNDREDTH = re.compile(r"\d{4}\.0[1-9]")
_PLACES = ("township", "village", "group")


def assemble(found: Recognised, today: date) -> SheetTable:
    """The table of a sheet whose kind was recognised: parsed, filled down, with its problems line by line."""
    kind = found.kind
    if kind is None or found.match is None:
        raise ValueError("only a recognised sheet has a table")
    sheet = found.sheet
    filling.fill_merged(sheet.merged, sheet.rows, found.header.last + 1, _fillable(found, kind))
    rows = [sheet.rows[number] for number in found.lines]
    table = SheetTable(
        kind=kind.code,
        file=sheet.file,
        sheet=sheet.name,
        title=found.title,
        evidence=found.evidence,
        as_of=found.as_of,
        header_rows=found.header.rows,
        headers=_headers(found),
        row_numbers=[sheet.row_of(number) + 1 for number in found.lines],
        left_out=[sheet.row_of(number) + 1 for number in found.left_out],
        unread=_unread(found),
        source_headers=[shown(parts) for parts in found.header.columns],
        source_rows=rows if sheet.origin is not None else None,
    )
    by_column: list[Sequence[Cell]] = list(zip(*rows, strict=False)) if rows else []
    headers = {name: header for header, name in reversed(table.headers.items())}
    for column, spec in [*found.match.fields.items(), *found.match.more.items()]:
        cells = by_column[column] if column < len(by_column) else ()
        values = _parse(table, spec, cells, headers[spec.field], today)
        known = table.columns.get(spec.field)
        table.columns[spec.field] = values if known is None else list(map(_together, known, values))
    _take_places_apart(table, kind)
    _fill(table, kind, found, today)
    _note_missing(table, kind, headers)
    table.refused.update(problem.line for problem in table.problems if problem.level == REFUSED)
    return table


def _fillable(found: Recognised, kind: SheetKind) -> set[int]:
    fields = found.match.fields if found.match else {}
    return {
        column for column, spec in fields.items() if spec.field not in kind.identity and spec.field != "name"
    }


def _headers(found: Recognised) -> dict[str, str]:
    """Header text → field, in the order of the columns; a header used twice is told apart by a number."""
    headers: dict[str, str] = {}
    fields = found.match.fields | found.match.more if found.match else {}
    for column in sorted(fields):
        text = shown(found.header.columns[column]) or f"第{column + 1}列"
        name, count = text, 1
        while name in headers:
            count += 1
            name = f"{text}({count})"
        headers[name] = fields[column].field
    return headers


def _together(one: Any, other: Any) -> Any:
    """Two values of a field that may have several: tuples joined, else the one that says something."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    return one or other if one is not None else other


def _unread(found: Recognised) -> list[str]:
    fields = {*found.match.fields, *found.match.more} if found.match else set()
    columns = enumerate(found.header.columns)
    return [shown(p) for c, p in columns if p and c not in fields and not is_running_number(p)]


def _parse(table: SheetTable, spec: ColumnSpec, cells: Sequence[Cell], header: str, today: date) -> list[Any]:
    memo = _Memo(spec.value.parser(_facts(spec, cells, today)))
    values = list(map(memo.__getitem__, cells))
    if memo.findings and spec.imported:
        told = memo.findings
        for line, cell in enumerate(cells):
            if cell in told:
                one = told[cell]
                table.problems.append(RowProblem(line, header, one.code, one.level, one.params))
    return values


class _Memo(dict[Cell, Any]):
    """Each distinct cell of a column parsed once; what there is to tell about it kept apart."""

    def __init__(self, parse: Parser) -> None:
        super().__init__()
        self._parse = parse
        self.findings: dict[Cell, Finding] = {}

    def __missing__(self, cell: Cell) -> Any:
        value = None if is_blank(cell) else self._parse(cell)
        if isinstance(value, Finding):
            self.findings[cell] = value
            value = value.value
        self[cell] = value
        return value


def _facts(spec: ColumnSpec, cells: Sequence[Cell], today: date) -> ColumnFacts:
    if spec.value.code.startswith("date"):
        tenths = any(_HUNDREDTH.fullmatch(repr(cell)) for cell in _numbers(cells))
        return ColumnFacts(today, tenths=tenths)
    if spec.value.code == "code_text":
        return ColumnFacts(today, width=_common_width(cells))
    return ColumnFacts(today)


def _numbers(cells: Sequence[Cell]) -> list[float]:
    """The number cells of a column; the types are looked at first, because most columns have none."""
    if not {float, int} & set(map(type, cells)):
        return []
    return [cell for cell in cells if isinstance(cell, float | int) and not isinstance(cell, bool)]


def _common_width(cells: Sequence[Cell]) -> int:
    """How many digits a code has where all its texts agree and some begin with 0, which number cells lose."""
    if not _numbers(cells):
        return 0
    texts = [text for cell in set(cells) if isinstance(cell, str) and (text := cell.strip()).isdigit()]
    widths = {len(text) for text in texts}
    return widths.pop() if len(widths) == 1 and any(text[0] == "0" for text in texts) else 0


def _take_places_apart(table: SheetTable, kind: SheetKind) -> None:
    """A column of places of several levels fills the levels that have no value of their own."""
    names = [spec.field for spec in kind.columns if spec.value.code == "place_path"]
    for name in (name for name in names if name in table.columns):
        values = table.columns[name]
        for level in _PLACES:
            own = table.columns.get(level)
            told = [getattr(value, level, "") or None for value in values]
            if own is None:
                if any(told):
                    table.columns[level] = told
            else:
                table.columns[level] = [a if a is not None else b for a, b in zip(own, told, strict=True)]


def _fill(table: SheetTable, kind: SheetKind, found: Recognised, today: date) -> None:
    filling.fill_places(table.columns, kind.columns)
    by_line = evidence_by_line(found)
    for spec in kind.columns:
        if spec.default_from:
            _fill_from_evidence(table, spec, by_line, today)
    if any(spec.scope == "household" for spec in kind.columns):
        table.households = (
            filling.households_of(table.columns, len(table))
            if found.sheet.origin is None
            else filling.households_of_rows(table.columns, table.row_numbers)
        )
        filling.fill_households(table.columns, kind.columns, table.households)


def _fill_from_evidence(
    table: SheetTable, spec: ColumnSpec, by_line: list[Evidence] | None, today: date
) -> None:
    parse = spec.value.parser(ColumnFacts(today))
    values = table.columns.get(spec.field)
    if values is not None and None not in values:
        return
    if by_line is None:
        text = getattr(table.evidence, spec.default_from)
        told: list[Any] = [parse(text) if text else None] * len(table)
    else:
        texts = [getattr(evidence, spec.default_from) for evidence in by_line]
        told = [parse(text) if text else None for text in texts]
    if not any(value is not None for value in told):
        return
    if values is None:
        table.columns[spec.field] = told
    else:
        table.columns[spec.field] = [a if a is not None else b for a, b in zip(values, told, strict=True)]


def _note_missing(table: SheetTable, kind: SheetKind, headers: dict[str, str]) -> None:
    refused = {(problem.line, problem.column) for problem in table.problems if problem.level == REFUSED}
    for spec in kind.columns:
        values = table.columns.get(spec.field)
        if not spec.missing_code or values is None:
            continue
        header = headers.get(spec.field, "")
        for line, value in enumerate(values):
            if (value is None or value is NOTHING) and (line, header) not in refused:
                table.problems.append(RowProblem(line, header, spec.missing_code, REFUSED, {}))
