"""How changes of areas are taken back: by a part above, which places does not know."""

from collections.abc import Callable
from typing import Any

from anlan.places.models import Area
from anlan.web.parts import Action

Finder = Callable[[Any, Area], Action | None]

_finders: list[Finder] = []


def register_area_undo(finder: Finder) -> None:
    """Let a part above say how the latest change of an area is taken back."""
    _finders.append(finder)


def area_undo(actor: Any, area: Area) -> Action | None:
    """The way to take the latest change of an area back, None where there is none for the actor."""
    return next((found for finder in _finders if (found := finder(actor, area)) is not None), None)
