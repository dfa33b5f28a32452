"""Keeping the full-text index right when many rows are written at once (SQLite; the migration says why)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSED = "registers_fts_paused"
_AT_ONCE = 900


class FullTextIndex:
    """The full-text index of one table, as the kernel's bulk writing meets it."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._fts = f"{table}_fts"

    def inserting(self, first_id: int, last_id: int) -> AbstractContextManager[None]:
        """Rest the triggers while rows with ids of this span (inclusive) are inserted, then index them."""
        come = f"INSERT INTO {self._fts}(rowid, tokens) SELECT id, tokens FROM {self._table}"
        return self._paused(after=(f"{come} WHERE id BETWEEN %s AND %s", [first_id, last_id]))

    def deleting(self, ids: Sequence[int]) -> AbstractContextManager[None]:
        """Take these rows out of the index, then rest the triggers while they are deleted."""
        return self._paused(before=ids)

    @contextmanager
    def _paused(
        self, before: Sequence[int] = (), after: tuple[str, list[int]] | None = None
    ) -> "Iterator[None]":
        if connection.vendor != "sqlite":
            yield
            return
        with connection.cursor() as cursor:
            for start in range(0, len(before), _AT_ONCE):
                chunk = list(before[start : start + _AT_ONCE])
                marks = ", ".join(["%s"] * len(chunk))
                gone = f"INSERT INTO {self._fts}({self._fts}, rowid, tokens) SELECT 'delete', id, tokens"
                cursor.execute(f"{gone} FROM {self._table} WHERE id IN ({marks})", chunk)
            cursor.execute(f"INSERT INTO {PAUSED} VALUES (%s)", [self._table])
            yield
            if after is not None:
                cursor.execute(*after)
            cursor.execute(f"DELETE FROM {PAUSED}")
