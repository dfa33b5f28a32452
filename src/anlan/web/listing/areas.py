"""``?area=`` of every list. The tree of areas registers itself; this layer knows only paths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from anlan.web.context import Crumb


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area as asked for: the value of ``?area=``, its name, its path (``"1.5.77."``)."""

    value: str
    label: str | Promise
    path: str


@dataclass(frozen=True, slots=True)
class AreaLevels:
    """Where one stands in the tree of areas: from the whole range down to here, and what lies directly below.

    The first of ``line`` is the whole range, which an address names with nothing; empty without a range.
    ``outside`` are the names above it, which lead nowhere.
    """

    outside: Sequence[str] = ()
    line: Sequence[AreaChoice] = ()
    below: Sequence[AreaChoice] = ()


AreaResolver = Callable[[str, object, date], AreaChoice | None]
LevelReader = Callable[[AreaChoice | None, object, date], AreaLevels]


def _none(value: str, actor: object, on: date) -> AreaChoice | None:
    return None


def _no_levels(chosen: AreaChoice | None, actor: object, on: date) -> AreaLevels:
    return AreaLevels()


_resolver: list[AreaResolver] = [_none]
_levels: list[LevelReader] = [_no_levels]


def register_area_resolver(resolver: AreaResolver) -> None:
    """Say how ``?area=`` is read: value, actor, day → the area, or None when unknown or outside the actor's
    range.
    """
    _resolver[0] = resolver


def resolve_area(value: str, actor: object, on: date) -> AreaChoice | None:
    """The area asked for, None when there is no such area for this actor."""
    return _resolver[0](value, actor, on)


def register_area_levels(levels: LevelReader) -> None:
    """Say where a page can go from the chosen area (None: from the top of the actor's range)."""
    _levels[0] = levels


def area_levels(chosen: AreaChoice | None, actor: object, on: date) -> AreaLevels:
    """The areas from the top of the actor's range down to the chosen one, and those directly below it."""
    return _levels[0](chosen, actor, on)


def area_trail(levels: AreaLevels, link: Callable[[str | None], str]) -> list[Crumb]:
    """The breadcrumb that switches the level of a page; ``link`` makes the address of an area (None: all)."""
    below = tuple(Crumb(str(one.label), link(one.value)) for one in levels.below)
    last = len(levels.line) - 1
    outside = [Crumb(name) for name in levels.outside]
    return outside + [
        Crumb(str(one.label), link(one.value if at else None), below if at == last else ())
        for at, one in enumerate(levels.line)
    ]
