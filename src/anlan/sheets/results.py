"""What an import says: the JSON of contracts.md, and a summary for people."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anlan.kernel.problems import Problem, sentence, sentences
from anlan.sheets.kinds import ADDED, CHANGED, UNCHANGED, TablePlan, kind_of
from anlan.sheets.labels import UNREADABLE_REASONS
from anlan.sheets.lines import DUPLICATE, REFUSED, WARNING, RowProblem, SheetTable

_GAP, _END = re.compile(r"\{\w+\}"), re.compile("[。：]")

MOST_PROBLEMS = 1000
"""Problems of a sheet that are listed; the counts are complete."""


@dataclass(slots=True)
class SheetResult:
    """One sheet: of a kind with its lines, or left out. ``rows`` = the five counts of lines added up."""

    sheet: str
    kind: str | None = None
    header_rows: list[int] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    warned: int = 0
    written: dict[str, dict[str, int]] = field(default_factory=dict)
    problem_counts: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    hidden: bool = False

    def as_json(self, with_problems: bool = True) -> dict[str, Any]:
        """As contracts.md has it; further keys: ``left_out`` (rows that are no lines), ``unread_columns``,
        ``hidden``."""
        told: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        if not with_problems:
            del told["problems"]
        return told


@dataclass(slots=True)
class FileResult:
    """One file with its sheets, and what is wrong with it as a whole."""

    file: str
    sheets: list[SheetResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: bool = False

    def as_json(self, with_problems: bool = True) -> dict[str, Any]:
        """As contracts.md has it; ``problems`` of the file itself only where there are any."""
        told: dict[str, Any] = {
            "file": self.file,
            "sheets": [sheet.as_json(with_problems) for sheet in self.sheets],
        }
        if self.problems:
            told["problems"] = [
                {"code": problem.code, "level": problem.level, "message": message(problem)}
                for problem in self.problems
            ]
        if self.skipped:
            told["skipped"] = True
        return told


@dataclass(slots=True)
class ImportResult:
    """What an import did, or would do. ``waiting``: the batch waits for a
    second person. ``batch`` is None where nothing was written: a dry run, a file that stopped it, or nothing
    that the register does not have.
    """

    batch: str | None = None
    seconds: float = 0.0
    as_of: date | None = None
    files: list[FileResult] = field(default_factory=list)
    absent: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    dry_run: bool = False
    waiting: bool = False
    tables: list[SheetTable] = field(default_factory=list, repr=False)

    @property
    def stopping(self) -> list[Problem]:
        """The problems of files that stopped the whole batch."""
        return [problem for file in self.files if not file.skipped for problem in file.problems]

    def total(self, name: str) -> int:
        """A count over all sheets."""
        return sum(getattr(sheet, name) for file in self.files for sheet in file.sheets)

    def as_json(self, with_problems: bool = True) -> dict[str, Any]:
        """As contracts.md has it; further keys: ``as_of``, ``absent`` (register → count), ``notes``,
        ``waiting`` where a second person has to approve.
        """
        told: dict[str, Any] = {
            "batch": self.batch,
            "seconds": round(self.seconds, 3),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "files": [file.as_json(with_problems) for file in self.files],
            "absent": self.absent,
            "notes": self.notes,
        }
        if self.waiting:
            told["waiting"] = True
        return told


def message(problem: Problem) -> str:
    """The sentence of a file's problem."""
    if problem.code != "file.unreadable":
        return sentence(problem)
    reason = str(UNREADABLE_REASONS.get(str(problem.params.get("reason")), problem.params.get("reason")))
    return sentence(Problem(problem.code, params={**problem.params, "reason": reason}))


def row_message(problem: RowProblem) -> str:
    """The sentence of a line's problem: that of its code, or the closer one its ``says`` names."""
    return sentence(Problem(reason_of(problem), params=problem.params))


def reason_of(problem: RowProblem) -> str:
    """The code by whose sentence a line's problem is told."""
    return str(problem.params.get("says", problem.code))


def reason_words(reason: str) -> str:
    """A reason without what stands in a line: the first part of its sentence, gaps shown as …"""
    return _GAP.sub("…", _END.split(str(sentences().get(reason, reason)))[0])


