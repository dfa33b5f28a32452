"""Tables as one batch of the importer, without files: checked, planned and written as a spreadsheet is."""

import gc
from collections.abc import Sequence
from datetime import date

from anlan.kernel.actors import Actor
from anlan.kernel.uids import new_uid
from anlan.sheets.actions.import_write import import_write
from anlan.sheets.checks import check_repeats
from anlan.sheets.kinds import ImportContext, Plan, SheetKind, kinds
from anlan.sheets.lines import SheetTable
from anlan.sheets.results import FileResult, ImportResult, sheet_result


class LinesRefused(Exception):
    """The importer refused lines of the made-up county: a defect of the demonstration or of the importer."""


def write_batch(tables: Sequence[SheetTable], *, actor: Actor, today: date) -> None:
    """Check, plan and write tables as one batch; each holds from its own day.

    Raises ``LinesRefused`` when any line is, and writes nothing then.
    """
    was_on = gc.isenabled()
    # As in an import from files: much is made and none of it in circles.
    gc.disable()
    try:
        _write(tables, actor, today)
    finally:
        if was_on:
            gc.enable()


def _write(tables: Sequence[SheetTable], actor: Actor, today: date) -> None:
    by_kind = _checked(tables)
    context = ImportContext(actor=actor, today=today)
    plans = [kind.plan(ones, context) for kind, ones in by_kind]
    refused = [problem for table in tables for problem in table.problems if problem.level == "refused"]
    if refused:
        raise LinesRefused(f"{len(refused)} lines, the first: {refused[0]}")
    for plan in plans:
        plan.prepare()
    import_write(
        actor,
        uid=new_uid(),
        plans=plans,
        files=[],
        kinds=[kind.code for kind, _ in by_kind],
        as_of=None,
        result=_result(tables, plans).as_json(with_problems=False),
    )


def _checked(tables: Sequence[SheetTable]) -> list[tuple[SheetKind, list[SheetTable]]]:
    """The tables by kind, in the order of what depends on what, after all checks."""
    found = []
    for kind in kinds():
        ones = [table for table in tables if table.kind == kind.code]
        if not ones:
            continue
        for table in ones:
            for check in kind.checks:
                check(table)
        check_repeats(kind, ones)
        found.append((kind, ones))
    return found


def _result(tables: Sequence[SheetTable], plans: Sequence[Plan]) -> ImportResult:
    by_table = {id(one.table): one for plan in plans for one in plan.tables}
    files = [
        FileResult(table.file, [sheet_result(table, by_table.get(id(table)), hidden=False)])
        for table in tables
    ]
    return ImportResult(
        files=files, notes={name: lines for plan in plans for name, lines in plan.notes.items()}
    )
