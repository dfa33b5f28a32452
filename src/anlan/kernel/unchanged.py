"""What was worked out from the registers, kept for as long as nothing has changed.

Every change appends an entry to the record of changes, so the last link of its chain says whether a result
still holds: exactly, in every process, without a clock. A mere number would not do: after a rollback the same
one would come again with other content. What is written past the actions is not seen; tests, which do that,
keep nothing.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from django.conf import settings

from anlan.kernel import stamps
from anlan.kernel.models import ChainHead

T = TypeVar("T")
MOST_KEPT = 4_000
"""Counts, names and short lists: a few megabytes at most."""
_LOOK = "last link of the chain"
_kept: OrderedDict[Hashable, tuple[bytes, object]] = OrderedDict()
_lock = Lock()


def while_unchanged(key: Hashable, work: Callable[[], T]) -> T:
    """The result of ``work``, done again only when something has changed since.

    ``key`` names the work with all it depends on besides the registers: who asks, for what, for which day.
    The result is shared: nobody may change it.
    """
    if not settings.KEEP_WHILE_UNCHANGED:
        return work()
    link = _last_link()
    with _lock:
        found = _kept.get(key)
        if found is not None and found[0] == link:
            _kept.move_to_end(key)
            return cast(T, found[1])
    # The link was read first: what changes meanwhile is worked out again next time.
    result = work()
    with _lock:
        _kept[key] = (link, result)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return result


def forget() -> None:
    """Drop all that is kept."""
    with _lock:
        _kept.clear()


def _last_link() -> bytes:
    """The end of the chain as committed; a request reads it once, and again after a change of its own."""
    seen = stamps.looked_at()
    if seen is not None and _LOOK in seen:
        return cast(bytes, seen[_LOOK])
    link = bytes(ChainHead.objects.filter(pk=1).values_list("chain", flat=True).first() or b"")
    if seen is not None:
        seen[_LOOK] = link
    return link
