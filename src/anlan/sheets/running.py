"""Running an import: read, recognise, check, plan, write. The one way in for the command and for pages."""

import gc
import hashlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import IntegrityError
from django.utils.translation import gettext as _

from anlan.kernel import permissions, record
from anlan.kernel.actors import Actor
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.uids import new_uid
from anlan.sheets import kept_files
from anlan.sheets.actions.import_write import KeptFile, import_write
from anlan.sheets.assemble import assemble
from anlan.sheets.checks import check_repeats
from anlan.sheets.kinds import ImportContext, Plan, SheetKind, StalePlan, TablePlan, kind_of, kinds
from anlan.sheets.lines import SheetTable
from anlan.sheets.reading import RawSheet, read_bytes
from anlan.sheets.recognise import Recognised, Recogniser
from anlan.sheets.results import FileResult, ImportResult, SheetResult, sheet_result

_TRIES = 4
"""How often a batch is planned when others keep changing what it touches."""

_SEEN = 12
"""Headers named when a sheet is not recognised."""


@dataclass(slots=True)
class _File:
    """One file on its way through."""

    name: str
    path: Path
    content: bytes = b""
    result: FileResult = field(default_factory=lambda: FileResult(""))
    sheets: list[tuple[Recognised, SheetTable | None]] = field(default_factory=list)


def run_import(
    paths: Sequence[Path],
    *,
    actor: Actor,
    today: date,
    kind: str | None = None,
    dry_run: bool = False,
    as_of: date | None = None,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    skip: Collection[str] = (),
) -> ImportResult:
    """Import files as one batch, all or nothing.

    ``kind`` names the kind instead of recognising it; ``as_of`` is the day from which changed facts hold;
    ``answers`` decides what was ambiguous; ``skip`` are names of files whose own problems stop nothing. Where
    no line says anything new, nothing is written and there is no batch. Lines that are refused stop nothing;
    a file that cannot be read or recognised stops the whole batch (``result.stopping``). Raises ``Refused``
    for somebody who may not import, an unknown kind, a file given twice, an ``as_of`` to come, or when the
    register changes faster than can be planned.
    """
    if not permissions.holds(actor, "sheets.import_write"):
        raise Refused(Problem("action.permission", params={"action": _("导入表格")}))
    if as_of is not None and as_of > today:
        raise Refused(Problem("date.future", "as_of", {"day": as_of.isoformat()}))
    began = time.perf_counter()
    with _without_collecting():
        files = _read(paths, _chosen(kind), today, forced=kind is not None, skip=skip)
        result = ImportResult(files=[file.result for file in files], as_of=as_of, dry_run=dry_run)
        result.tables = [table for file in files for _, table in file.sheets if table]
        if result.stopping:
            for file in files:
                _tell(file, {})
        else:
            _plan_and_write(files, result, actor, today, answers or {})
        result.seconds = time.perf_counter() - began
    return result


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of cells are made and none of them in circles: looking for circles all the time costs a
    fifth.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _chosen(code: str | None) -> list[SheetKind]:
    if code is None:
        return kinds()
    found = kind_of(code)
    if found is None:
        known = "、".join(kind.code for kind in kinds())
        raise Refused(Problem("sheets.kind_unknown", params={"kind": code, "kinds": known}))
    return [found]


def _read(
    paths: Sequence[Path], chosen: Sequence[SheetKind], today: date, forced: bool, skip: Collection[str]
) -> list[_File]:
    if len({path.resolve() for path in paths}) < len(paths):
        twice = next(path.name for path in paths if [p.resolve() for p in paths].count(path.resolve()) > 1)
        raise Refused(Problem("file.repeated", params={"file": twice}))
    recogniser = Recogniser(chosen, today)
    files = []
    for path in paths:
        file = _File(path.name, path, result=FileResult(path.name))
        file.result.skipped = bool({path.name, str(path)} & set(skip))
        files.append(file)
        try:
            file.content = _bytes_of(path)
            raw = read_bytes(path.name, file.content)
        except Refused as refused:
            file.result.problems.extend(refused.problems)
            continue
        _recognise(file, raw, recogniser, chosen, today, forced)
    return files


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        params = {"file": path.name, "reason": "missing", "detail": error.strerror or ""}
        raise Refused(Problem("file.unreadable", params=params)) from error


def _recognise(
    file: _File,
    raw: Sequence[RawSheet],
    recogniser: Recogniser,
    chosen: Sequence[SheetKind],
    today: date,
    forced: bool,
) -> None:
    for sheet in raw:
        found = recogniser.recognise(sheet, forced)
        table = assemble(found, today) if found.kind else None
        if table is not None:
            table.source_path = file.path
        # The values are in the table; the cells, a hundred megabytes of a county's sheet, may go.
        sheet.rows = []
        file.sheets.append((found, table))
    lacking = [found for found, _ in file.sheets if found.match and found.match.missing]
    if lacking:
        file.result.problems.extend(map(_column_missing, lacking))
    elif not any(table for _, table in file.sheets):
        file.result.problems.append(_unrecognised(file, chosen))


