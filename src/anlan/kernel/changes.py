"""What one action changed: collected while it runs, sealed into one entry at its end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from anlan.kernel import protection
from anlan.kernel.actors import Actor
from anlan.kernel.models import ChangeEntry, RemovedKey
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.sealing import Sealed, seal_many

Record = tuple[str, int]
RowChange = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]
RowMade = tuple[str, int, Sequence[Any]]
"""A row many like it were made with: table, id, values of the columns its entry names once for all."""
Columns = Mapping[str, Sequence[str]]
"""By table, the columns whose values rows made by the thousand keep without repeating their names."""
RecordsOf = Callable[[Any], Sequence[Record]]
SaltsOf = Callable[[Sequence[int]], dict[int, bytes]]

COLUMNS = "columns"
"""Where an entry's facts keep ``Columns``."""

_records_of: dict[type, RecordsOf] = {}
_hidden: dict[type, frozenset[str]] = {}
_salts_of: dict[str, SaltsOf] = {}


def register_record(model: type, records_of: RecordsOf, hidden: Iterable[str] = ()) -> None:
    """Say which records (kind, id) a row of a model belongs to; the first carries the before and after.

    Of ``hidden`` columns (secrets such as password hashes) the record says that they changed, not to what.
    """
    _records_of[model] = records_of
    _hidden[model] = frozenset(hidden)


def register_salts(kind: str, salts_of: SaltsOf) -> None:
    """Say where the salts of a kind's payload keys are kept; other kinds use the installation's key."""
    _salts_of[kind] = salts_of


def tracked_models() -> Iterable[type]:
    """All models whose rows may be changed through ``Change``."""
    return _records_of.keys()


def records_of(row: models.Model) -> Sequence[Record]:
    """The records a row of a tracked model belongs to, the one that carries its changes first."""
    return _records_of[type(row)](row)


def values_of(row: models.Model) -> dict[str, Any]:
    """A row as the record keeps it: column values by attribute name, bytes as hexadecimal text."""
    values = {f.attname: f.value_from_object(row) for f in row._meta.concrete_fields if not f.primary_key}
    return {name: bytes(v).hex() if isinstance(v, bytes | memoryview) else v for name, v in values.items()}


