"""An import in a process of its own, on the database of the test: ``another_process(...)`` starts it.

Run as a module it is that process: it imports the files it is told, and kills itself, as ``kill -9`` does, at
the point it is told.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
POINTS = ("read", "planned", "prepared", "in the middle", "before the end", "after the end")
"""Moments at which the process can die: the last three within the transaction, at its end, after it."""


def another_process(files: Sequence[Path], *, dies: str = "") -> "subprocess.Popen[bytes]":
    """Start importing files as one batch; ``dies`` is one of ``POINTS`` or ""."""
    from django.db import connection

    database = {name: connection.settings_dict[name] for name in ("ENGINE", "NAME", "HOST", "PORT", "USER")}
    told = {"database": database, "files": [str(file) for file in files], "dies": dies}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    environment["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.another_process", json.dumps(told, default=str)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def children_of(pid: int) -> list[int]:
    """The processes a process has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def is_running(pid: int) -> bool:
    """Whether a process is still there; one that ended and waits to be collected is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _die(*_arguments: Any, **_keywords: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(point: str) -> None:
    """Put death at a point of the import."""
    from anlan.kernel.record import write_entry
    from anlan.kernel.second_core import SecondCore
    from anlan.sheets.actions.import_write import import_write

    book = "anlan.registers.imports.rowbook"
    dying: dict[str, tuple[str, Any]] = {
        "read": ("anlan.sheets.running.Run.plan", _die),
        "planned": ("anlan.sheets.running.Run.changes_nothing", property(_die)),
        "prepared": ("anlan.sheets.running.import_write", _die),
        "in the middle": (f"{book}.insert_rows", _inserting_three_tables),
        "before the end": ("anlan.kernel.record.write_entry", _after(write_entry)),
        "after the end": ("anlan.sheets.running.import_write", _after(import_write)),
    }
    if point:
        patch(*dying[point]).start()
    # However few lines: the second process is what must not be left behind.
    patch(f"{book}.worker", lambda _lines: SecondCore()).start()


def _inserting_three_tables(*arguments: Any) -> None:
    from anlan.kernel.bulk import insert_rows

    insert_rows(*arguments)
    _inserted.append(1)
    if len(_inserted) == _SOME_TABLES:
        _die()


_inserted: list[int] = []
_SOME_TABLES = 3


def _after(work: Callable[..., Any]) -> Callable[..., Any]:
    def then_die(*arguments: Any, **keywords: Any) -> None:
        work(*arguments, **keywords)
        _die()

    return then_die


def _main(told: dict[str, Any]) -> None:
    from django.conf import settings

    settings.DATABASES["default"].update(told["database"])
    import django

    django.setup()
    from datetime import date

    from anlan.kernel.actors import CliActor
    from anlan.sheets.running import run_import

    _dying(told["dies"])
    files = [Path(file) for file in told["files"]]
    run_import(files, actor=CliActor("another"), today=date(2026, 6, 30), as_of=date(2026, 3, 31))


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
