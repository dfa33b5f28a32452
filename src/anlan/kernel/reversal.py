"""Taking an entry of the record back: rows it made are removed, rows it changed get their old values."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models

from anlan.kernel import sealed_columns
from anlan.kernel.bulk import delete_rows, insert_rows, update_rows
from anlan.kernel.changes import (
    Change,
    Columns,
    RowChange,
    as_recorded,
    columns_of,
    opened_with,
    payload,
    records_of,
    salts_of_kind,
    tracked_models,
    values_of,
)
from anlan.kernel.models import ChangedRecord, ChangeEntry, RemovedKey
from anlan.kernel.sealing import Sealed, Unsealed, seal_many
from anlan.kernel.second_core import worker

_CHUNK = 5000
Opened = tuple[str, int, list[RowChange]]


_taken_back: list[Callable[[], Iterable[int]]] = []


def register_taken_back(entries: Callable[[], Iterable[int]]) -> None:
    """Say which entries a part above has taken back, and which took them back (called when it starts)."""
    _taken_back.append(entries)


def taken_back() -> list[int]:
    """The ids of all entries taken back and of their taking back: they stand in nobody's way."""
    return [pk for entries in _taken_back for pk in entries()]


def later_entries(entry: ChangeEntry, ignoring: Iterable[int] = ()) -> list[ChangeEntry]:
    """Entries after this one that touched any of its records, the first first: they stand in the way.

    ``ignoring`` are ids of entries that do not count, because they were taken back themselves.
    """
    mine = ChangedRecord.objects.filter(
        entry=entry, kind=models.OuterRef("kind"), object_id=models.OuterRef("object_id")
    )
    later = ChangedRecord.objects.filter(entry__sequence__gt=entry.sequence)
    touching = later.exclude(entry_id__in=list(ignoring)).filter(models.Exists(mine))
    ids = touching.values("entry_id").distinct()
    return list(ChangeEntry.objects.filter(pk__in=ids).order_by("sequence"))


def entries_pointing_at(reversal: "Reversal", ignoring: Iterable[int] = ()) -> list[ChangeEntry]:
    """Later entries whose rows point at rows the entry made, without having touched their records.

    Somebody was added to a village of the entry, a post was given to one of its persons: such rows would be
    left hanging. ``ignoring`` as in ``later_entries``.
    """
    later = ChangeEntry.objects.filter(sequence__gt=reversal.entry.sequence).exclude(pk__in=list(ignoring))
    if not later.exists():
        return []
    touching: set[int] = set()
    for row in _pointing_rows(reversal):
        kind, number = records_of(row)[0]
        records = ChangedRecord.objects.filter(kind=kind, object_id=number, entry__in=later)
        touching.update(records.values_list("entry_id", flat=True))
    return list(later.filter(pk__in=touching).order_by("sequence"))


def disturbed_rows(reversal: "Reversal") -> list[tuple[str, int]]:
    """Rows (table, id) that are no longer as the entry left them: their values changed, or they are gone.

    Finer than ``later_entries``: a later change of another row of the same record stands in nobody's way.
    """
    found = []
    for (model, own_id), left in reversal.left.items():
        row = model._base_manager.filter(pk=own_id).first()
        now = as_recorded(values_of(row)) if row is not None else {}
        if row is None or any(now[name] != value for name, value in left.items()):
            found.append((model._meta.db_table, own_id))
    return found


def entries_of_rows(entry: ChangeEntry, rows: Iterable[tuple[str, int]]) -> list[ChangeEntry]:
    """The later entries that changed one of the rows (table, id), the first first."""
    wanted = set(rows)
    mine: dict[str, list[int]] = defaultdict(list)
    for kind, number in ChangedRecord.objects.filter(entry=entry).values_list("kind", "object_id"):
        mine[kind].append(number)
    return [one for one in later_entries(entry) if _changed_rows(one, mine) & wanted]


def _changed_rows(entry: ChangeEntry, records: Mapping[str, Sequence[int]]) -> set[tuple[str, int]]:
    """The rows (table, id) an entry changed among those of some records."""
    columns = columns_of(entry)
    found: set[tuple[str, int]] = set()
    for kind, numbers in records.items():
        touched = ChangedRecord.objects.filter(entry=entry, kind=kind, object_id__in=numbers)
        chunk = [(number, bytes(sealed)) for number, sealed in touched.values_list("object_id", "sealed")]
        found |= {(row[0], row[1]) for _kind, _number, rows in _open(kind, chunk, columns) for row in rows}
    return found


def _pointing_rows(reversal: "Reversal") -> Iterator[models.Model]:
    """Rows that stay though they point at rows that go."""
    for model, ids in reversal.removed.items():
        gone = set(ids)
        for relation in model._meta.related_objects:
            other = relation.related_model
            column = cast("models.ForeignKey[Any, Any]", relation.field).attname
            going = set(reversal.removed.get(other, ()))
            span = {f"{column}__gte": min(gone), f"{column}__lte": max(gone)}
            near = other._default_manager.filter(**span)
            for own_id, points_at in near.values_list("pk", column).iterator(chunk_size=_CHUNK):
                if points_at in gone and own_id not in going:
                    yield other._default_manager.get(pk=own_id)


