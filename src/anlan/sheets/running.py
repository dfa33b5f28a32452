"""Running an import: read, recognise, check, plan, write. The one way in for the command and for pages."""

import gc
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from anlan.kernel import disk, permissions, record
from anlan.kernel.actors import Actor
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.uids import new_uid
from anlan.sheets import kept_files
from anlan.sheets.actions.import_request import import_request
from anlan.sheets.actions.import_write import KeptFile, import_write
from anlan.sheets.answers import Answers, for_plans, settle
from anlan.sheets.approval import needs_approval
from anlan.sheets.checks import check_repeats
from anlan.sheets.gathering import Report, Source, SourceFile, gather, sources_of_paths
from anlan.sheets.instructions import Instructions
from anlan.sheets.kinds import ImportContext, Plan, SheetKind, StalePlan, TablePlan, kinds
from anlan.sheets.lines import SheetTable
from anlan.sheets.models import ImportBatch
from anlan.sheets.results import ImportResult, SheetResult, sheet_result

_TRIES = 4
"""How often a batch is planned when others keep changing what it touches."""


def _quiet(_doing: str) -> None:
    """Nobody wants to know how far it is."""


@dataclass(slots=True)
class Run:
    """One batch on its way through: what was asked by whom, the files as read, and the latest plan."""

    actor: Actor
    today: date
    asked: Instructions
    files: list[SourceFile]
    result: ImportResult
    report: Report = _quiet
    by_kind: list[tuple[SheetKind, list[SheetTable]]] = field(default_factory=list)
    context: ImportContext | None = None
    plans: list[Plan] = field(default_factory=list)
    _as_read: list[tuple[SheetTable, int, set[int]]] = field(default_factory=list)

    @property
    def kind_codes(self) -> list[str]:
        """The kinds of its sheets, in the order in which they are taken."""
        return [kind.code for kind, _tables in self.by_kind]

    @property
    def changes_nothing(self) -> bool:
        """Whether every line says what the register has."""
        return all(plan.changes_nothing for plan in self.plans)

    def check(self) -> None:
        """Find what is wrong with lines by themselves and between sheets."""
        self.by_kind = _checked(self.files)
        self._as_read = [(table, len(table.problems), set(table.refused)) for table in self.result.tables]

    def plan(self) -> None:
        """Work out what the lines change in the register as it is now; what an earlier plan said is
        forgotten.
        """
        answers = self.asked.all_answers
        self._plan()
        if answers and settle(self.result.tables, answers):
            self._plan()
        self._tell()

    def _plan(self) -> None:
        for table, problems, refused in self._as_read:
            del table.problems[problems:]
            table.refused = set(refused)
        self.context = ImportContext(
            actor=self.actor,
            today=self.today,
            as_of=self.result.as_of,
            answers=for_plans(self.asked.all_answers),
            tables={kind.code: tables for kind, tables in self.by_kind},
        )
        self.plans = []
        for kind, tables in self.by_kind:
            self.report(_("与名册比对：%(kind)s") % {"kind": kind.label})
            self.plans.append(kind.plan(tables, self.context))

    def _tell(self) -> None:
        by_table = {id(one.table): one for plan in self.plans for one in plan.tables}
        for file in self.files:
            _tell(file, by_table)
        plans = self.plans
        self.result.absent = {register: count for plan in plans for register, count in plan.absent.items()}
        self.result.notes = {name: lines for plan in plans for name, lines in plan.notes.items() if lines}

    def table_plan(self, table: SheetTable) -> TablePlan | None:
        """What the latest plan does with a table."""
        return next((one for plan in self.plans for one in plan.tables if one.table is table), None)


def run_import(
    paths: Sequence[Path],
    *,
    actor: Actor,
    today: date,
    kind: str | None = None,
    dry_run: bool = False,
    as_of: date | None = None,
    answers: Answers | None = None,
    skip: Collection[str] = (),
    moment: datetime | None = None,
) -> ImportResult:
    """Import files as one batch, all or nothing.

    ``kind`` names the kind instead of recognising it; ``as_of`` is the day from which changed facts hold;
    ``answers`` decides what was ambiguous; ``skip`` are names of files whose own problems stop nothing;
    ``moment`` is when it is done, for the history. Where no line says anything new, nothing is written and
    there is no batch. Lines that are refused stop nothing; a file that cannot be read or recognised stops the
    whole batch (``result.stopping``). Where a second person must approve, the batch is left waiting
    (``result.waiting``). Raises ``Refused`` for somebody who may not import, an unknown kind, a file given
    twice, an ``as_of`` to come, or when the register changes faster than can be planned.
    """
    asked = Instructions(kind=kind, as_of=as_of, skip=frozenset(skip), answers=answers or {})
    began = time.perf_counter()
    require_permission(actor, as_of, today)
    with without_collecting():
        run = begin(sources_of_paths(paths), asked, actor=actor, today=today)
        run.result.dry_run = dry_run
        if run.result.stopping:
            run.result.seconds = time.perf_counter() - began
            return run.result
        if dry_run or needs_approval(actor, today):
            run.plan()
            if not dry_run and not run.changes_nothing:
                run.result.batch = _leave_waiting(run)
                run.result.waiting = True
        else:
            write(run, lambda: _write_new(run, moment))
        run.result.seconds = time.perf_counter() - began
    return run.result