def _column_missing(found: Recognised) -> Problem:
    if found.match is None:
        raise ValueError("only a sheet that resembles a kind lacks columns")
    kind = found.match.kind
    specs = [kind.spec(name) for name in found.match.missing]
    params = {
        "sheet": found.sheet.name,
        "kind": str(kind.label),
        "missing": "、".join(spec.words[0] for spec in specs if spec),
        "seen": "、".join(found.seen[:_SEEN]),
    }
    return Problem("sheet.column_missing", params=params)


def _unrecognised(file: _File, chosen: Sequence[SheetKind]) -> Problem:
    expected = []
    for kind in chosen:
        specs = [kind.spec(name) for name in kind.needs]
        expected.append(f"{kind.label}({'、'.join(spec.words[0] for spec in specs if spec)}…)")
    seen = "；".join("、".join(found.seen[:_SEEN]) or found.sheet.name for found, _ in file.sheets[:3])
    params = {"file": file.name, "seen": seen, "expected": "；".join(expected)}
    return Problem("sheet.unrecognized", params=params)


def _plan_and_write(
    files: Sequence[_File],
    result: ImportResult,
    actor: Actor,
    today: date,
    answers: Mapping[str, Mapping[str, str]],
) -> None:
    by_kind = _checked(files)
    as_read = [(table, len(table.problems), set(table.refused)) for table in result.tables]
    for attempt in range(_TRIES):
        for table, problems, refused in as_read if attempt else ():
            del table.problems[problems:]
            table.refused = set(refused)
        known = 0 if result.dry_run else record.current_sequence()
        context = ImportContext(
            actor=actor,
            today=today,
            as_of=result.as_of,
            answers=answers,
            tables={kind.code: tables for kind, tables in by_kind},
        )
        plans = [kind.plan(tables, context) for kind, tables in by_kind]
        _tell_all(files, plans, result)
        if result.dry_run or all(plan.changes_nothing for plan in plans):
            return
        try:
            result.batch = _write(files, plans, [kind.code for kind, _ in by_kind], result, actor)
        except StalePlan:
            continue
        except IntegrityError:
            # Somebody added the same person meanwhile; with nobody else about, the plan itself is wrong.
            if record.current_sequence() == known:
                raise
            continue
        return
    raise Refused(Problem("sheets.stale"))


def _checked(files: Sequence[_File]) -> list[tuple[SheetKind, list[SheetTable]]]:
    """The tables by kind, in the order of what depends on what, after all checks."""
    found: dict[str, list[SheetTable]] = {}
    for file in files:
        for _recognised, table in file.sheets:
            if table is not None:
                found.setdefault(table.kind, []).append(table)
    by_kind = []
    for kind in kinds():
        tables = found.get(kind.code)
        if not tables:
            continue
        for table in tables:
            for check in kind.checks:
                check(table)
        check_repeats(kind, tables)
        by_kind.append((kind, tables))
    return by_kind


def _tell_all(files: Sequence[_File], plans: Sequence[Plan], result: ImportResult) -> None:
    by_table = {id(one.table): one for plan in plans for one in plan.tables}
    for file in files:
        _tell(file, by_table)
    result.absent = {register: count for plan in plans for register, count in plan.absent.items()}
    result.notes = {name: lines for plan in plans for name, lines in plan.notes.items() if lines}


def _tell(file: _File, by_table: Mapping[int, TablePlan]) -> None:
    file.result.sheets = [
        sheet_result(table, by_table.get(id(table)), not found.sheet.visible)
        if table is not None
        else SheetResult(sheet=found.sheet.name, hidden=not found.sheet.visible)
        for found, table in file.sheets
    ]


def _write(
    files: Sequence[_File], plans: Sequence[Plan], codes: Sequence[str], result: ImportResult, actor: Actor
) -> str:
    for plan in plans:
        plan.prepare()
    kept_files.discard_abandoned()
    uid = new_uid()
    taken = [file for file in files if any(table for _, table in file.sheets)]
    places = kept_files.keep(uid, [file.content for file in taken])
    kept = [
        KeptFile(file.name, len(file.content), hashlib.sha256(file.content).digest(), place)
        for file, place in zip(taken, places, strict=True)
    ]
    try:
        batch = import_write(
            actor,
            uid=uid,
            plans=plans,
            files=kept,
            kinds=codes,
            as_of=result.as_of,
            result=result.as_json(with_problems=False),
        )
    except BaseException:
        kept_files.discard(uid)
        raise
    return str(batch.uid)
