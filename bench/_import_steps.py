"""One step of the import benchmark in a process of its own: ``python -m bench._import_steps STEP FILE…``.

Prints one JSON object. Steps: ``prepare`` (areas), ``import``, ``flat`` (floor A), ``tables`` (floor B),
``peer`` (django-import-export), ``writer`` (another person's small changes until the file STOP appears).
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

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
        names = [f"c{n}" for n in range(len(rows[0]))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_flat ({', '.join(f'{name} text' for name in names)})")
            insert_flat(cursor, names, (list(map(str, row)) for row in rows))

    seconds = timed(work)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_flat")
    return {"seconds": seconds}


def tables(path: str) -> dict[str, Any]:
    """Floor B: read, and put the very rows the import wrote into the very tables, with their indexes.

    Through the same bulk writing as the import; the rows are made ready beforehand.
    """
    from django.apps import apps
    from django.db import transaction

    from anlan.kernel.bulk import expect_many, insert_rows

    models = {model._meta.db_table: model for model in apps.get_models()}
    kept = [(models[table], *stored_rows(models[table])) for table in TABLES]
    empty_tables()

    def work() -> None:
        read_rows(path)
        with transaction.atomic():
            expect_many()
            for model, fields, rows in kept:
                insert_rows(model, fields, rows)

    return {"seconds": timed(work), "rows": sum(len(rows) for _model, _fields, rows in kept)}


def stored_rows(model: Any) -> tuple[list[str], list[list[Any]]]:
    """The fields of a model, its key first, and all its rows as bulk writing takes them."""
    from django.db import connection

    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY id")
        rows = [[plain_value(value) for value in row] for row in cursor.fetchall()]
    return [field.attname for field in model._meta.concrete_fields], rows


def plain_value(value: Any) -> Any:
    """A value as the import has it: days as ISO texts, public identifiers as hexadecimal ones."""
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


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


def insert_flat(cursor: Any, names: list[str], rows: Iterator[list[str]]) -> None:
    """The fastest plain insert of texts: binary ``COPY``, or ``executemany`` on the driver's connection."""
    columns = ", ".join(names)
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY bench_flat ({columns}) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["text"] * len(names))
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    cursor.cursor.connection.executemany(f"INSERT INTO bench_flat ({columns}) VALUES ({marks})", rows)


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
