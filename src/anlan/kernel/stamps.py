"""Small tables kept in memory, read again when any process has changed them.

Every change renews a random stamp in its own transaction; a reader compares the stamp it read with. A counter
would not do: after a rollback the same number would come again with other content.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar, cast

from anlan.kernel.models import Stamp

T = TypeVar("T")
_look: ContextVar[dict[str, object] | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within this context each stamp is read from the database once (a request: one view of the limits)."""
    token = _look.set({})
    try:
        yield
    finally:
        _look.reset(token)


def looked_at() -> dict[str, object] | None:
    """What this look has read so far, None outside of one."""
    return _look.get()


def look_again() -> None:
    """Forget what this look has read: something was changed within it."""
    seen = _look.get()
    if seen is not None:
        seen.clear()


def renew(name: str) -> None:
    """Tell everybody that a table changes, in the transaction of the change."""
    Stamp.objects.update_or_create(name=name, defaults={"value": secrets.randbits(62)})
    seen = _look.get()
    if seen is not None:
        seen.pop(name, None)


def _stamp(name: str) -> int:
    seen = _look.get()
    if seen is not None and name in seen:
        return cast(int, seen[name])
    value = Stamp.objects.filter(name=name).values_list("value", flat=True).first() or 0
    if seen is not None:
        seen[name] = value
    return value


class Kept(Generic[T]):
    """A table in the memory of this process, under the name of its stamp."""

    def __init__(self, name: str, load: Callable[[], T]) -> None:
        self._name, self._load = name, load
        self._content: tuple[int, T] | None = None

    def get(self) -> T:
        """The content as of now."""
        # The stamp first: what changes between the two reads is read again next time.
        stamp = _stamp(self._name)
        content = self._content
        if content is None or content[0] != stamp:
            content = self._content = (stamp, self._load())
        return content[1]
