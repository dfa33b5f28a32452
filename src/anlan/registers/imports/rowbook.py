"""The rows a batch will write, worked out and sealed before its transaction begins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

import orjson
from django.db import models

from anlan.kernel import protection
from anlan.kernel.bulk import insert_rows, reserve_ids, update_rows
from anlan.kernel.changes import Change, Record

_BLOCK = 5000
Row = tuple[Any, ...]
Noted = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]
"""A row change as the record of changes keeps it: table, id, before, after."""


@cache
def iso(day: date | None) -> str | None:
    """A day as both databases take it."""
    return day.isoformat() if day else None


class Ids:
    """New ids of one model, reserved a block at a time."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._left: Iterator[int] = iter(())

    def next(self) -> int:
        """The next id nobody else will get."""
        own_id = next(self._left, None)
        if own_id is None:
            self._left = iter(reserve_ids(self._model, _BLOCK))
            own_id = next(self._left)
        return own_id


class Table:
    """New rows of one model. Of the columns the record of changes shows those that are not ``derived``."""

    def __init__(self, model: type[models.Model], fields: Sequence[str], derived: Iterable[str] = ()) -> None:
        self.model = model
        self.fields = ("id", *fields)
        self.rows: list[Row] = []
        self.ids = Ids(model)
        hidden = frozenset(derived)
        self._names = tuple(name for name in fields if name not in hidden)
        self._shown = itemgetter(*(place for place, name in enumerate(fields) if name not in hidden))
        self._table = model._meta.db_table

    def add(self, *values: Any) -> tuple[int, Noted]:
        """A new row; gives its id and how the record of changes notes it."""
        own_id = self.ids.next()
        return own_id, self.add_with_id(own_id, *values)

    def add_with_id(self, own_id: int, *values: Any) -> Noted:
        """A new row under an id reserved earlier; gives how the record of changes notes it."""
        self.rows.append((own_id, *values))
        return self._table, own_id, None, dict(zip(self._names, self._shown(values), strict=True))


class RowBook:
    """New rows, changed rows and their before and after by record, ready to be written in one go."""

    def __init__(self) -> None:
        self._open: dict[Record, list[Noted]] = {}
        # Closed records are kept as JSON: dictionaries of a whole county would not fit the memory.
        self._closed: dict[Record, bytes] = {}
        self._tables: dict[type[models.Model], Table] = {}
        self._updates: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}
        self._sealed: dict[str, list[tuple[int, bytes]]] = {}

    def table(self, model: type[models.Model], fields: Sequence[str], derived: Iterable[str] = ()) -> Table:
        """The new rows of a model; the first call decides its columns (without ``id``)."""
        if model not in self._tables:
            self._tables[model] = Table(model, fields, derived)
        return self._tables[model]

    def note(self, record: Record, row: Noted | None = None) -> None:
        """Put a row change under a record; without one the record only points to the entry."""
        rows = self._open.get(record)
        if rows is None:
            rows = self._open[record] = []
        if row is not None:
            rows.append(row)

    def update(
        self,
        record: Record,
        model: type[models.Model],
        own_id: int,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
    ) -> None:
        """Change columns of a stored row; ``old`` and ``new`` have the same keys and plain database values."""
        fields = tuple(new)
        self._updates.setdefault((model, fields), []).append((*new.values(), own_id))
        self.note(record, (model._meta.db_table, own_id, dict(old), dict(new)))

    def close(self, record: Record) -> None:
        """Say that a record is done with, so that its notes need no more room than they must."""
        rows = self._open.pop(record, None)
        if rows is not None:
            # Copied, because the serializer's own result keeps its whole buffer of several kilobytes.
            self._closed[record] = bytes(memoryview(orjson.dumps(rows, default=_as_text)))

    def records(self) -> set[Record]:
        """All records the book touches."""
        return self._open.keys() | self._closed.keys()

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Seal all notes: persons' under their own keys (``salts`` by person), others' under the installation's."""
        for record in list(self._open):
            self.close(record)
        empty = orjson.dumps([])
        for (kind, number), body in self._closed.items():
            sealed = b""
            if body != empty:
                if kind == "person":
                    sealed = protection.seal_for(protection.person_key(salts[number]), body)
                else:
                    sealed = protection.seal(body)
            self._sealed.setdefault(kind, []).append((number, sealed))

    def write(self, change: Change) -> None:
        """Write everything inside the caller's transaction. ``seal`` comes first."""
        for table in self._tables.values():
            insert_rows(table.model, table.fields, table.rows)
        for (model, fields), rows in self._updates.items():
            update_rows(model, fields, rows)
        for kind, sealed in self._sealed.items():
            change.touch_sealed(kind, sealed)


def _as_text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
