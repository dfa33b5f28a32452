"""How rows of a batch become sealed payloads of the record of changes: pure, for a second process."""

from collections.abc import Sequence
from typing import Any

import orjson

from anlan.kernel.sealing import Sealed, seal_many

Shown = tuple[str, tuple[tuple[int, str], ...]]
"""A table's name, and which places of its rows the record shows under which column names."""
Added = tuple[Shown, tuple[Any, ...]]
"""A new row, its id first."""
Changed = tuple[str, int, dict[str, Any], dict[str, Any]]
"""A changed row: table, id, columns before and after."""
Note = Added | Changed
Notes = tuple[str, int, Sequence[Note], bytes | None]
"""A record's kind and id, what happened to its rows, and the salt of its key (None: the installation's)."""


def seal_notes(records: Sequence[Notes]) -> list[Sealed]:
    """Seal the notes of records, in order; a record without notes only points to the entry."""
    return seal_many(
        [
            (kind, number, orjson.dumps([*map(_row_change, notes)], default=_as_text) if notes else b"", salt)
            for kind, number, notes, salt in records
        ]
    )


def _row_change(note: Any) -> tuple[Any, ...]:
    if len(note) == 2:  # an added row: what is shown of it, and the row
        (table, shown), row = note
        # A blank says nothing that its absence does not.
        after = {name: row[place] for place, name in shown if row[place] is not None and row[place] != ""}
        return table, row[0], None, after
    return note  # type: ignore[no-any-return]


def _as_text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
