"""The statistics of a level on a day, part by part, and as a workbook."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.charts import chart, is_drawn
from anlan.insights.exports import statistics_workbook as write_workbook
from anlan.insights.pages.asked import asked, level_trail, refused_page
from anlan.insights.queries.breakdowns import UNITS, Population, Text
from anlan.insights.queries.levels import STATISTICS_VIEW, Level
from anlan.insights.queries.links import statistics_url
from anlan.insights.queries.places import by_area, by_organization
from anlan.insights.queries.statistics import Statistics
from anlan.kernel.actors import Actor
from anlan.kernel.problems import Refused
from anlan.web import formats, parts
from anlan.web.doors import reader

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PARTS: dict[str, tuple[Text, tuple[Population, ...]]] = {
    "members": (gettext_lazy("党员"), ("members",)),
    "organizations": (gettext_lazy("党组织"), ("organizations",)),
    "residents": (gettext_lazy("移民人口"), ("residents",)),
    "areas": (gettext_lazy("分区域"), ()),
    "branches": (gettext_lazy("分组织"), ()),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the page, as a link."""

    code: str
    label: Text
    url: str
    current: bool


@reader(STATISTICS_VIEW)
def statistics(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page; a day or level that makes no sense is said in a sentence, with status 422."""
    try:
        found = asked(request, actor)
    except Refused as refused:
        return refused_page(request, refused, _("统计表"), reverse("insights:statistics"))
    part = _part(request, found)
    context = {
        "head": _head(found),
        "crumbs": level_trail(found, lambda level: _address(level, found.day, part)),
        "statistics": found,
        "part": part,
        "tabs": _tabs(found, part),
        "figures": [_figure(found, population) for population in found.populations],
    }
    return render(request, "insights/statistics.html", {**context, **_content(found, part)})


@reader(STATISTICS_VIEW)
def statistics_workbook(request: HttpRequest, actor: Actor) -> FileResponse | HttpResponse:
    """All parts as one workbook, of the same level and day."""
    try:
        found = asked(request, actor)
    except Refused as refused:
        return refused_page(request, refused, _("统计表"), reverse("insights:statistics"))
    answer = FileResponse(write_workbook(found), content_type=SHEET)
    name = quote(_("%(level)s统计表-%(day)s") % {"level": found.level.name, "day": f"{found.day:%Y%m%d}"})
    answer["Content-Disposition"] = f"attachment; filename=\"statistics.xlsx\"; filename*=UTF-8''{name}.xlsx"
    return answer


def _part(request: HttpRequest, found: Statistics) -> str:
    wanted = request.GET.get("part", "")
    return wanted if wanted in _parts(found.level) else "members"


def _parts(level: Level) -> list[str]:
    """An organisation has neither residents nor areas of its own."""
    return [code for code in PARTS if level.tree == "area" or code not in ("residents", "areas")]


def _tabs(found: Statistics, current: str) -> list[Tab]:
    here = statistics_url(found.level, found.day)
    codes = _parts(found.level)
    return [Tab(one, PARTS[one][0], f"{here}&{urlencode({'part': one})}", one == current) for one in codes]


def _address(level: dict[str, str], day: date, part: str) -> str:
    query = {**level, "on": day.isoformat(), "part": part}
    return f"{reverse('insights:statistics')}?{urlencode(query)}"


def _head(found: Statistics) -> parts.Head:
    title = _("%(level)s统计表") % {"level": found.level.name}
    lead = _("截至 %(day)s。每个数字都能打开背后的名单。") % {"day": formats.write_day(found.day)}
    url = statistics_url(found.level, found.day, "insights:statistics_workbook")
    action = parts.Action(_("导出表格"), url, "main", "export")
    return parts.Head(title, _("统计表"), "report", lead, actions=(action,))


def _figure(found: Statistics, population: Population) -> parts.Figure:
    figure = found.whole(population)
    value = figure.text if figure.count is None else figure.count
    return parts.Figure(figure.label, value, figure.url, found.day, unit=UNITS[population])


def _content(found: Statistics, part: str) -> dict[str, object]:
    # One step down at a time: a county has hundreds of villages. The sheet and the report have them all.
    if part == "areas":
        return {"places": by_area(found).down_to(0)}
    if part == "branches":
        return {"places": by_organization(found).down_to(1)}
    tables = found.breakdowns_of(*PARTS[part][1])
    return {
        "tables": [(table, chart(found, table) if is_drawn(table) else None) for table in tables],
        "balanced": all(table.balance.holds for table in tables),
    }
