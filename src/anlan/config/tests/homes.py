"""Homes of their own for the tests of what is done to a whole installation, and ``anlan`` run upon them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from anlan.config.operations.archive import Manifest
from anlan.config.operations.backup import make_backup
from anlan.config.operations.databases import SqliteStore
from anlan.config.operations.home import DATABASE
from anlan.config.operations.keyring import read_folder
from anlan.config.operations.proof import SOURCE
from anlan.sheets.tests.books import id_number, text, xlsx

AREAS = [
    ["区划代码", "名称", "上级区划代码", "级别"],
    ["500299001000", "澜江街道", "500299000000", "乡镇"],
    ["500299001201", "石坪社区", "500299001000", "村"],
]
RESIDENTS = [
    ["乡镇", "村(社区)", "组", "户编号", "户主姓名", "姓名", "与户主关系", "身份证号码", "联系电话"],
    *(
        [
            "澜江街道",
            "石坪社区",
            "一组",
            f"{n:03}",
            f"冉红{c}",
            f"冉红{c}",
            "户主",
            id_number("19600404", n),
            f"1391234{n:04}",
        ]
        for n, c in enumerate("军兵民生平安", start=1)
    ),
]
Variables = Mapping[str, str] | None
PERSONS = len(RESIDENTS) - 1


def environment(home: Path, variables: Variables = None) -> dict[str, str]:
    """The variables of a child process that works upon a home on SQLite."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "_ANLAN_SERVER")
    }
    return {**kept, "ANLAN_HOME": str(home), "PYTHONPATH": str(SOURCE), **(variables or {})}


def anlan(
    home: Path, *words: str, code: int | None = 0, before: str = "", variables: Variables = None
) -> str:
    """Run ``anlan`` upon a home and give what it said on both ways; ``before`` is code run in it first.

    ``code`` is the exit code expected; -9 when it is to be killed, None when anything may come.
    """
    command = [sys.executable, "-m", "anlan", *words]
    if before:
        script = f"{before}\nimport sys\nfrom anlan.config.cli import main\nsys.exit(main({list(words)!r}))"
        command = [sys.executable, "-c", script]
    done = subprocess.run(
        command,
        env=environment(home, variables),
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
    )
    said = done.stdout + done.stderr
    assert code is None or done.returncode == code, said
    assert "Traceback" not in said or done.returncode == -signal.SIGKILL, said
    return said


def make_county(home: Path) -> Path:
    """A county of six persons in a home, imported from files that are kept."""
    home.mkdir(mode=0o700)
    anlan(home, "init", "--county", "500299", "--name", "安澜县")
    sheets = home.parent / "sheets"
    sheets.mkdir(exist_ok=True)
    (sheets / "区划.csv").write_bytes(text(AREAS))
    (sheets / "人口.xlsx").write_bytes(xlsx({"表": RESIDENTS}))
    anlan(home, "import", str(sheets / "区划.csv"), str(sheets / "人口.xlsx"))
    return home


def copy_of(home: Path, target: Path) -> Path:
    """The same county again, to be treated roughly."""
    shutil.copytree(home, target)
    return target


def rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a home's database, by table."""
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
            )
        ]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def files(home: Path) -> dict[str, bytes]:
    """The kept files of a home by name."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted((home / "files").rglob("*"))
        if path.is_file()
    }


def execute(home: Path, statement: str, *values: Any) -> None:
    """Change a home's database behind the program's back."""
    with closing(sqlite3.connect(home / DATABASE)) as connection, connection:
        connection.execute(statement, values)


def keep(home: Path, target: Path, *, with_keys: bool = False) -> Manifest:
    """Back a home up, as the command does."""
    return make_backup(home, store(home), read_folder(home / "keys"), target, with_keys=with_keys)


def store(home: Path) -> SqliteStore:
    """A home's database."""
    return SqliteStore(home / DATABASE)
