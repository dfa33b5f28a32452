"""The rows a batch will write, worked out and sealed before its transaction begins."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson
from django.db import models

from anlan.kernel import protection
from anlan.kernel.bulk import insert_rows, reserve_ids, update_rows
from anlan.kernel.changes import Change, Record

_BLOCK = 2000
Row = tuple[Any, ...]


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
    """New rows of one model. ``kept`` are the columns the record of changes shows (derived ones left out)."""

    def __init__(self, model: type[models.Model], fields: Sequence[str], derived: Iterable[str] = ()) -> None:
        self.model = model
        self.fields = ("id", *fields)
        self.rows: list[Row] = []
        self.ids = Ids(model)
        hidden = frozenset(derived)
        self._kept = [(place, name) for place, name in enumerate(fields) if name not in hidden]
        self._name = model._meta.db_table

    def add(self, *values: Any) -> tuple[int, bytes]:
        """A new row; gives its id and how the record of changes notes it."""
        own_id = self.ids.next()
        return own_id, self.add_with_id(own_id, *values)

    def add_with_id(self, own_id: int, *values: Any) -> bytes:
        """A new row under an id reserved earlier; gives how the record of changes notes it."""
        self.rows.append((own_id, *values))
        after = {name: values[place] for place, name in self._kept}
        return orjson.dumps((self._name, own_id, None, after), default=_as_text)


class RowBook:
    """New rows, changed rows and their before and after by record, ready to be written in one go."""

    def __init__(self) -> None:
        # Row changes are kept as JSON at once: dictionaries of a whole county would not fit the memory.
        self.notes: dict[Record, list[bytes]] = {}
        self._tables: dict[type[models.Model], Table] = {}
        self._updates: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}
        self._sealed: dict[str, list[tuple[int, bytes]]] = {}

    def table(self, model: type[models.Model], fields: Sequence[str], derived: Iterable[str] = ()) -> Table:
        """The new rows of a model; the first call decides its columns (without ``id``)."""
        if model not in self._tables:
            self._tables[model] = Table(model, fields, derived)
        return self._tables[model]

    def note(self, record: Record, row: bytes = b"") -> None:
        """Put a row change under a record; without one the record only points to the entry."""
        rows = self.notes.get(record)
        if rows is None:
            rows = self.notes[record] = []
        if row:
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
        noted = (model._meta.db_table, own_id, dict(old), dict(new))
        self.note(record, orjson.dumps(noted, default=_as_text))

    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.notes

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Seal all payloads: persons' under their own keys (``salts`` by person), others' under the installation's."""
        for (kind, number), rows in self.notes.items():
            sealed = b""
            if rows:
                body = b"[" + b",".join(rows) + b"]"
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