def as_recorded(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they come out of the record again: days and other things JSON has not are text."""
    return orjson.loads(orjson.dumps(values, default=str))  # type: ignore[no-any-return]


def payload(rows: Sequence[RowChange | RowMade]) -> bytes:
    """Row changes as bytes: ``[[table, id, before or null, after or null], …]``.

    A row of which the entry names the columns (``Change.name_columns``): ``[table, id, values]``. What is
    sealed, digested and stored is a third less without the names.
    """
    return orjson.dumps(rows, default=_as_text)


def _as_text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def columns_of(entry: ChangeEntry) -> Columns:
    """The columns an entry names for the rows it made."""
    columns: Columns = entry.facts.get(COLUMNS, {})
    return columns


@dataclass(slots=True)
class Change:
    """The hands of an action: the only way to write, and the memory of what was written."""

    actor: Actor
    today: date
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    entry_id: int | None = None
    _rows: dict[Record, list[RowChange]] = field(default_factory=dict)
    _sealed: list[Sealed] = field(default_factory=list)
    _before: dict[tuple[type, int], dict[str, Any]] = field(default_factory=dict)

    def create(self, row: models.Model) -> None:
        """Validate and insert a row."""
        _validate(row)
        row.save(force_insert=True)
        self._note(row, None, values_of(row))

    def begin(self, row: models.Model) -> None:
        """Remember a stored row as it is, before changing its attributes."""
        self._before.setdefault((type(row), row.pk), values_of(row))

    def save(self, row: models.Model) -> bool:
        """Write a row begun before; gives whether anything differs. Only what changed is recorded."""
        before = self._before.pop((type(row), row.pk))
        after = values_of(row)
        changed = [name for name, value in after.items() if before[name] != value]
        if not changed:
            return False
        _validate(row)
        row.save(update_fields=changed)
        self._note(row, {name: before[name] for name in changed}, {name: after[name] for name in changed})
        return True

    def delete(self, row: models.Model) -> None:
        """Delete a row, keeping all of it in the record."""
        before, own_id = values_of(row), row.pk
        records = _records_of[type(row)](row)
        row.delete()
        self.touch(records, (row._meta.db_table, own_id, _without_secrets(type(row), before), None))

    def touch(self, records: Sequence[Record], row: RowChange) -> None:
        """Note a row change under its records; the first carries it, the others point to the entry."""
        first, *others = records
        self._rows.setdefault(first, []).append(row)
        for other in others:
            self._rows.setdefault(other, [])

    def mention(self, *records: Record) -> None:
        """Note records this change concerns though none of their rows changed."""
        for record in records:
            self._rows.setdefault(record, [])

    def name_columns(self, table: str, names: Sequence[str]) -> None:
        """Say which columns the values of rows made in a table are; all of them in one entry the same."""
        columns = self.facts.setdefault(COLUMNS, {})
        if columns.setdefault(table, list(names)) != list(names):
            raise ValueError(f"rows of {table} with different columns in one entry")

    def touch_sealed(self, sealed: Iterable[Sealed]) -> None:
        """Note many records whose payloads were sealed before the transaction began."""
        self._sealed.extend(sealed)

    def _note(self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        model = type(row)
        before, after = _without_secrets(model, before), _without_secrets(model, after)
        self.touch(_records_of[model](row), (row._meta.db_table, row.pk, before, after))

    def records(self) -> list[Sealed]:
        """All records touched, with their sealed payloads, in the order in which they are chained."""
        salts = {
            kind: salts_of([number for other, number in self._rows if other == kind])
            for kind, salts_of in _salts_of.items()
        }
        bodies = [
            (kind, number, payload(rows) if rows else b"", salts.get(kind, {}).get(number))
            for (kind, number), rows in self._rows.items()
        ]
        return seal_many(bodies) + self._sealed

    def is_empty(self) -> bool:
        """Whether nothing was touched."""
        return not self._rows and not self._sealed


def _validate(row: models.Model) -> None:
    """Refuse what the fields do not take (too long, left out, not among the choices)."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        problems = [
            Problem("value.invalid", "" if name == NON_FIELD_ERRORS else name, {"told": " ".join(told)})
            for name, told in error.message_dict.items()
        ]
        raise Refused(*problems) from error


def _without_secrets(model: type, values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None or not _hidden.get(model):
        return values
    return {name: "•" if name in _hidden[model] and value else value for name, value in values.items()}


def salts_of_kind(kind: str, ids: Sequence[int]) -> dict[int, bytes]:
    """The salts of a kind's payload keys, also of records whose rows were taken back; none after an
    erasure.
    """
    if kind not in _salts_of:
        return {}
    found = dict(_salts_of[kind](ids))
    missing = [number for number in ids if number not in found]
    if missing:
        removed = RemovedKey.objects.filter(kind=kind, object_id__in=missing)
        found |= {number: bytes(salt) for number, salt in removed.values_list("object_id", "salt")}
    return found


def opened_with(kind: str, sealed: bytes, salt: bytes | None, columns: Columns) -> list[RowChange] | None:
    """The row changes in a sealed payload; None when its person's key was destroyed by an erasure.

    ``columns`` are those its entry names (``columns_of``).
    """
    if not sealed:
        return []
    sealed = protection.unwrap(sealed)
    if kind not in _salts_of:
        rows = orjson.loads(protection.open_bytes(sealed))
    elif salt is None:
        return None
    else:
        rows = orjson.loads(protection.open_for(protection.person_key(salt), sealed))
    return [row if len(row) > 3 else _made(row, columns) for row in rows]


def _made(row: RowMade, columns: Columns) -> RowChange:
    table, own_id, values = row
    named = zip(columns[table], values, strict=True)
    # A blank says nothing that its absence does not.
    return table, own_id, None, {name: value for name, value in named if value is not None and value != ""}
