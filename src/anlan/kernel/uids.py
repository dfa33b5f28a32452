"""Identifiers that mean the same on every phone and in every county (UUIDv7, RFC 9562: ordered by time)."""

import os
import time
import uuid
from collections.abc import Iterator

_VERSION, _VARIANT = 0x7 << 76, 0b10 << 62


def new_uid() -> uuid.UUID:
    """A new identifier of this moment."""
    return next(new_uids(1))


def new_uids(count: int) -> Iterator[uuid.UUID]:
    """``count`` new identifiers, ascending."""
    return (uuid.UUID(int=value) for value in new_uid_numbers(count))


def new_uid_numbers(count: int) -> Iterator[int]:
    """``count`` new identifiers as numbers, ascending: one moment, a counter in the 12 bits after it, then
    chance.
    """
    milliseconds = time.time_ns() // 1_000_000
    chance = os.urandom(8 * count)
    for number in range(count):
        rolled, counter = divmod(number, 4096)
        random = int.from_bytes(chance[8 * number : 8 * number + 8], "big") >> 2
        yield (milliseconds + rolled) << 80 | _VERSION | counter << 64 | _VARIANT | random
