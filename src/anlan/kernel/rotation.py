"""Bringing what is stored under a new key: sealed values some at a time, indexes all at once.

Re-sealing may be done while others work and be broken off anywhere: a value names its key, so that what was
done is seen, and a value somebody changed meanwhile is left to them. Indexes are looked up by their exact
value; they change in one transaction, with nobody else at work.
"""

from collections.abc import Callable, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from django.db import connection, transaction

from anlan.kernel import protection
from anlan.kernel.bulk import update_rows
from anlan.kernel.models import ChangedRecord, Stamp
from anlan.kernel.sealed_columns import SealedColumn, declared, rows

Shown = Callable[[int], None]
RECORD = SealedColumn(ChangedRecord, "sealed")
INDEX_STAMP = "index-key"
"""The stamp that says under which generation of the index key the rows stand."""


def columns() -> tuple[SealedColumn, ...]:
    """Every sealed column, the record of changes last."""
    return (*declared(), RECORD)


def is_behind(value: bytes) -> bool:
    """Whether a sealed value lies under an older key than the one used now."""
    return bool(value) and protection.generation_of(value) != protection.generation(protection.DATA)


def count_behind(column: SealedColumn) -> tuple[int, int]:
    """How many values of a column lie under an older key, and how many there are."""
    count, behind = 0, 0
    for chunk in rows(column):
        values = [value for _, (value, *_) in chunk if value]
        count += len(values)
        behind += sum(map(is_behind, values))
    return behind, count


def reseal(column: SealedColumn, shown: Shown) -> int:
    """Put the values of a column that are behind under the key used now; gives how many were written.

    Payloads of the record of changes get a second layer: the chain covers the bytes within it.
    """
    renewed = protection.wrap if column is RECORD else _sealed_anew
    written = 0
    for chunk in rows(column):
        pairs = [(pk, value, renewed(value)) for pk, (value, *_) in chunk if value and is_behind(value)]
        if pairs:
            _exchange(column, pairs)
            written += len(pairs)
        shown(len(chunk))
    return written


def _sealed_anew(value: bytes) -> bytes:
    return protection.seal(protection.open_bytes(value))


def _exchange(column: SealedColumn, pairs: Sequence[tuple[int, bytes, bytes]]) -> None:
    """Write new values where the old ones still stand."""
    quote = connection.ops.quote_name
    name = quote(str(column.model._meta.get_field(column.value).column))  # type: ignore[union-attr]
    table = quote(column.model._meta.db_table)
    statement = f"UPDATE {table} SET {name} = %s WHERE id = %s AND {name} = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [(new, pk, old) for pk, old, new in pairs])


def reindex(key: bytes, generation: int, shown: Shown) -> int:
    """Index every value under another key, all in one transaction; gives how many rows were written.

    The stamp of the generation is written with them: by it is known whether the transaction was committed.
    """
    base = hmac.HMAC(key, hashes.SM3())
    written = 0
    with transaction.atomic():
        for column in declared():
            names = column.names()[1:]
            if not names:
                continue
            for chunk in rows(column):
                opened = [(pk, protection.open_text(value)) for pk, (value, *_) in chunk if value]
                update_rows(column.model, names, [(*_indexes(base, column, text), pk) for pk, text in opened])
                written += len(opened)
                shown(len(chunk))
        Stamp.objects.update_or_create(name=INDEX_STAMP, defaults={"value": generation})
    return written


def _indexes(base: hmac.HMAC, column: SealedColumn, text: str) -> tuple[Any, ...]:
    found = []
    if column.index:
        found.append(protection.index_under(base, text))
    if column.tail:
        found.append(protection.tail_index_under(base, protection.tail_of(text)))
    return tuple(found)
