"""Coverage of a level on a day: figures, picture and tree; and what could be set up where something lacks."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.insights.pages.asked import asked_level, refused_page
from anlan.insights.queries.coverage import CoverageBoard, coverage_url
from anlan.insights.queries.levels import STATISTICS_VIEW, Level
from anlan.kernel.actors import Actor
from anlan.kernel.problems import Refused
from anlan.registers.labels import PROPOSAL_REASONS, PROPOSAL_WORDS
from anlan.registers.queries.coverage import Coverage
from anlan.registers.queries.proposals import Proposals, proposals_of
from anlan.registers.rules.proposals import Proposal
from anlan.registers.tables.units import unit_url
from anlan.web import formats, parts
from anlan.web.doors import reader


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal in words: what, for whom (name, address), why."""

    title: str
    subjects: tuple[tuple[str, str], ...]
    neighbour: tuple[str, str] | None
    reasons: tuple[str, ...]


@reader(STATISTICS_VIEW)
def coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The board; a day or level that makes no sense is said in a sentence, with status 422."""
    try:
        level, day = asked_level(request, actor)
    except Refused as refused:
        return refused_page(request, refused, _("组织覆盖"), reverse("insights:coverage"))
    board = CoverageBoard(level, day)
    return render(
        request,
        "insights/coverage.html",
        {
            "head": _head(level, day),
            "board": board,
            "figures": board.figures(),
            "picture": board.chart(),
            "nodes": board.tree(),
        },
    )


@reader(STATISTICS_VIEW)
def proposals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What could be set up within a level, with reasons; nobody is held to any of it."""
    try:
        level, day = asked_level(request, actor)
    except Refused as refused:
        return refused_page(request, refused, _("组建建议"), reverse("insights:proposals"))
    if level.tree != "area":
        return render(
            request, "insights/proposals.html", {"head": _proposals_head(level, day), "level": level}
        )
    found = proposals_of(Coverage(day, level.path))
    shown = [_shown(found, one) for one in found.rows]
    context = {"head": _proposals_head(level, day), "level": level, "day": day, "proposals": shown}
    return render(request, "insights/proposals.html", context)


def _head(level: Level, day: date) -> parts.Head:
    lead = _("截至 %(day)s。村、居民点和单位有没有党组织和专干、联络员；每个数字都能打开背后的名单。")
    url = coverage_url(*_key(level), day, "insights:proposals")
    return parts.Head(
        _("%(level)s组织覆盖") % {"level": level.name},
        _("横到边、纵到底"),
        "organization",
        lead % {"day": formats.write_day(day)},
        actions=(parts.Action(_("看组建建议"), url, "main"),),
    )


def _proposals_head(level: Level, day: date) -> parts.Head:
    lead = _("截至 %(day)s，按登记的事实和现行标准算出，只供参考，由您决定。") % {
        "day": formats.write_day(day)
    }
    url = coverage_url(*_key(level), day)
    return parts.Head(
        _("%(level)s组建建议") % {"level": level.name},
        _("组织覆盖"),
        "organization",
        lead,
        actions=(parts.Action(_("回到组织覆盖"), url),),
    )


def _key(level: Level) -> tuple[str, str]:
    return next(iter(level.query.items()))


def _shown(found: Proposals, one: Proposal) -> ShownProposal:
    subjects = [(found.names[key], unit_url(found.units[key])) for key in one.units]
    other = found.organizations.get(one.organization)
    link = (other.name, reverse("registers:organization", args=[other.organization.uid])) if other else None
    if not one.units and link is not None:
        subjects, link = [link], None
    reasons = tuple(str(PROPOSAL_REASONS[why.code]).format(**dict(why.params)) for why in one.reasons)
    return ShownProposal(str(PROPOSAL_WORDS[one.kind]), tuple(subjects), link, reasons)
