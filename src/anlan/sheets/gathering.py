"""Reading and recognising the files of a batch: the first half of an import, which knows no register."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from anlan.kernel.problems import Problem, Refused
from anlan.sheets import kept_files
from anlan.sheets.assemble import assemble
from anlan.sheets.instructions import Correction, Instructions
from anlan.sheets.kinds import SheetKind, kind_of, kinds
from anlan.sheets.lines import SheetTable
from anlan.sheets.models import DraftFile, SheetLayout
from anlan.sheets.reading import RawSheet, read_bytes
from anlan.sheets.recognise import Reading, Recognised, Recogniser
from anlan.sheets.results import FileResult
from anlan.sheets.values import Cell

Report = Callable[[str], None]
"""Told what is being done."""

_SEEN = 12
"""Headers named when a sheet is not recognised."""
_LONGEST_SEEN = 20
_SKETCHED = 12
"""Rows kept from below the header, to be shown to whoever corrects it."""
_MOST_SKETCHED = 60


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be imported: its number in the batch (from 1), its name, what gives its bytes (refused with
    file.unreadable), and the path by which its tables name it.
    """

    number: int
    name: str
    read: Callable[[], bytes]
    path: Path


@dataclass(slots=True)
class SourceSheet:
    """One sheet on its way through; ``sketch`` are its first rows, for people to look at."""

    found: Recognised
    table: SheetTable | None
    sketch: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class SourceFile:
    """One file on its way through."""

    source: Source
    content: bytes = b""
    result: FileResult = field(default_factory=lambda: FileResult(""))
    sheets: list[SourceSheet] = field(default_factory=list)

    @property
    def digest(self) -> bytes:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).digest()

    @property
    def is_taken(self) -> bool:
        """Whether something of it is imported."""
        return any(sheet.table for sheet in self.sheets)


def sources_of_paths(paths: Sequence[Path]) -> list[Source]:
    """Files on this machine; refused when one is given twice."""
    if len({path.resolve() for path in paths}) < len(paths):
        twice = next(path.name for path in paths if [p.resolve() for p in paths].count(path.resolve()) > 1)
        raise Refused(Problem("file.repeated", params={"file": twice}))
    return [Source(number, path.name, partial(_bytes_of, path), path) for number, path in enumerate(paths, 1)]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        params = {"file": path.name, "reason": "missing", "detail": error.strerror or ""}
        raise Refused(Problem("file.unreadable", params=params)) from error


def sources_of_draft(files: Sequence[DraftFile]) -> list[Source]:
    """The sealed files of a draft. The path is only a name: nothing of them stands open on the disk."""
    return [
        Source(file.number, file.name, partial(_sealed_bytes, file), Path(str(file.number)) / file.name)
        for file in files
    ]


def _sealed_bytes(file: DraftFile) -> bytes:
    try:
        return kept_files.read(file.place)
    except OSError as error:
        params = {"file": file.name, "reason": "missing", "detail": error.strerror or ""}
        raise Refused(Problem("file.unreadable", params=params)) from error


def chosen_kinds(code: str | None) -> list[SheetKind]:
    """The kinds to look for: all, or the one named; refused with sheets.kind_unknown."""
    if code is None:
        return kinds()
    found = kind_of(code)
    if found is None:
        known = "、".join(kind.code for kind in kinds())
        raise Refused(Problem("sheets.kind_unknown", params={"kind": code, "kinds": known}))
    return [found]


def remembered_readings(chosen: Sequence[SheetKind]) -> dict[str, Reading]:
    """What is remembered of layouts of these kinds, by fingerprint."""
    by_code = {kind.code: kind for kind in chosen}
    return {
        row.fingerprint: Reading(
            by_code[row.kind],
            {int(column): name for column, name in row.columns.items()},
            (0, row.header_rows - 1) if row.header_rows else None,
        )
        for row in SheetLayout.objects.filter(kind__in=by_code)
    }


def gather(sources: Sequence[Source], asked: Instructions, today: date, report: Report) -> list[SourceFile]:
    """Read and recognise files. What is wrong with a file as a whole stands in its result."""
    chosen = chosen_kinds(asked.kind)
    recogniser = Recogniser(chosen, today, remembered_readings(chosen))
    files = []
    for source in sources:
        report(_("读取 %(file)s") % {"file": source.name})
        file = SourceFile(source, result=FileResult(source.name))
        file.result.skipped = bool({source.name, str(source.path)} & set(asked.skip))
        files.append(file)
        try:
            file.content = source.read()
            raw = read_bytes(source.name, file.content)
        except Refused as refused:
            file.result.problems.extend(refused.problems)
            continue
        own = {sheet: one for (number, sheet), one in asked.corrections.items() if number == source.number}
        for sheet in raw:
            file.sheets.append(
                _sheet(source, sheet, recogniser, own.get(sheet.name), today, bool(asked.kind))
            )
        _judge(file, chosen, own)
    return files


def _sheet(
    source: Source,
    sheet: RawSheet,
    recogniser: Recogniser,
    correction: Correction | None,
    today: date,
    forced: bool,
) -> SourceSheet:
    found = recogniser.recognise(sheet, forced, _said(correction))
    table = assemble(found, today) if found.kind else None
    sheet = found.sheet
    sketch = sheet.rows[: min(max(found.header.last + 1, 1) + _SKETCHED, _MOST_SKETCHED)]
    if table is not None:
        table.source_path = source.path
        if correction is not None and correction.as_of is not None:
            table.as_of = correction.as_of
    # The values are in the table; the cells, a hundred megabytes of a county's sheet, may go.
    sheet.rows = []
    return SourceSheet(found, table, sketch)


def _said(correction: Correction | None) -> Reading | None:
    if correction is None or correction.kind is None:
        return None
    return Reading(kind_of(correction.kind), correction.columns, correction.header)


def _judge(file: SourceFile, chosen: Sequence[SheetKind], own: Mapping[str, Correction]) -> None:
    lacking = [sheet.found for sheet in file.sheets if sheet.found.match and sheet.found.match.missing]
    if lacking:
        file.result.problems.extend(map(_column_missing, lacking))
    elif not file.is_taken and not any(one.kind == "" for one in own.values()):
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


def _unrecognised(file: SourceFile, chosen: Sequence[SheetKind]) -> Problem:
    expected = []
    for kind in chosen:
        specs = [kind.spec(name) for name in kind.needs]
        expected.append(f"{kind.label}({'、'.join(spec.words[0] for spec in specs if spec)}…)")
    seen = [[_short(text) for text in sheet.found.seen[:_SEEN]] for sheet in file.sheets[:3]]
    names = [_short(sheet.found.sheet.name) for sheet in file.sheets]
    texts = ["、".join(told) or name for told, name in zip(seen, names, strict=False)]
    params = {"file": file.source.name, "seen": "；".join(texts), "expected": "；".join(expected)}
    return Problem("sheet.unrecognized", params=params)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SEEN else text[: _LONGEST_SEEN - 1] + "…"
