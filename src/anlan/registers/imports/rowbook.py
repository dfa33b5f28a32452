"""The rows a batch will write, worked out and sealed before its transaction begins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db import models

from anlan.kernel.bulk import expect_many, insert_rows, reserve_ids, update_rows
from anlan.kernel.changes import Change, Record, RowChange, RowMade, payload
from anlan.kernel.sealing import Sealed, Unsealed, seal_many
from anlan.kernel.second_core import worker

_FIRST_BLOCK, _GROWTH, _LARGEST_BLOCK = 50, 4, 20_000
_SEALED_AT_ONCE = 2000
Row = tuple[Any, ...]


@cache
def iso(day: date | None) -> str | None:
    """A day as both databases take it."""
    return day.isoformat() if day else None


def new_ids(model: type[models.Model]) -> Iterator[int]:
    """New ids of one model, reserved in blocks that grow: a small batch draws few, a county asks seldom."""
    block = _FIRST_BLOCK
    while True:
        yield from reserve_ids(model, block)
        block = min(block * _GROWTH, _LARGEST_BLOCK)


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
        self.completions: list[Future[list[Row]]] = []
        self.rows: list[Row] = []
        self.ids = new_ids(model)
        self.name = model._meta.db_table
        hidden = frozenset(derived)
        self.shown = [name for name in fields if name not in hidden]
        """The columns the record of changes shows."""
        self._shown_of: Callable[[Row], Row] = itemgetter(*map(self.fields.index, self.shown))

    def completed_rows(self) -> Iterable[Row]:
        """The rows with the columns worked out meanwhile, in order; waits for those."""
        if not self.completed_by:
            return self.rows
        more = chain.from_iterable(answer.result() for answer in self.completions)
        return ((*row, *columns) for row, columns in zip(self.rows, more, strict=True))

    def add(self, *values: Any) -> tuple[int, RowMade]:
        """A new row; gives its id and how the record of changes notes it."""
        own_id = next(self.ids)
        return own_id, self.add_with_id(own_id, *values)

    def add_with_id(self, own_id: int, *values: Any) -> RowMade:
        """A new row under an id reserved earlier; gives how the record of changes notes it."""
        row = (own_id, *values)
        self.rows.append(row)
        return self.name, own_id, self._shown_of(row)


class RowBook:
    """New rows, changed rows and their before and after by record, ready to be written in one go."""

    def __init__(self, lines: int = 0) -> None:
        self._worker = worker(lines)
        self._sealed: list[Future[list[Sealed]]] = []
        self._open: dict[Record, list[RowChange | RowMade]] = {}
        self._closed: list[Unsealed] = []
        self._records: set[Record] = set()
        self._tables: dict[type[models.Model], Table] = {}
        self._updates: dict[tuple[type[models.Model], tuple[str, ...]], list[Row]] = {}

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

    def note(self, record: Record, row: RowChange | RowMade | None = None) -> None:
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
        self._closed.append((*record, payload(rows) if rows else b"", salt))
        if len(self._closed) == _SEALED_AT_ONCE:
            self._give_seals()

    def records(self) -> set[Record]:
        """All records the book touches."""
        return self._open.keys() | self._records

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Close what is left (``salts`` by person) and have it sealed."""
        for kind, number in list(self._open):
            self.close((kind, number), salts[number] if kind == "person" else None)
        self._give_seals()
        self._worker.finish()

    def give(self, work: Callable[[Any], Any], argument: Any, into: Table) -> None:
        """Have pure work done meanwhile that completes rows of a table, in order."""
        into.completions.append(self._worker.give(work, argument, is_urgent=True))

    def _give_seals(self) -> None:
        self._sealed.append(self._worker.give(seal_many, self._closed))
        self._closed = []

    def write(self, change: Change) -> None:
        """Write everything inside the caller's transaction. ``seal`` comes first.

        Rows of the register change before new ones come, because a dated row must end before the next begins;
        what changes a row of this very batch comes last. What is not sealed yet is sealed meanwhile: the
        record is written last.
        """
        expect_many()
        changed = {model for model, _fields in self._updates}
        new = {
            model: {row[0] for row in table.rows} for model, table in self._tables.items() if model in changed
        }
        late: list[tuple[type[models.Model], tuple[str, ...], list[Row]]] = []
        for (model, fields), rows in self._updates.items():
            fresh = new.get(model, set())
            update_rows(model, fields, [row for row in rows if row[-1] not in fresh])
            late.append((model, fields, [row for row in rows if row[-1] in fresh]))
        for table in self._tables.values():
            if table.rows:
                insert_rows(table.model, table.fields, table.completed_rows())
                change.name_columns(table.name, table.shown)
        for model, fields, rows in late:
            update_rows(model, fields, rows)
        for sealed in self._sealed:
            change.touch_sealed(sealed.result())
