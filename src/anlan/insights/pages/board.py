"""The board: the places of a level by key figures, what has changed since, and the way one level down."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.insights.pages.asked import asked, level_trail, refused_page
from anlan.insights.queries.breakdowns import BOARD_COLUMNS, Text
from anlan.insights.queries.levels import STATISTICS_VIEW, level_of
from anlan.insights.queries.places import PlaceRow, PlaceTable, by_area, by_organization
from anlan.insights.queries.statistics import HIDDEN, Figure, Statistics
from anlan.insights.rules import day_before
from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import Refused
from anlan.places.rules import VILLAGES
from anlan.places.tables import area_url
from anlan.registers.dimensions.organizations import ELECTION, OVERDUE
from anlan.web import formats, parts
from anlan.web.board import Board, BoardCell, BoardRow
from anlan.web.doors import reader

SINCE: Mapping[str, Text] = {
    "year": gettext_lazy("比一年前"),
    "month": gettext_lazy("比一个月前"),
    "none": gettext_lazy("不比较"),
}
NEEDS_DOING = f"organizations_{ELECTION.code}_{OVERDUE}"
_LAST = frozenset(kind.value for kind in VILLAGES)


@reader(STATISTICS_VIEW)
def board(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The board of a level on a day, compared to a year or a month earlier (``?since=``)."""
    try:
        found = asked(request, actor)
    except Refused as refused:
        return refused_page(request, refused, _("看板"), reverse("insights:board"))
    since = request.GET.get("since", "")
    since = since if since in SINCE else "year"
    table = _table(found)
    earlier = _earlier(found, since)
    shown = _board(found, table, earlier)
    context = {
        "head": _head(found),
        "crumbs": level_trail(found, lambda level: _address(level, found.day, since)),
        "board": shown,
        "on": found.day,
        "tabs": [
            {"label": label, "url": _address(found.level.query, found.day, code), "current": code == since}
            for code, label in SINCE.items()
        ],
        "hides": any(cell.text == HIDDEN for row in shown.rows for cell in row.cells),
    }
    return render(request, "insights/board.html", context)


def _table(found: Statistics) -> PlaceTable:
    if found.level.tree == "area":
        return by_area(found, BOARD_COLUMNS).down_to(0)
    return by_organization(found).down_to(1)


def _earlier(found: Statistics, since: str) -> Statistics | None:
    """The same level on the day compared to; None where it did not exist then."""
    before = day_before(found.day, since)
    if before is None:
        return None
    level = found.level
    area, organization = (level.key, "") if level.tree == "area" else ("", level.key)
    try:
        then = level_of(found.actor, before, area=area, organization=organization)
    except Refused:
        return None
    return Statistics(found.actor, then, before)


def _board(found: Statistics, table: PlaceTable, earlier: Statistics | None) -> Board:
    then = _table(earlier) if earlier is not None else None
    known = {row.key: row for row in then.rows} if then is not None else {}
    rows = [_row(found, row, known.get(row.key)) for row in table.rows]
    total = _row(found, table.total, then.total if then is not None else None)
    titles = [column.title for column in table.columns]
    return Board(titles, rows, total, found.day, earlier.day if earlier is not None else None)


def _row(found: Statistics, row: PlaceRow, earlier: PlaceRow | None) -> BoardRow:
    then = {figure.code: figure.count for figure in earlier.figures} if earlier is not None else {}
    cells = [_cell(figure, then.get(figure.code)) for figure in row.figures]
    return BoardRow(row.name, _down(found, row), cells)


def _cell(figure: Figure, then: int | None) -> BoardCell:
    # A hidden figure has no count, and a change since one would tell it.
    change = figure.count - then if figure.count is not None and then is not None else None
    url = figure.url if figure.count else ""
    tone: parts.Tone | None = "attention" if figure.code == NEEDS_DOING and figure.count else None
    return BoardCell(figure.text, url, change, tone)


def _down(found: Statistics, row: PlaceRow) -> str:
    """One level down: from a township to its villages; a village and an organisation have their own page."""
    level = row.level
    if level.tree != "area":
        return reverse("registers:organization", args=[level.key])
    return area_url(level.key) if level.kind in _LAST else _address({"area": level.key}, found.day)


def _address(level: Mapping[str, str], day: date, since: str = "") -> str:
    query = {**level, "on": day.isoformat(), **({"since": since} if since else {})}
    return f"{reverse('insights:board')}?{urlencode(query)}"


def _head(found: Statistics) -> parts.Head:
    title = _("%(level)s看板") % {"level": found.level.name}
    lead = _("截至 %(day)s。点数字看名单，点名称看下一级。") % {"day": formats.write_day(found.day)}
    query = urlencode({**found.level.query, "on": found.day.isoformat()})
    statistics = parts.Action(_("统计表"), f"{reverse('insights:statistics')}?{query}", icon="report")
    return parts.Head(title, _("看板"), "score", lead, actions=(statistics,))
