"""A command broken off at each of its steps in turn: a program of its own, called by the tests.

It sets the program up once and forks a process for every try, so that hundreds of tries take seconds. What
counts as a step: each file made, opened for writing, renamed or removed below the stage, and each statement
that writes to the database. ``KILLED`` kills the process at the step; ``FULL`` finds the disk full from that
step on. Every try starts from the same home. Afterwards whoever comes next puts things right, and then the
command is carried out undisturbed.

    python -m anlan.config.tests.stage FOLDER MODE WORD...

``FOLDER/pristine`` is the home everything starts from; the command of the given words works upon
``FOLDER/home``. Prints one JSON object a try: the step, how it ended, what it said, the state it left.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

KILLED, FULL = "killed", "full"
MAKES = {"os.mkdir": 0, "os.link": 1, "sqlite3.connect": 0}
CHANGES = {"os.rename": 1, "shutil.rmtree": 0, "os.remove": 0, "os.rmdir": 0, "os.chmod": 0, **MAKES}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|REPLACE|RELEASE)", re.IGNORECASE)


class Steps:
    """Counts the steps of this process and breaks it off at one."""

    def __init__(self, folder: Path, mode: str, at: int, tell: int) -> None:
        self._folder, self._mode, self._at, self._tell = str(folder), mode, at, tell
        self.count = 0
        self._reached = False

    def watch(self) -> None:
        """Begin to count."""
        from django.db import connection

        sys.addaudithook(self._file)
        connection.execute_wrappers.append(self._statement)

    def _file(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = given[0], str(given[1] or ""), int(given[2] or 0)
            if not (set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
                return
        elif event in CHANGES:
            path = given[CHANGES[event]]
        else:
            return
        if self._folder in str(path):
            there = event == "sqlite3.connect" and Path(os.fsdecode(path)).exists()
            takes_room = event == "open" or (event in MAKES and not there)
            self._step(f"{event} {Path(os.fsdecode(path)).name}", takes_room=takes_room)

    def _statement(self, execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if WRITES.match(statement):
            self._step(f"SQL {statement[:60]}", takes_room=True, of_database=True)
        return execute(statement, values, many, context)

    def _step(self, name: str, *, takes_room: bool, of_database: bool = False) -> None:
        self.count += 1
        if self.count == self._at:
            self._reached = True
            os.write(self._tell, name.encode())
            if self._mode == KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
        if self._reached and takes_room:
            raise _full(name, of_database=of_database or name.startswith("sqlite3"))


def _full(name: str, *, of_database: bool) -> Exception:
    import errno

    from django.db import OperationalError

    if not of_database:
        return OSError(errno.ENOSPC, "No space left on device")
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    if name.startswith("sqlite3"):
        return error
    told = OperationalError("database or disk is full")
    told.__cause__ = error
    return told


def forked(do: Callable[[int], int], folder: Path) -> tuple[int, str, str]:
    """Do something in a process of its own; gives its exit code, what it told, and what it said."""
    read, write = os.pipe()
    saying = folder / "said.txt"
    child = os.fork()
    if child == 0:
        os.close(read)
        _in_child(do, write, saying)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, told, saying.read_text("utf-8")


def _in_child(do: Callable[[int], int], write: int, saying: Path) -> NoReturn:
    file = os.open(saying, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    code = 70
    try:
        code = do(write)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # noqa: BLE001 - shown to the test as what it is
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def state(home: Path) -> dict[str, Any]:
    """What a home holds: its rows but those that bear a moment, its files, its other entries."""
    from anlan.config.tests.homes import files, rows

    found = rows(home) if (home / "anlan.sqlite3").exists() else {}
    moments = {"django_migrations": [row[1:3] for row in found.get("django_migrations", [])]}
    content = repr((sorted({**found, **moments}.items()), files(home) if home.is_dir() else {}))
    names = sorted(path.name for path in home.iterdir()) if home.is_dir() else []
    kept = home / "backups"
    names += sorted(path.name for path in kept.iterdir()) if kept.is_dir() else []
    return {
        "rows": hashlib.sha256(content.encode()).hexdigest(),
        "names": [re.sub(r"\d{8}-\d{6}(-\d+)?", "#", name) for name in names],
    }


def _essence(found: dict[str, Any]) -> tuple[str, set[str]]:
    """A state without what makes no difference to the next command: locks, whole backups and their folder."""
    names = {name for name in found["names"] if not name.endswith((".lock", ".zip")) and name != "backups"}
    return found["rows"], names


def main() -> None:
    """Set up, then try each step."""
    folder, mode, words = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    home, pristine = folder / "home", folder / "pristine"
    os.environ["ANLAN_HOME"] = str(home)
    _set_up()

    def anew() -> None:
        shutil.rmtree(home, ignore_errors=True)
        if pristine.exists():
            shutil.copytree(pristine, home)

    anew()
    begun, number = _essence(state(home)), 0
    while True:
        number += 1
        anew()
        tried = _try(folder, mode, number, words)
        tried["left"] = state(home)
        if tried["step"]:
            tried["next_code"], _, tried["next_said"] = forked(lambda _: _recover(), folder)
            tried["then"] = state(home)
            # From where it began, the command does what it does undisturbed.
            tried["as_begun"] = _essence(tried["then"]) == begun
            if not tried["as_begun"]:
                tried["again_code"], _, tried["again_said"] = forked(lambda _: _command(words), folder)
                tried["again"] = state(home)
        sys.stdout.write(json.dumps(tried, ensure_ascii=False) + "\n")
        if not tried["step"]:
            return


def _try(folder: Path, mode: str, number: int, words: list[str]) -> dict[str, Any]:
    def do(tell: int) -> int:
        Steps(folder, mode, number, tell).watch()
        return _command(words)

    code, step, said = forked(do, folder)
    return {"step": step, "code": code, "said": said}


def _set_up() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    later = os.environ.get("STAGE_MIGRATIONS")
    if later:
        import anlan.config.settings as settings

        settings.MIGRATION_MODULES = {"config": later}  # type: ignore[attr-defined]
    django.setup()
    from anlan.config.operations import proof, restore, upgrade

    def at_once(home: Path, *, sqlite: bool) -> proof.Proof:
        # Its own process costs a second a try; of another home than the one at work only the shape is asked.
        if home != Path(os.environ["ANLAN_HOME"]):
            return proof.Proof("behind", 0, 0, 0, [])
        return proof.look()

    # Power is not cut here, and waiting for the disk takes most of the time.
    for module, name, replacement in (
        (os, "sync", lambda: None),
        (os, "fsync", lambda _: None),
        (upgrade, "prove", at_once),
        (restore, "prove", at_once),
    ):
        setattr(module, name, replacement)


def _command(words: list[str]) -> int:
    from anlan.config.cli import main as carry_out

    return carry_out(words)


def _recover() -> int:
    from django.conf import settings

    from anlan.config.environment import home
    from anlan.config.operations import journal
    from anlan.config.operations.stores import store_of
    from anlan.config.refusals import CommandRefused

    try:
        if home().is_dir():
            journal.recover(home(), store_of(settings.DATABASES["default"]))
    except CommandRefused as refusal:
        sys.stderr.write(f"{refusal.wrong}\n{refusal.remedy}\n")
        return refusal.exit_code
    return 0


if __name__ == "__main__":
    main()
