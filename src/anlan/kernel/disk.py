"""A full disk, in a file or in the database: told as what it is, wherever something is written."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from anlan.kernel.problems import Problem, Refused

FULL = "disk.full"

_NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WORDS = ("disk is full", "no space left", "disk full")
"""How SQLite and PostgreSQL say it."""


def is_full(error: BaseException | None) -> bool:
    """Whether writing failed for want of room."""
    if isinstance(error, OSError):
        return error.errno in _NUMBERS
    return isinstance(error, OperationalError) and any(words in str(error).lower() for words in _WORDS)


@contextmanager
def room_needed() -> Iterator[None]:
    """Refuse with ``disk.full`` what fails for want of room."""
    try:
        yield
    except (OSError, OperationalError) as error:
        if not is_full(error):
            raise
        raise Refused(Problem(FULL)) from error
