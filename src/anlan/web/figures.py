"""Hiding of small groups in statistics, so that a figure never points at a person."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

K = TypeVar("K", bound=Hashable)


def is_small(count: int, threshold: int) -> bool:
    """Whether a group is too small to be told: from 1 to below ``threshold``. Nobody is told as 0."""
    return 0 < count < threshold


def write_count(count: int, threshold: int) -> int | str:
    """The count, or «少于5» for a group below ``threshold`` (the county's parameter, from the caller)."""
    return _("少于%(threshold)d") % {"threshold": threshold} if is_small(count, threshold) else count


def hide_small(counts: Mapping[K, int], threshold: int, *, total_shown: bool = True) -> dict[K, int | str]:
    """The counts of groups that make up a whole, small ones hidden.

    Where the whole is told (``total_shown``) and exactly one group is hidden, it could be computed from the
    others; then the next smallest group that is not empty is hidden too, as «—».
    """
    shown: dict[K, int | str] = {key: write_count(count, threshold) for key, count in counts.items()}
    hidden = [key for key, count in counts.items() if is_small(count, threshold)]
    if total_shown and len(hidden) == 1:
        others = [(count, at, key) for at, (key, count) in enumerate(counts.items()) if count >= threshold]
        if others:
            shown[min(others, key=lambda other: other[:2])[2]] = "—"
    return shown
