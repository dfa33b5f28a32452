"""What the places give to the frame of every page: the county's name, ``?area=``, the path above a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.places.models import Area
from anlan.places.queries import ancestors, area_by_code, children_on, county, versions_on, widest_area
from anlan.places.tables import area_url
from anlan.web.context import Crumb, read_day, register_area_trail, register_county_name
from anlan.web.listing import AreaChoice, register_area_levels, register_area_resolver
from anlan.web.navigation import NavItem, register_nav

_INDENT = "　"


def register() -> None:
    """Give the frame its hooks and the navigation its entry."""
    register_county_name(county_name)
    register_area_resolver(resolve_area)
    register_area_levels(area_levels)
    register_area_trail(list_trail)
    register_nav(
        NavItem(
            "areas",
            _("行政区划"),
            "places:areas",
            "settings",
            "area",
            order=10,
            visible_for=lambda actor: actor is not None and holds(actor, "places.view"),  # type: ignore[arg-type]
        )
    )


def county_name() -> str:
    """The county's name, "" before it is set up."""
    found = county()
    return found.name if found else ""


def resolve_area(value: str, actor: Any, on: date) -> AreaChoice | None:
    """``?area=`` by its code, within the actor's range."""
    try:
        area = area_by_code(actor, value, on)
    except NotFound:
        return None
    then = versions_on([area.pk], on).get(area.pk)
    return AreaChoice(value, then.name, then.path) if then else AreaChoice(value, area.name, area.path)


def area_levels(chosen: AreaChoice | None, actor: Any, on: date) -> Sequence[AreaChoice]:
    """Where a list can go from an area: those above it, itself, those directly below; else from the top."""
    try:
        area = area_by_code(actor, chosen.value, on) if chosen else widest_area(actor, on)
    except NotFound:
        return ()
    if area is None:
        return ()
    line = [(one, name) for one, name, seen in _chain(actor, area, on) if seen and (chosen or one.parent_id)]
    below = children_on(area, on)
    names = versions_on([child.pk for child in below], on)
    line += [(child, names[child.pk].name if child.pk in names else child.name) for child in below]
    depth = len(line) - len(below)
    return [
        AreaChoice(one.code, _INDENT * min(at, depth) + name, one.path) for at, (one, name) in enumerate(line)
    ]


def list_trail(request: HttpRequest) -> Sequence[Crumb]:
    """The areas above the one a list is narrowed to, each leading to the same list one level up."""
    actor, code = getattr(request, "actor", None), request.GET.get("area", "").strip()
    if actor is None or not code:
        return ()
    on = day_of(request)
    try:
        area = area_by_code(actor, code, on)
    except NotFound:
        return ()
    return [
        Crumb(name, _with_area(request, above.code) if open_ else "")
        for above, name, open_ in _chain(actor, area, on)
    ]


def area_crumbs(actor: Any, area: Area, on: date, *, last: str = "") -> list[Crumb]:
    """The areas down to one, each leading to its page; ``last`` is the record standing in it, if any."""
    chain = _chain(actor, area, on)
    crumbs = [Crumb(name, area_url(one.code) if open_ else "") for one, name, open_ in chain]
    return [*crumbs, Crumb(last)] if last else crumbs


def above(crumbs: Sequence[Crumb]) -> str:
    """The address of the area a record stands in, from its crumbs; "" where the actor may not open it."""
    return crumbs[-2].url if len(crumbs) > 1 else ""


def day_of(request: HttpRequest) -> date:
    """The day a page is asked for with ``?on=``: today without one, or with one that cannot be read."""
    return read_day(request.GET.get("on", "")) or timezone.localdate()


def past_day(request: HttpRequest) -> date | None:
    """The day asked for with ``?on=`` where it is not today, None otherwise."""
    asked = read_day(request.GET.get("on", ""))
    return asked if asked != timezone.localdate() else None


def _chain(actor: Any, area: Area, on: date) -> list[tuple[Area, str, bool]]:
    line = [*ancestors(area), area]
    names = versions_on([one.pk for one in line], on)
    keys = [one.pk for one in line]
    seen = set(Area.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    return [(one, names[one.pk].name if one.pk in names else one.name, one.pk in seen) for one in line]


def _with_area(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["area"] = code
    return f"?{query.urlencode()}"
