"""The page of one area: what it is, what it was called, what it came from, what lies below it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import AREA_KIND
from anlan.places.history_words import SUCCESSION_WORDS
from anlan.places.models import Area, AreaSuccession
from anlan.places.pages.area_forms import area_actions
from anlan.places.pages.frame import area_crumbs, day_of, past_day
from anlan.places.queries import area_by_code, children_on, succession, versions, versions_on
from anlan.places.tables import area_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Fact, State, TableColumn, table
from anlan.web.records import TABLE, Panel, RecordPage, register_panel, render_record

FEW_CHILDREN = 60


def register() -> None:
    """Put the places' own panels on the pages of areas, behind the figures of the registers."""
    for code, title, context, order in (
        ("below", gettext_lazy("下级区划"), _below, 30),
        ("names", gettext_lazy("名称与隶属沿革"), _names, 40),
        ("succession", gettext_lazy("合并与分设"), _succession, 50),
    ):
        register_panel("area", Panel(code, title, TABLE, context, order=order, flush=True))


@reader("places.view")
def area_page(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """The area with a code, as of the day asked for. 404 outside the actor's range."""
    on = day_of(request)
    area = area_by_code(actor, code, on)
    named = versions_on([area.pk], on).get(area.pk)
    page = RecordPage(
        kind="area",
        title=named.name if named else area.name,
        eyebrow=AREA_KIND.name_of(named.kind if named else area.kind),
        icon="area",
        states=() if area.is_open(on) else (State(_("已撤销"), "quiet"),),
        facts=(
            Fact(_("区划代码"), area.code),
            Fact(_("设立日期"), formats.write_day(area.valid_from)),
            Fact(_("现状"), _("使用中") if area.is_open(on) else _ended(area)),
        ),
        actions=area_actions(actor, area),
        crumbs=area_crumbs(actor, area, on),
        on=past_day(request),
        dated=True,
    )
    return render_record(request, area, page, on)


def _ended(area: Area) -> str:
    return _("%(day)s起撤销") % {"day": formats.write_day(area.valid_to)}


def _below(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    children = children_on(area, on)
    if not children:
        return None
    named = versions_on([child.pk for child in children], on)
    rows: list[tuple[object, ...]] = [
        (
            (named[child.pk].name if child.pk in named else child.name, area_url(child.code)),
            child.code,
            AREA_KIND.name_of(child.kind),
        )
        for child in children[:FEW_CHILDREN]
    ]
    more = f"{reverse('places:areas')}?{urlencode({'area': area.code, 'on': on.isoformat()})}"
    return {"table": table((_("名称"), _("区划代码"), _("级别")), rows), "more_url": more}


def _names(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    known = versions(area)
    if len(known) < 2:
        return None
    rows: list[tuple[object, ...]] = [
        (
            one.name,
            one.parent.name if one.parent else "",
            formats.write_day(one.valid_from),
            formats.write_day(one.valid_to) if one.valid_to else _("至今"),
        )
        for one in known
    ]
    return {"table": table((_("名称"), _("上级"), _("起"), _("止")), rows)}


def _succession(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    before, after = succession(area)
    rows = [_link(one.before, _("由它而来"), one) for one in before]
    rows += [_link(one.after, _("并入或分出"), one) for one in after]
    if not rows:
        return None
    heads: tuple[str | TableColumn, ...] = (_("区划"), _("关系"), _("方式"), _("日期"), _("批文"))
    return {"table": table(heads, rows)}


def _link(other: Area, relation: str, link: AreaSuccession) -> tuple[object, ...]:
    return (
        (other.name, area_url(other.code)),
        relation,
        str(SUCCESSION_WORDS[link.kind]),
        formats.write_day(link.happened_on),
        link.document,
    )
