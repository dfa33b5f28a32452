"""What pages of figures are asked for: a level and a day, and what is said when they make no sense."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from anlan.insights.queries.levels import Level, level_of
from anlan.insights.queries.statistics import Statistics
from anlan.kernel.actors import Actor
from anlan.kernel.problems import Problem, Refused, sentence
from anlan.web.context import Crumb, read_day
from anlan.web.listing.areas import AreaChoice, area_levels, area_trail
from anlan.web.responses import UNPROCESSABLE


def asked(request: HttpRequest, actor: Actor) -> Statistics:
    """The statistics of the level (``?area=`` or ``?organization=``, else the actor's widest) on ``?on=``.

    Refused: ``statistics.day_unreadable``, and what ``level_of`` refuses.
    """
    level, day = asked_level(request, actor)
    return Statistics(actor, level, day)


def asked_level(request: HttpRequest, actor: Actor) -> tuple[Level, date]:
    """The level and the day alone, for pages that count something else; read and refused as above."""
    query = request.GET
    day = _day(query.get("on", "").strip())
    area, organization = query.get("area", "").strip(), query.get("organization", "").strip()
    return level_of(actor, day, area=area, organization=organization), day


def level_trail(found: Statistics, address: Callable[[dict[str, str]], str]) -> list[Crumb]:
    """The breadcrumb that switches the level of a page of figures; an organisation's has none.

    ``address`` makes the address of a level from the parameters that name it (none: the actor's widest).
    """
    level = found.level
    if level.tree != "area":
        return []
    levels = area_levels(AreaChoice(level.key, level.name, level.path), found.actor, found.day)
    return area_trail(levels, lambda value: address({"area": value} if value else {}))


def refused_page(request: HttpRequest, refused: Refused, title: str, back: str) -> HttpResponse:
    """The sentences of a refusal under the page's title, with status 422 and the way back to today."""
    sentences = [sentence(problem) for problem in refused.problems]
    context = {"sentences": sentences, "title": title, "back": back}
    return render(request, "insights/refused.html", context, status=UNPROCESSABLE)


def _day(text: str) -> date:
    if not text:
        return timezone.localdate()
    day = read_day(text)
    if day is None:
        raise Refused(Problem("statistics.day_unreadable", "on", {"asked": text[:20]}))
    return day
