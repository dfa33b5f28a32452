"""Writing many rows at once: ``executemany`` on SQLite, ``COPY`` on PostgreSQL.

For set-based actions only. Ids are reserved ahead in a transaction of its own, so that everything which
needs them (foreign keys, payloads of the record) is ready before the one final transaction begins; a
process that dies in between leaves a gap in the ids and nothing else.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from django.db import connection, models, transaction

from anlan.kernel.uids import new_uid_numbers

_DELETED_AT_ONCE = 900
_DRAW = """
    SELECT min(drawn), max(drawn)
    FROM (SELECT drawn, drawn - row_number() OVER (ORDER BY drawn) AS run
          FROM (SELECT nextval(counter) AS drawn
                FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS counter OFFSET 0) AS named,
                     generate_series(1, %s)) AS ids) AS numbered
    GROUP BY run ORDER BY 1
"""
"""Draws ids and gives them as runs (first, last): to fetch every number costs more than to draw it."""
_PLAIN_TYPES = frozenset({"bigint", "bytea", "integer", "text", "varchar"})
"""Column types whose Python values need no reading: rows of them alone go to PostgreSQL in its own format."""


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """``count`` new ids of a model with an automatic key, ascending, given to nobody else."""
    if count == 0:
        return ()
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_DRAW, [table, count])
            runs = [range(first, last + 1) for first, last in cursor.fetchall()]
            # Others drawing at the same moment cut the run in pieces.
            return runs[0] if len(runs) == 1 else [own_id for run in runs for own_id in run]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            return range(1, count + 1)
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        return range(row[0] + 1, row[0] + count + 1)


class Companion(Protocol):
    """An index beside a table that is kept faster for many rows at once than row by row."""

    def inserting(self, first_id: int, last_id: int) -> AbstractContextManager[None]:
        """Surrounds the insertion of rows with ids of a span (inclusive)."""

    def deleting(self, ids: Sequence[int]) -> AbstractContextManager[None]:
        """Surrounds the deletion of rows."""


_companions: dict[type[models.Model], Companion] = {}


def register_companion(model: type[models.Model], companion: Companion) -> None:
    """Let bulk writing of a model take its companion along."""
    _companions[model] = companion


def expect_many() -> None:
    """Say, inside the transaction, that very many rows follow.

    PostgreSQL checks each of their foreign keys by a query it plans once. By its usual costs a table of a few
    hundred areas is read whole for every row that points at one; half of the time of all checks went there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1.1")


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain database values, in the order of ``fields`` (attribute names, e.g. ``area_id``).

    Values are as the database keeps them: use ``database_uuid`` for UUIDs; dates and bytes go as they are.
    Runs inside the caller's transaction. A model with a companion index takes a list of rows whose first
    field is the id.
    """
    companion = _companions.get(model)
    if companion is None:
        _insert(model, fields, rows)
        return
    known = list(rows)
    if known:
        ids = [row[0] for row in known]
        with companion.inserting(min(ids), max(ids)):
            _insert(model, fields, known)


def _insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in fields)
    table = quote(model._meta.db_table)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = [_type_name(model, name) for name in fields]
            is_plain = _PLAIN_TYPES.issuperset(types)
            form = "binary" if is_plain else "text"
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT {form})") as copy:
                if is_plain:
                    copy.set_types(types)
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(fields))
        # The driver's own cursor: Django's would rewrite the statement and wrap every row.
        cursor.cursor.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _type_name(model: type[models.Model], name: str) -> str:
    """The database type of a column without its length."""
    return str(_field(model, name).db_type(connection)).partition("(")[0]


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Set ``fields`` of rows by id; each row is the new values in order, then the id."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        postgres = connection.vendor == "postgresql"
        mark = "%s" if postgres else "?"
        sets = ", ".join(f"{quote(_column(model, name))} = {mark}" for name in fields)
        statement = f"UPDATE {table} SET {sets} WHERE id = {mark}"
        if postgres:
            cursor.executemany(statement, list(rows))
        else:
            cursor.cursor.connection.executemany(statement, rows)


def delete_rows(model: type[models.Model], ids: Sequence[int]) -> None:
    """Delete rows by id. What still points at them is found by the database when the transaction ends."""
    companion = _companions.get(model)
    with companion.deleting(ids) if companion else nullcontext():
        _delete(model, ids)


def _delete(model: type[models.Model], ids: Sequence[int]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _DELETED_AT_ONCE):
            chunk = ids[start : start + _DELETED_AT_ONCE]
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({marks})", list(chunk))


def database_uids(count: int) -> Iterator[str]:
    """New public identifiers as both databases take them; see ``database_uuid``."""
    return (f"{value:032x}" for value in new_uid_numbers(count))


def database_uuid(value: uuid.UUID) -> str:
    """A UUID as both databases take it: text without hyphens, which SQLite keeps and PostgreSQL reads."""
    return value.hex


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """The field of an attribute; Django finds foreign keys under their attribute name too (``area_id``)."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)
