"""Picking an area in a form: typed as names from above (``东河镇 石桥村``, ``石桥村一组``) or a code."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from anlan.kernel.paths import subtree
from anlan.places.models import Area
from anlan.places.naming import place_path
from anlan.places.queries import areas_matching, full_names
from anlan.places.rules import AreaKind
from anlan.web.pickers import Found, PickerSource, register_picker

_MOST_ABOVE = 40
HOMES = (AreaKind.VILLAGE, AreaKind.COMMUNITY, AreaKind.GROUP, AreaKind.POINT)


def register() -> None:
    """Let forms pick an area of any kind, and one people live in."""
    hint = _("写村、组的名称，例如“石桥村1组”；也可以写区划代码。")
    for kind, kinds in (("area", tuple(AreaKind)), ("home", HOMES)):
        register_picker(kind, PickerSource(_search(kinds), _load(kinds), show_area, hint))


def show_area(area: Area) -> Found:
    """An area with the names above it."""
    return Found(area.code, full_names([area])[area.pk], "" if area.valid_to is None else str(_("已撤销")))


def _open(actor: Any, kinds: Collection[AreaKind]) -> Any:
    return Area.objects.visible_to(actor).filter(valid_to=None, kind__in=list(kinds))


def _search(kinds: Collection[AreaKind]) -> Callable[[Any, str, int], Sequence[Found]]:
    def search(actor: Any, text: str, limit: int) -> Sequence[Found]:
        rows = _open(actor, kinds)
        for word in _words(text):
            rows = rows.filter(_under(word))
        areas = list(rows.order_by(Length("path"), "code")[:limit])
        names = full_names(areas)
        return [Found(area.code, names[area.pk]) for area in areas]

    return search


def _words(text: str) -> list[str]:
    """The names in a text from above: as the levels it is made of, else as they stand apart."""
    path = place_path(text.replace(" ", ""))
    if path is None:
        return text.split()
    return [name for name in (path.township, path.village, path.group) if name]


def _under(word: str) -> Q:
    """The condition that an area, or one above it, is meant by a word."""
    meant = Area.objects.filter(areas_matching(word), valid_to=None).values_list("path", flat=True)
    condition = Q(pk__in=())
    for path in meant.order_by(Length("path"), "code")[:_MOST_ABOVE]:
        condition |= subtree("path", path)
    return condition


def _load(kinds: Collection[AreaKind]) -> Callable[[Any, str], Area | None]:
    def load(actor: Any, code: str) -> Area | None:
        found: Area | None = _open(actor, kinds).filter(code=code).first()
        return found

    return load
