"""What the places give to the frame of every page: the county's name, ``?area=``, the path above a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds, reach_of
from anlan.kernel.problems import NotFound
from anlan.kernel.unchanged import while_unchanged
from anlan.places.models import Area
from anlan.places.queries import ancestors, area_by_code, children_on, county, top_areas, versions_on
from anlan.places.tables import area_url
from anlan.web.context import Crumb, read_day, register_county_name
from anlan.web.listing import AreaChoice, AreaLevels, register_area_levels, register_area_resolver
from anlan.web.navigation import NavItem, register_nav


def register() -> None:
    """Give the frame its hooks and the navigation its entry."""
    register_county_name(county_name)
    register_area_resolver(resolve_area)
    register_area_levels(area_levels)
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
    return while_unchanged("county name", _county_name)


def _county_name() -> str:
    found = county()
    return found.name if found else ""


def resolve_area(value: str, actor: Any, on: date) -> AreaChoice | None:
    """``?area=`` by its code, within the actor's range."""
    key = ("area", value, reach_of(actor), on)
    return while_unchanged(key, lambda: _resolve(value, actor, on))


def _resolve(value: str, actor: Any, on: date) -> AreaChoice | None:
    try:
        area = area_by_code(actor, value, on)
    except NotFound:
        return None
    then = versions_on([area.pk], on).get(area.pk)
    return AreaChoice(value, then.name, then.path) if then else AreaChoice(value, area.name, area.path)


def area_levels(chosen: AreaChoice | None, actor: Any, on: date) -> AreaLevels:
    """Where a page can go from an area: the way down to it through the actor's range, and what lies below."""
    key = ("area levels", chosen.value if chosen else "", reach_of(actor), on, get_language())
    return while_unchanged(key, lambda: _levels(chosen, actor, on))


def _levels(chosen: AreaChoice | None, actor: Any, on: date) -> AreaLevels:
    tops = top_areas(actor, on)
    if not tops:
        return AreaLevels()
    whole = tops[0] if len(tops) == 1 else None
    try:
        area = area_by_code(actor, chosen.value, on) if chosen else whole
    except NotFound:
        return AreaLevels()
    line = [] if whole else [AreaChoice("", _("全部管辖范围"), "")]
    if area is None:
        return AreaLevels(line=line, below=_choices(tops, on))
    chain = _chain(actor, area, on)
    line += [AreaChoice(one.code, name, one.path) for one, name, seen in chain if seen]
    outside = [name for _area, name, seen in chain if not seen] if whole else []
    return AreaLevels(outside, line, _choices(children_on(area, on), on))


def _choices(areas: Sequence[Area], on: date) -> list[AreaChoice]:
    names = versions_on([one.pk for one in areas], on)
    return [
        AreaChoice(one.code, names[one.pk].name if one.pk in names else one.name, one.path) for one in areas
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