@dataclass(slots=True)
class Reversal:
    """Everything needed to take one entry back, opened and sealed again before the transaction begins."""

    entry: ChangeEntry
    removed: dict[type[models.Model], list[int]] = field(default_factory=lambda: defaultdict(list))
    restored: dict[type[models.Model], list[tuple[int, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    updated: dict[tuple[type[models.Model], int], dict[str, Any]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    left: dict[tuple[type[models.Model], int], dict[str, Any]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Rows as the entry left them, as far as it wrote them, by the values of the record."""
    keys: list[tuple[str, int, bytes]] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)

    def write(self, change: Change) -> None:
        """Take the entry back inside the caller's transaction, noting the reverse of each row change.

        What it made goes first: where one row may be open at a time, it goes before the former one opens.
        """
        insert_rows(RemovedKey, ("kind", "object_id", "salt"), self.keys)
        for model, ids in self.removed.items():
            delete_rows(model, ids)
        for (model, fields), rows in self._updates().items():
            update_rows(model, fields, rows)
        for model, values in self.restored.items():
            for own_id, before in values:
                insert_rows(model, ("id", *before), [(own_id, *before.values())])
        change.touch_sealed(self.sealed)

    def _updates(self) -> dict[tuple[type[models.Model], tuple[str, ...]], list[tuple[Any, ...]]]:
        groups: dict[tuple[type[models.Model], tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        for (model, own_id), values in self.updated.items():
            groups[model, tuple(values)].append((*values.values(), own_id))
        return groups


def prepare(entry: ChangeEntry) -> Reversal:
    """Open an entry and work out its reverse, sealed again a chunk at a time."""
    reversal = Reversal(entry)
    by_table = {cast(Any, model)._meta.db_table: model for model in tracked_models()}
    sealing = worker(ChangedRecord.objects.filter(entry=entry).count())
    answers: list[Future[list[Sealed]]] = []
    for kind, chunk in _opened(entry):
        salts = salts_of_kind(kind, [number for _, number, _ in chunk])
        bodies: list[Unsealed] = []
        for _, number, rows in chunk:
            back = [_reverse(reversal, by_table[row[0]], row) for row in reversed(rows)]
            salt = salts.get(number)
            bodies.append((kind, number, payload(back) if back else b"", salt))
            if salt is not None and any(row[3] is None and row[1] == number for row in back):
                reversal.keys.append((kind, number, salt))
        answers.append(sealing.give(seal_many, bodies))
    sealing.finish()
    for answer in answers:
        reversal.sealed.extend(answer.result())
    return reversal


def _opened(entry: ChangeEntry) -> Iterator[tuple[str, list[Opened]]]:
    """The records of an entry with their rows, by kind, a chunk at a time."""
    columns = columns_of(entry)
    kinds = ChangedRecord.objects.filter(entry=entry).values_list("kind", flat=True).distinct()
    for kind in list(kinds):
        records = ChangedRecord.objects.filter(entry=entry, kind=kind).order_by("-pk")
        chunk: list[tuple[int, bytes]] = []
        for number, sealed in records.values_list("object_id", "sealed").iterator(chunk_size=_CHUNK):
            chunk.append((number, bytes(sealed)))
            if len(chunk) == _CHUNK:
                yield kind, _open(kind, chunk, columns)
                chunk = []
        if chunk:
            yield kind, _open(kind, chunk, columns)


def _open(kind: str, chunk: Sequence[tuple[int, bytes]], columns: Columns) -> list[Opened]:
    salts = salts_of_kind(kind, [number for number, _ in chunk])
    return [
        (kind, number, opened_with(kind, sealed, salts.get(number), columns) or [])
        for number, sealed in chunk
    ]


def _reverse(reversal: Reversal, model: type[models.Model], row: RowChange) -> RowChange:
    table, own_id, before, after = row
    for name, value in (after or {}).items():
        # Met from the last change to the first, so the value after all of them stays.
        reversal.left[model, own_id].setdefault(name, value)
    if before is None:
        reversal.removed[model].append(own_id)
    elif after is None:
        reversal.restored[model].append((own_id, _stored(model, before)))
    else:
        # Met from the last change to the first, so the value before all of them stays.
        reversal.updated[model, own_id].update(_stored(model, before))
    return (table, own_id, after, before)


def _stored(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Values of the record as the database takes them: bytes were kept as hexadecimal text.

    What was sealed and indexed under older keys gets the ones used now.
    """
    binary = {f.attname for f in model._meta.concrete_fields if isinstance(f, models.BinaryField)}
    plain = {
        name: bytes.fromhex(value) if name in binary and isinstance(value, str) else value
        for name, value in values.items()
    }
    return sealed_columns.renewed(model, plain)
