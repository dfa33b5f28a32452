"""One step of the import benchmark in a process of its own: ``python -m bench._import_steps STEP FILE…``.

Prints one JSON object. Steps: ``prepare`` (areas), ``import``, ``flat`` (floor A), ``tables`` (floor B),
``peer`` (django-import-export), ``writer`` (another person's small changes until the file STOP appears).
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from bench._stage import peak_megabytes, setup, timed

TABLES = (
    "registers_person",
    "registers_personcontact",
    "registers_household",
    "registers_householdresidence",
    "registers_householdmembership",
    "registers_resettlementrecord",
    "kernel_changedrecord",
)
"""Every table the import of residents fills; areas and the entry itself are a few hundred rows."""


def import_files(paths: list[str]) -> dict[str, Any]:
    """Import files as the command does; seconds, peak memory and what became of the lines."""
    from django.utils import timezone

    from anlan.kernel.actors import CliActor
    from anlan.sheets.running import run_import

    results: list[Any] = []
    seconds = timed(
        lambda: results.append(
            run_import([Path(path) for path in paths], actor=CliActor("bench"), today=timezone.localdate())
        )
    )
    sheet = results[0].as_json()["files"][0]["sheets"][0]
    counts = {
        name: sheet[name] for name in ("rows", "added", "changed", "unchanged", "duplicates", "refused")
    }
    return {"seconds": seconds, "peak": peak_megabytes(), **counts}


def read_rows(path: str) -> list[list[Any]]:
    """The sheet's cells as the reading library gives them: the part no import can do without."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def flat(path: str) -> dict[str, Any]:
    """Floor A: read, and put every line as it stands into one flat table without an index."""
    from django.db import connection, transaction

    def work() -> None:
        rows = read_rows(path)
        width = len(rows[0])
        columns = ", ".join(f"c{n} text" for n in range(width))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_flat ({columns})")
            insert_raw(
                cursor, "bench_flat", [f"c{n}" for n in range(width)], ([str(v) for v in r] for r in rows)
            )

    seconds = timed(work)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_flat")
    return {"seconds": seconds}


def tables(path: str) -> dict[str, Any]:
    """Floor B: read, and put the very rows the import wrote into the very tables, with their indexes."""
    from django.db import connection, transaction

    kept: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            kept[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    empty_tables()

    def work() -> None:
        read_rows(path)
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in kept.items():
                with full_text(table, rows):
                    insert_raw(cursor, table, columns, map(plain_row, rows))

    return {"seconds": timed(work), "rows": sum(len(rows) for _, rows in kept.values())}


def full_text(table: str, rows: list[tuple[Any, ...]]) -> AbstractContextManager[None]:
    """The full-text index the fast way, so that the floor is the lowest there is."""
    if table != "registers_person" or not rows:
        return nullcontext()
    from anlan.registers.search_index import FullTextIndex

    return FullTextIndex(table).inserting(rows[0][0], rows[-1][0])


def empty_tables() -> None:
    """Empty what the import filled, so that the same rows go into the same empty indexes."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
            return
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("INSERT INTO registers_person_fts(registers_person_fts) VALUES ('rebuild')")


def plain_row(row: tuple[Any, ...]) -> list[Any]:
    """A row as the driver takes it back."""
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in row]


def insert_raw(cursor: Any, table: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
    """The fastest plain insert of each database: ``COPY``, or ``executemany`` on the driver's connection."""
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    names = ", ".join(columns)
    cursor.cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def writer(stop: str) -> dict[str, Any]:
    """Another person's work meanwhile: one small change every 20 ms; the longest time one took."""
    from django.utils import timezone

    from anlan.accounts.actions.role_grant import role_grant
    from anlan.accounts.models import User
    from anlan.accounts.roles import Role, Tier
    from anlan.kernel.actors import CliActor

    user, _ = User.objects.get_or_create(username="bench-writer", defaults={"display_name": "bench"})
    waits: list[float] = []
    while not Path(stop).exists():
        waits.append(
            timed(
                lambda: role_grant(
                    CliActor("bench"),
                    user=user,
                    role=Role.AUDITOR,
                    tier=Tier.COUNTY,
                    tree="area",
                    path="",
                    valid_from=timezone.localdate(),
                    valid_to=None,
                )
            )
        )
        time.sleep(0.02)
    return {"changes": len(waits), "longest": max(waits, default=0.0)}


def peer(path: str) -> dict[str, Any]:
    """The usual import library on the same lines."""
    from bench import _import_peer

    return _import_peer.run(path)


def main() -> None:
    """Run the step named on the command line."""
    step, *paths = sys.argv[1:]
    setup()
    steps: dict[str, Callable[[list[str]], dict[str, Any]]] = {
        "prepare": import_files,
        "import": import_files,
        "flat": lambda files: flat(files[0]),
        "tables": lambda files: tables(files[0]),
        "writer": lambda files: writer(files[0]),
        "peer": lambda files: peer(files[0]),
    }
    result = steps[step](paths)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
