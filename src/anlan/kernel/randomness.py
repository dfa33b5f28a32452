"""Random bytes from the operating system, fetched in blocks.

One call for each of 150,000 nonces takes half a second.
"""

import os
import threading

_BLOCK = 1 << 16


class _Source(threading.local):
    """Each thread has a block of its own, so that no byte is given twice."""

    def __init__(self) -> None:
        self.block = b""
        self.at = 0


_source = _Source()


def random_bytes(count: int) -> bytes:
    """``count`` random bytes never given before."""
    end = _source.at + count
    if end > len(_source.block):
        _source.block, _source.at, end = os.urandom(max(_BLOCK, count)), 0, count
    found = _source.block[_source.at : end]
    _source.at = end
    return found


def _forget() -> None:
    """A forked process must not give the bytes its parent is going to give."""
    _source.block, _source.at = b"", 0


os.register_at_fork(after_in_child=_forget)
