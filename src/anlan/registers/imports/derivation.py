"""Columns that follow from id number and name, for many persons: pure, for a second process."""

from collections.abc import Sequence

from anlan.kernel import protection
from anlan.registers.derive import name_columns

Derived = tuple[bytes, bytes, str, str, str]
"""The sealed id number, the keyed index of its last four characters, pinyin, initials, search tokens."""


def derived_columns(persons: Sequence[tuple[str, str]]) -> list[Derived]:
    """The columns for each (id number, name), in order."""
    return [
        (
            protection.seal(id_number),
            protection.tail_index_of(protection.tail_of(id_number)),
            *name_columns(name),
        )
        for id_number, name in persons
    ]
