"""What an import would do, told for people: sheets as recognised, lines by what becomes of them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from anlan.kernel import disk, protection
from anlan.kernel.problems import Problem
from anlan.sheets import kept_files
from anlan.sheets.annotate import returned_books, text_reader
from anlan.sheets.answers import AMBIGUOUS
from anlan.sheets.fingerprints import fingerprint, header_texts
from anlan.sheets.gathering import SourceFile, SourceSheet
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ColumnSpec, SheetKind, kind_of
from anlan.sheets.lines import REFUSED, WARNING, RowProblem, SheetTable
from anlan.sheets.matching import SURE
from anlan.sheets.models import ImportDraft
from anlan.sheets.number_formats.in_xlsx import hidden_rows
from anlan.sheets.preview_store import Preview, PreviewWriter, Row, open_preview
from anlan.sheets.readers import CellChange, reader_of
from anlan.sheets.results import reason_of
from anlan.sheets.running import Run
from anlan.sheets.values import Cell, text_of
from anlan.sheets.values.figures import looks_like_id_number

OUTCOMES = ("added", "changed", "unchanged", "duplicate", "refused", "warned")
"""The lists of lines of a sheet. A line with warnings stands in ``warned`` besides its own."""

_SHOWN = 6
"""Columns of a line that are shown."""
_LONGEST_CELL = 40
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ACCOUNT_DIGITS = 15
_MOST_COLUMNS = 80
_MOST_QUESTIONS = 200
_MOST_EXAMPLES = 3
"""Lines told beside a question."""
_MOST_LEFT_OUT = 20
"""Rows that are no lines, told by their numbers."""

_LEVELS = {"refused": REFUSED, "warned": WARNING}
"""Lists of lines that are told apart by reason, and the level of what counts as one."""

Changes = Mapping[int, Mapping[int, Sequence[CellChange]]]
"""What changes, by the id of the table and the line."""


def check_place(draft: ImportDraft) -> Path:
    """Where the preview of a draft stands, as it is asked for now."""
    return kept_files.folder() / str(draft.uid) / f"check-{draft.revision}"


def written_place(uid: UUID) -> Path:
    """Where the lines of a written batch stand."""
    return kept_files.folder() / str(uid) / "written"


def preview_of_draft(draft: ImportDraft) -> Preview | None:
    """The preview of a draft, None while it is not ready."""
    return open_preview(check_place(draft))


def preview_of_batch(uid: UUID) -> Preview | None:
    """The lines of a written batch, None for one that was imported by the command."""
    return open_preview(written_place(uid))


def discard_checks(uid: UUID, but: str = "") -> None:
    """Remove the previews of a draft, but the one in a folder of that name."""
    for place in (kept_files.folder() / str(uid)).glob("check-*"):
        if place.name != but:
            kept_files.discard_folder(place)


def find_changes(run: Run) -> Changes:
    """What every changed line changes, read from the register before it is written."""
    context = run.context
    found: dict[int, Mapping[int, Sequence[CellChange]]] = {}
    if context is None:
        return found
    for plan in run.plans:
        for one in plan.tables:
            lines = [line for line, outcome in one.outcomes.items() if outcome == "changed"]
            if lines:
                found[id(one.table)] = reader_of(one.table.kind).changes(one.table, lines, context)
    return found


def write_preview(run: Run, place: Path, changes: Changes) -> None:
    """Write what a run found; refused with disk.full, and then nothing is left."""
    with disk.room_needed():
        writer = PreviewWriter(place)
        try:
            writer.close(_told(run, writer, changes))
        except BaseException:
            writer.give_up()
            raise


def _told(run: Run, writer: PreviewWriter, changes: Changes) -> dict[str, Any]:
    sheets: list[dict[str, Any]] = []
    for file in run.files:
        hidden = hidden_rows(file.content)
        for sheet in file.sheets:
            told = _sheet_told(file, sheet) | {"hidden_rows": hidden.get(sheet.found.sheet.name, 0)}
            if sheet.table is not None and run.plans:
                plan = run.table_plan(sheet.table)
                outcomes = plan.outcomes if plan else {}
                own = changes.get(id(sheet.table), {})
                told |= _write_lines(writer, len(sheets), sheet.table, outcomes, own)
            sheets.append(told)
    return {
        "result": run.result.as_json(with_problems=False),
        "kinds": run.kind_codes,
        "changes_nothing": bool(run.plans) and run.changes_nothing,
        "stopping": [_problem_told(problem) for problem in run.result.stopping],
        "files": [
            {
                "number": file.source.number,
                "name": file.source.name,
                "skipped": file.result.skipped,
                "problems": [_problem_told(problem) for problem in file.result.problems],
            }
            for file in run.files
        ],
        "sheets": sheets,
        "questions": [{**one.as_json(), "examples": list(one.examples)} for one in _questions(run)],
        "absent": _write_absent(run, writer),
        "returned": _write_returned(run, writer),
    }


def _problem_told(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "params": dict(problem.params)}


def _sheet_told(file: SourceFile, sheet: SourceSheet) -> dict[str, Any]:
    found, table = sheet.found, sheet.table
    columns = found.header.columns[:_MOST_COLUMNS]
    fields = found.match.fields | found.match.more if found.match else {}
    width = max([len(columns), *map(len, sheet.sketch)], default=0)
    rows = [[_sketched(cell) for cell in row[:_MOST_COLUMNS]] for row in sheet.sketch]
    return {
        "file": file.source.number,
        "sheet": found.sheet.name,
        "hidden": not found.sheet.visible,
        "rows": len(table) if table else 0,
        "kind": table.kind if table else None,
        "guess": found.match.kind.code if found.match else None,
        "by": found.by,
        "title": found.title,
        "header": [found.header.first, found.header.last],
        "as_of": table.as_of.isoformat() if table and table.as_of else None,
        "fingerprint": fingerprint(columns),
        "headers": header_texts(columns),
        "columns": [
            {
                "header": "/".join(columns[at]) if at < len(columns) else "",
                "field": fields[at].field if at in fields else "",
                "sure": found.match is None or found.match.scores.get(at, 1.0) >= SURE,
            }
            for at in range(min(width, _MOST_COLUMNS))
        ],
        "sketch": rows,
        "shown": [],
        "reasons": {},
        "unread": table.unread if table else [],
        "left_out": table.left_out[:_MOST_LEFT_OUT] if table else [],
        "left_out_count": len(table.left_out) if table else 0,
    }


def _sketched(cell: Cell) -> str:
    text = text_of(cell)
    if looks_like_id_number(cell):
        return protection.mask_id_number(text)
    digits = text.replace(" ", "").replace("-", "")
    if _MOBILE.fullmatch(digits):
        return protection.mask_phone(digits)
    if digits.isdecimal() and len(digits) >= _ACCOUNT_DIGITS:
        return protection.mask_account(digits)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _write_lines(
    writer: PreviewWriter,
    number: int,
    table: SheetTable,
    outcomes: Mapping[int, str],
    changes: Mapping[int, Sequence[CellChange]],
) -> dict[str, Any]:
    """Write the lines of a sheet into their lists; gives the headers of the columns shown, and the reasons
    of what is refused or warned of, the most frequent first.
    """
    kind = kind_of(table.kind)
    if kind is None:
        raise ValueError(f"a table of an unknown kind: {table.kind}")
    specs = _shown_columns(table, kind)
    read = [_shown_reader(table, spec) for spec in specs]
    keys = reader_of(table.kind).keys(table)
    by_line: dict[int, list[RowProblem]] = {}
    for problem in table.problems:
        by_line.setdefault(problem.line, []).append(problem)
    lists: dict[str, list[Row]] = {name: [] for name in OUTCOMES}
    reasons: dict[str, dict[str, list[Row]]] = {name: {} for name in _LEVELS}
    words = {spec.field: table.header_of(spec.field) or spec.words[0] for spec in kind.columns}
    for line, row_number in enumerate(table.row_numbers):
        problems = by_line.get(line, ())
        row: Row = [
            row_number,
            keys[line],
            [cell(line) for cell in read],
            [[problem.level, problem.column, problem.code, dict(problem.params)] for problem in problems],
            [[words.get(one.field, ""), one.before, one.after] for one in changes.get(line, ())],
        ]
        if line in table.refused:
            lists["refused"].append(row)
        elif line in table.duplicates:
            lists["duplicate"].append(row)
        else:
            lists[outcomes.get(line, "unchanged")].append(row)
        if any(problem.level == WARNING for problem in problems):
            lists["warned"].append(row)
        for name, level in _LEVELS.items():
            for reason in {reason_of(problem) for problem in problems if problem.level == level}:
                reasons[name].setdefault(reason, []).append(row)
    for name, rows in lists.items():
        writer.write_list(f"lines-{number}-{name}", rows)
    return {
        "shown": [words[spec.field] for spec in specs],
        "reasons": {name: _write_reasons(writer, number, name, found) for name, found in reasons.items()},
    }


def _write_reasons(
    writer: PreviewWriter, number: int, outcome: str, found: Mapping[str, list[Row]]
) -> list[list[Any]]:
    """Write the lines of each reason into a list of its own; gives (reason, how many lines)."""
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    if len(ordered) > 1:
        for place, (_reason, rows) in enumerate(ordered, 1):
            writer.write_list(f"lines-{number}-{outcome}-{place}", rows)
    return [[reason, len(rows)] for reason, rows in ordered]


def _shown_columns(table: SheetTable, kind: SheetKind) -> list[ColumnSpec]:
    """The columns by which people know a line: those the kind needs, then the first others of the sheet."""
    order = [*kind.needs, *table.headers.values(), *table.columns]
    specs = (kind.spec(name) for name in dict.fromkeys(order) if name in table.columns)
    return [spec for spec in specs if spec is not None and spec.imported][:_SHOWN]


def _shown_reader(table: SheetTable, spec: ColumnSpec) -> Callable[[int], str]:
    read = text_reader(table, spec)
    mask: Callable[[str], str] | None = None
    if spec.value.code == "id_number":
        mask = protection.mask_id_number
    elif spec.value.code == "phones":
        mask = protection.mask_phone
    elif spec.field == "bank_account":
        mask = protection.mask_account
    if mask is None:
        return read
    hide = mask
    return lambda line: "、".join(hide(part) for part in read(line).split("、") if part)


def _questions(run: Run) -> list[Question]:
    """The ambiguous names, each once, the most frequent first; those answered already stay to be changed."""
    context = run.context
    found: dict[tuple[str, str], Question] = {}
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[str]] = {}
    for table, problem in _ambiguous(run):
        question = reader_of(table.kind).question(table, problem, context) if context else None
        if question is not None:
            key = (question.register, question.value)
            found.setdefault(key, question)
            counts[key] += 1
            if counts[key] <= _MOST_EXAMPLES:
                examples.setdefault(key, []).append(_example(table, problem.line))
    asked = [
        Question(one.register, one.value, one.choices, counts[key], examples=tuple(examples[key]))
        for key, one in sorted(found.items(), key=lambda item: -counts[item[0]])
    ]
    return asked[:_MOST_QUESTIONS]


def _example(table: SheetTable, line: int) -> str:
    """A line as people find it again: its sheet, its row, whom it is about."""
    name = table.column("name")[line] or ""
    where = {"file": table.file, "row": table.row_numbers[line], "name": name}
    return _("%(file)s 第 %(row)d 行 %(name)s") % where


def _ambiguous(run: Run) -> Iterator[tuple[SheetTable, RowProblem]]:
    for table in run.result.tables:
        for problem in table.problems:
            if problem.code == AMBIGUOUS:
                yield table, problem


def _write_absent(run: Run, writer: PreviewWriter) -> list[dict[str, Any]]:
    """Who is absent, by kind: how many, and whether a list of them was written."""
    told = []
    context = run.context
    for (kind, tables), plan in zip(run.by_kind, run.plans, strict=False):
        if context is None or not any(plan.absent.values()):
            continue
        missing = reader_of(kind.code).absent(tables, context)
        writer.write_list(f"absent-{kind.code}", [[one.key, one.name, one.place] for one in missing])
        count = len(missing) or sum(plan.absent.values())
        told.append({"kind": kind.code, "count": count, "listed": bool(missing)})
    return told


def _write_returned(run: Run, writer: PreviewWriter) -> list[dict[str, Any]]:
    contents = {file.source.path: file.content for file in run.files}
    told = []
    books = returned_books(run.result.tables, contents.__getitem__, run.asked.full_names)
    for number, book in enumerate(books, 1):
        writer.write_file(f"returned-{number}", book.content)
        told.append({"number": number, "name": book.name, "lines": book.lines})
    return told
