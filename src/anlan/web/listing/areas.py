"""``?area=`` of every list. The tree of areas registers itself; this layer knows only paths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area as asked for: the value of ``?area=``, its name, its path (``"1.5.77."``)."""

    value: str
    label: str | Promise
    path: str


AreaResolver = Callable[[str, object, date], AreaChoice | None]
AreaLevels = Callable[[AreaChoice | None, object, date], Sequence[AreaChoice]]


def _none(value: str, actor: object, on: date) -> AreaChoice | None:
    return None


def _no_levels(chosen: AreaChoice | None, actor: object, on: date) -> Sequence[AreaChoice]:
    return ()


_resolver: list[AreaResolver] = [_none]
_levels: list[AreaLevels] = [_no_levels]


def register_area_resolver(resolver: AreaResolver) -> None:
    """Say how ``?area=`` is read: value, actor, day → the area, or None when unknown or outside the actor's
    range.
    """
    _resolver[0] = resolver


def resolve_area(value: str, actor: object, on: date) -> AreaChoice | None:
    """The area asked for, None when there is no such area for this actor."""
    return _resolver[0](value, actor, on)


def register_area_levels(levels: AreaLevels) -> None:
    """Say where a list can go from the chosen one (None: from the top of the actor's range)."""
    _levels[0] = levels


def area_levels(chosen: AreaChoice | None, actor: object, on: date) -> Sequence[AreaChoice]:
    """The areas above the chosen one, itself, and those directly below it, in this order."""
    return _levels[0](chosen, actor, on)
