"""The rows a batch will write, worked out and sealed before its transaction begins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from anlan.kernel.bulk import insert_rows, reserve_ids, update_rows
from anlan.kernel.changes import Change, Record
from anlan.kernel.sealing import Sealed
from anlan.kernel.second_core import worker
from anlan.registers.imports.noting import Added, Note, Notes, Shown, seal_notes

_FIRST_BLOCK, _GROWTH, _LARGEST_BLOCK = 50, 4, 20_000
_SEALED_AT_ONCE = 2000
Row = tuple[Any, ...]


@cache
def iso(day: date | None) -> str | None:
    """A day as both databases take it."""
    return day.isoformat() if day else None


class Ids:
    """New ids of one model, reserved in blocks that grow: a small batch draws few, a county asks seldom."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._left: Iterator[int] = iter(())
        self._block = _FIRST_BLOCK

    def next(self) -> int:
        """The next id nobody else will get."""
        own_id = next(self._left, None)
        if own_id is None:
            self._left = iter(reserve_ids(self._model, self._block))
            self._block = min(self._block * _GROWTH, _LARGEST_BLOCK)
            own_id = next(self._left)
        return own_id


class Table:
    """New rows of one model. Of the columns the record of changes shows those that are not ``derived``.

    ``completed_by`` are columns worked out by the second process meanwhile; they join the rows when written.
    """

    def __init__(
        self,
        model: type[models.Model],
        fields: Sequence[str],
        derived: Iterable[str] = (),
        completed_by: Sequence[str] = (),
    ) -> None:
        self.model = model
        self.fields = ("id", *fields, *completed_by)
        self.completed_by = completed_by
        self.completions: list[Row] = []
        self.rows: list[Row] = []
        self.ids = Ids(model)
        hidden = frozenset(derived)
        shown = tuple((place, name) for place, name in enumerate(fields, 1) if name not in hidden)
        self._shown: Shown = (model._meta.db_table, shown)

    def complete(self) -> None:
        """Add the columns worked out meanwhile to every row, in order."""
        if self.completed_by:
            self.rows = [(*row, *more) for row, more in zip(self.rows, self.completions, strict=True)]

    def add(self, *values: Any) -> tuple[int, Added]:
        """A new row; gives its id and how the record of changes notes it."""
        own_id = self.ids.next()
        return own_id, self.add_with_id(own_id, *values)

    def add_with_id(self, own_id: int, *values: Any) -> Added:
        """A new row under an id reserved earlier; gives how the record of changes notes it."""
        row = (own_id, *values)
        self.rows.append(row)
        return self._shown, row


class RowBook:
    """New rows, changed rows and their before and after by record, ready to be written in one go."""

    def __init__(self, lines: int = 0) -> None:
        self._worker = worker(lines)
        self._given: list[Table | None] = []
        """For each piece of work given: the table its result completes; None for sealed notes."""
        self._open: dict[Record, list[Note]] = {}
        self._closed: list[Notes] = []
        self._records: set[Record] = set()
        self._tables: dict[type[models.Model], Table] = {}
        self._updates: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}
        self._sealed: list[Sealed] = []

    def table(
        self,
        model: type[models.Model],
        fields: Sequence[str],
        derived: Iterable[str] = (),
        completed_by: Sequence[str] = (),
    ) -> Table:
        """The new rows of a model; the first call decides its columns (without ``id``)."""
        if model not in self._tables:
            self._tables[model] = Table(model, fields, derived, completed_by)
        return self._tables[model]

    def note(self, record: Record, row: Note | None = None) -> None:
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
        """Change columns of a row; ``old`` and ``new`` have the same keys and plain database values."""
        fields = tuple(new)
        self._updates.setdefault((model, fields), []).append((*new.values(), own_id))
        self.note(record, (model._meta.db_table, own_id, dict(old), dict(new)))

    def close(self, record: Record, salt: bytes | None = None) -> None:
        """Say that a record is done with, and give it to be sealed; ``salt`` is that of a person's key."""
        rows = self._open.pop(record, None)
        if rows is None:
            return
        self._records.add(record)
        self._closed.append((*record, rows, salt))
        if len(self._closed) == _SEALED_AT_ONCE:
            self._give_seals()

    def records(self) -> set[Record]:
        """All records the book touches."""
        return self._open.keys() | self._records

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Close what is left (``salts`` by person) and wait until all of it is sealed."""
        for kind, number in list(self._open):
            self.close((kind, number), salts[number] if kind == "person" else None)
        self._give_seals()
        # Waited for here and not while the database is locked: others must not wait along.
        for into, done in zip(self._given, self._worker.results(), strict=True):
            (self._sealed if into is None else into.completions).extend(done)

    def give(self, work: Callable[[Any], Any], argument: Any, into: Table) -> None:
        """Have pure work done meanwhile that completes rows of a table, in order."""
        self._given.append(into)
        self._worker.give(work, argument)

    def _give_seals(self) -> None:
        self._given.append(None)
        self._worker.give(seal_notes, self._closed)
        self._closed = []

    def write(self, change: Change) -> None:
        """Write everything inside the caller's transaction. ``seal`` comes first.

        Rows of the register change before new ones come, because a dated row must end before the next begins;
        what changes a row of this very batch comes last.
        """
        new = {model: {row[0] for row in table.rows} for model, table in self._tables.items()}
        late: list[tuple[type[models.Model], tuple[str, ...], list[Row]]] = []
        for (model, fields), rows in self._updates.items():
            fresh = new.get(model, set())
            update_rows(model, fields, [row for row in rows if row[-1] not in fresh])
            late.append((model, fields, [row for row in rows if row[-1] in fresh]))
        for table in self._tables.values():
            table.complete()
            insert_rows(table.model, table.fields, table.rows)
        for model, fields, rows in late:
            update_rows(model, fields, rows)
        change.touch_sealed(self._sealed)