def require_permission(actor: Actor, as_of: date | None, today: date) -> None:
    """Refuse somebody who may not import, and a day that is still to come."""
    if not permissions.holds(actor, "sheets.import_write"):
        raise Refused(Problem("action.permission", params={"action": _("导入表格")}))
    if as_of is not None and as_of > today:
        raise Refused(Problem("date.future", "as_of", {"day": as_of.isoformat()}))


def begin(
    sources: Sequence[Source], asked: Instructions, *, actor: Actor, today: date, report: Report = _quiet
) -> Run:
    """Read, recognise and check files. Where one stops the batch, ``result.stopping`` says why."""
    files = gather(sources, asked, today, report)
    result = ImportResult(files=[file.result for file in files], as_of=asked.as_of)
    result.tables = [sheet.table for file in files for sheet in file.sheets if sheet.table]
    run = Run(actor, today, asked, files, result, report)
    if result.stopping:
        for file in files:
            _tell(file, {})
    else:
        run.check()
    return run


@contextmanager
def without_collecting() -> Iterator[None]:
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


def write(run: Run, save: Callable[[], ImportBatch]) -> None:
    """Plan and write until nobody comes between: ``save`` writes the plans in one transaction.

    Writes nothing, and leaves ``result.batch`` None, where no line says anything new.
    """
    for _attempt in range(_TRIES):
        known = record.current_sequence()
        run.plan()
        if run.changes_nothing:
            return
        for plan in run.plans:
            plan.prepare()
        run.report(_("写入"))
        try:
            with disk.room_needed():
                run.result.batch = str(save().uid)
        except StalePlan:
            continue
        except IntegrityError:
            # Somebody added the same person meanwhile; with nobody else about, the plan itself is wrong.
            if record.current_sequence() == known:
                raise
            continue
        return
    raise Refused(Problem("sheets.stale"))


def _write_new(run: Run, moment: datetime | None) -> ImportBatch:
    kept_files.discard_abandoned(run.today)
    uid = new_uid()
    files = keep_files(run, uid)
    try:
        return import_write(
            run.actor,
            uid=uid,
            plans=run.plans,
            files=files,
            kinds=run.kind_codes,
            as_of=run.result.as_of,
            result=run.result.as_json(with_problems=False),
            moment=moment,
        )
    except BaseException:
        kept_files.discard(uid)
        raise


def keep_files(run: Run, uid: UUID) -> list[KeptFile]:
    """Seal and store the files of a run of which something is imported."""
    taken = [file for file in run.files if file.is_taken]
    places = kept_files.keep(uid, [file.content for file in taken])
    return [
        KeptFile(file.source.name, len(file.content), file.digest, place)
        for file, place in zip(taken, places, strict=True)
    ]


def _leave_waiting(run: Run) -> str:
    kept_files.discard_abandoned(run.today)
    uid = new_uid()
    files = keep_files(run, uid)
    try:
        draft = import_request(
            run.actor,
            uid=uid,
            files=files,
            kinds=run.kind_codes,
            settings=run.asked.as_json(),
            result=run.result.as_json(with_problems=False),
        )
    except BaseException:
        kept_files.discard(uid)
        raise
    return str(draft.uid)


def _checked(files: Sequence[SourceFile]) -> list[tuple[SheetKind, list[SheetTable]]]:
    """The tables by kind, in the order of what depends on what, after all checks."""
    found: dict[str, list[SheetTable]] = {}
    for file in files:
        for sheet in file.sheets:
            if sheet.table is not None:
                found.setdefault(sheet.table.kind, []).append(sheet.table)
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


def _tell(file: SourceFile, by_table: Mapping[int, TablePlan]) -> None:
    file.result.sheets = [
        sheet_result(one.table, by_table.get(id(one.table)), not one.found.sheet.visible)
        if one.table is not None
        else SheetResult(sheet=one.found.sheet.name, hidden=not one.found.sheet.visible)
        for one in file.sheets
    ]