def sheet_result(table: SheetTable, plan: TablePlan | None, hidden: bool) -> SheetResult:
    """The result of one sheet that was planned (or of which nothing but the checks ran)."""
    outcomes = Counter(plan.outcomes.values()) if plan else Counter()
    problems = sorted(table.problems, key=lambda problem: problem[:3])
    told = SheetResult(
        sheet=table.sheet,
        kind=table.kind,
        header_rows=table.header_rows,
        columns=table.headers,
        rows=len(table),
        added=outcomes[ADDED],
        changed=outcomes[CHANGED],
        unchanged=outcomes[UNCHANGED],
        duplicates=len(table.duplicates),
        refused=len(table.refused),
        warned=len({problem.line for problem in problems if problem.level == WARNING}),
        problem_counts=dict(sorted(Counter(problem.code for problem in problems).items())),
        left_out=table.left_out,
        unread_columns=table.unread,
        hidden=hidden,
    )
    if plan:
        told.written = {
            register: {"added": counts["added"], "changed": counts["changed"]}
            for register, counts in plan.written.items()
        }
    told.problems = [_problem_json(table, problem) for problem in problems[:MOST_PROBLEMS]]
    return told


def _problem_json(table: SheetTable, problem: RowProblem) -> dict[str, Any]:
    return {
        "row": table.row_numbers[problem.line],
        "column": problem.column,
        "code": problem.code,
        "level": problem.level,
        "message": row_message(problem),
    }


_LEVEL_WORDS = {REFUSED: _("未写入"), WARNING: _("提醒"), DUPLICATE: _("重复")}


def summary(result: ImportResult, most: int = 10) -> str:
    """The result in Chinese, for the command line: a line a sheet, its problems by number, the first
    lines.
    """
    lines: list[str] = []
    for file in result.files:
        lines.append(file.file + (_("(已跳过)") if file.skipped else ""))
        lines.extend(f"  {message(problem)}" for problem in file.problems)
        for sheet in file.sheets:
            lines.extend(_sheet_lines(sheet, most))
    for register, count in sorted(result.absent.items()):
        if count:
            lines.append(
                _("名册中有、表中没有的{register}：{count}。没有改动它们。").format(
                    register=register, count=count
                )
            )
    lines.extend(_notes(result.notes))
    lines.append(_closing(result))
    return "\n".join(lines)


def _sheet_lines(sheet: SheetResult, most: int) -> Iterable[str]:
    name = f"  “{sheet.sheet}”" + (_("(隐藏)") if sheet.hidden else "")
    if sheet.kind is None:
        yield name + _("：不是登记表，未导入")
        return
    counts = _(
        "共 {rows} 行：新增 {added}，变更 {changed}，不变 {unchanged}，重复 {duplicates}，未写入 {refused}"
    ).format(
        rows=sheet.rows,
        added=sheet.added,
        changed=sheet.changed,
        unchanged=sheet.unchanged,
        duplicates=sheet.duplicates,
        refused=sheet.refused,
    )
    kind = kind_of(sheet.kind)
    yield f"{name}：{kind.label if kind else sheet.kind}，{counts}"
    if sheet.unread_columns:
        yield _("    没有用到的列：{columns}").format(columns="、".join(sheet.unread_columns))
    for problem in [p for p in sheet.problems if p["level"] == REFUSED][:most]:
        yield _("    第{row}行 {column}：{message}").format(**problem)
    if sheet.refused > most:
        yield _("    ……其余见退回表（--annotated）或 JSON（--json）")


def _notes(notes: dict[str, list[str]]) -> Iterable[str]:
    areas = notes.get("areas", [])
    if areas:
        yield _("新建了 {count} 个村民小组。").format(count=len(areas))


def _closing(result: ImportResult) -> str:
    seconds = f"{result.seconds:.1f}"
    if result.stopping:
        return _("没有写入任何数据。")
    if result.dry_run:
        return _("试运行，没有写入。用时 {seconds} 秒。").format(seconds=seconds)
    if result.batch is None:
        return _("没有要写入的内容。用时 {seconds} 秒。").format(seconds=seconds)
    if result.waiting:
        return _(
            "需要第二人审批，还没有写入。批次 {batch} 已送审，由另一位有权限的人在“导入”页面审批。"
        ).format(batch=result.batch)
    return _("已写入，批次 {batch}，用时 {seconds} 秒。撤回：anlan undo-import {batch}").format(
        batch=result.batch, seconds=seconds
    )
