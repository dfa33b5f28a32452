"""Which columns hold sealed values, and where each is indexed: what a new key has to reach.

Apps' columns are declared at start-up. Everything a key protects is either declared here, a payload of the
record of changes, or a file in ``HOME/files``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import models

from anlan.kernel import protection

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column sealed with the installation's key, with its keyed indexes ("" where there are none)."""

    model: type[models.Model]
    value: str
    index: str = ""
    tail: str = ""

    def names(self) -> list[str]:
        """The value and its indexes, as far as there are any."""
        return [name for name in (self.value, self.index, self.tail) if name]

    def followers(self, value: bytes) -> tuple[bytes, ...]:
        """The indexes of a clear value under the key used now, in the order of ``names``."""
        text = value.decode()
        found = []
        if self.index:
            found.append(protection.index_of(text))
        if self.tail:
            found.append(protection.tail_index_of(protection.tail_of(text)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """How many values a column has, how many cannot be opened, and how many stand under a wrong index."""

    values: int
    unreadable: int
    misfiled: int


_declared: list[SealedColumn] = []


def declare(*columns: SealedColumn) -> None:
    """Declare sealed columns, in ``AppConfig.ready``."""
    _declared.extend(columns)


def declared() -> tuple[SealedColumn, ...]:
    """All declared columns."""
    return tuple(_declared)


def rows(column: SealedColumn) -> Iterator[list[tuple[int, tuple[bytes | None, ...]]]]:
    """Every row that has a value, as its id and what ``names`` says, some at a time."""
    manager: Any = column.model._base_manager
    last = 0
    while True:
        found = manager.filter(pk__gt=last, **{f"{column.value}__isnull": False}).order_by("pk")
        chunk = list(found.values_list("pk", *column.names())[:CHUNK])
        if not chunk:
            return
        last = chunk[-1][0]
        yield [(pk, tuple(None if one is None else bytes(one) for one in values)) for pk, *values in chunk]


def look_through(column: SealedColumn) -> LookedThrough:
    """Open every value of a column and compare its indexes."""
    count, unreadable, misfiled = 0, 0, 0
    for chunk in rows(column):
        for _, (value, *indexes) in chunk:
            count += 1
            try:
                clear = protection.open_bytes(value or b"")
            except (InvalidTag, ValueError, protection.KeysMissing):
                unreadable += 1
            else:
                misfiled += tuple(indexes) != column.followers(clear)
    return LookedThrough(count, unreadable, misfiled)


def renewed(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Column values taken from the record of changes, sealed and indexed with the keys used now."""
    fresh = dict(values)
    for column in _declared:
        sealed = values.get(column.value)
        if column.model is model and isinstance(sealed, bytes):
            clear = protection.open_bytes(sealed)
            fresh[column.value] = protection.seal(clear)
            fresh |= dict(zip(column.names()[1:], column.followers(clear), strict=True))
    return fresh
