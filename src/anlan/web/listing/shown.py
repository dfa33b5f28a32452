"""What the template of a list shows: links that change one thing and keep the rest, rows of cells, pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.icons import icon_svg
from anlan.web.listing import views
from anlan.web.listing.areas import area_levels, area_trail
from anlan.web.listing.asked import Asked
from anlan.web.listing.columns import Column
from anlan.web.listing.filters import FEW, Filter
from anlan.web.listing.paging import Page
from anlan.web.parts import Empty, Head
from anlan.web.rules import kept_query

if TYPE_CHECKING:
    from anlan.web.listing.pages import Listing

Text = str | Promise
FIRST_FILTERS = 3
_TICK = '<input type="checkbox" form="bulk" name="row" value="{uid}" aria-label="{name}">'


@dataclass(frozen=True, slots=True)
class ShownHeading:
    """One heading: its word, the address that sorts by it, how it sorts now (as ``aria-sort``, or "")."""

    label: Text
    url: str
    sort: str
    css: str
    code: str


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One choice of a filter with its address."""

    label: Text
    url: str
    current: bool
    count: int | None
    id: str


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """One filter: a row of links, or a sheet of them when there are many."""

    label: Text
    choices: Sequence[ShownChoice]
    many: bool
    chosen: Text

    @property
    def html(self) -> SafeString:
        """The filter as HTML. Written here and not by the template, which costs five times as much."""
        label = escape(self.label)
        links = "".join(_choice(choice, at == 0) for at, choice in enumerate(self.choices))
        if self.many:
            summary = f"<summary>{escape(self.chosen)}{icon_svg('unfold')}</summary>"
            sheet = f'<div class="menu-sheet">{links}</div>'
            links = f'<details class="menu menu-start" data-menu>{summary}{sheet}</details>'
        return mark_safe(
            f'<div class="filter" role="group" aria-label="{label}">'
            f'<span class="filter-label" aria-hidden="true">{label}</span>'
            f'<div class="filter-choices">{links}</div></div>'
        )


def _choice(choice: ShownChoice, everything: bool) -> str:
    css = ' class="is-all"' if everything else ""
    here = ' aria-current="true"' if choice.current else ""
    count = ""
    if choice.count is not None:
        count = f'<span class="count">{escape(formats.write_number(choice.count))}</span>'
    start = f'<a id="{escape(choice.id)}" href="{escape(choice.url)}"{css}{here}>'
    return f"{start}{escape(choice.label)}{count}</a>"


@dataclass(frozen=True, slots=True)
class Chip:
    """Something the list is narrowed by, with the address without it."""

    label: Text
    value: Text
    url: str


class Shown:
    """A list as the template sees it."""

    def __init__(
        self, listing: "Listing[Any]", request: HttpRequest, actor: Any, asked: Asked, page: Page[Any]
    ) -> None:
        self._listing, self._request, self._actor = listing, request, actor
        self.asked, self.page = asked, page
        self.columns = [column for column in listing.columns if not column.sheet_only]
        self.code, self.title, self.search_hint = listing.code, listing.title, listing.search_hint
        self.dated = listing.dated

    def link(self, **changes: object) -> str:
        """The address with these parameters changed and the others kept; None or "" removes one."""
        kept = [(name, value) for name, value in self._query if name not in changes]
        kept += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
        return f"?{urlencode(kept)}" if kept else self._request.path

    @cached_property
    def _query(self) -> list[tuple[str, str]]:
        """What the address asks for, without the page: another filter begins at the first one."""
        query = self._request.GET
        return [(name, str(value)) for name in query if name != "page" for value in query.getlist(name)]

    @cached_property
    def head(self) -> Head:
        """The head of the page."""
        listing = self._listing
        return Head(
            listing.title, icon=listing.icon, lead=listing.lead, actions=tuple(listing.actions(self._actor))
        )

    @property
    def empty(self) -> Empty:
        """What stands here while there is nothing at all, with the first thing one can do about it."""
        told = self._listing.empty
        return told if told.action else replace(told, action=next(iter(self.head.actions), None))

    @cached_property
    def total(self) -> str:
        """How many rows, in words."""
        pattern = _("共 %(count)s %(unit)s") if self.page.exact else _("超过 %(count)s %(unit)s")
        return pattern % {"count": formats.write_number(self.page.total), "unit": self._listing.unit}

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chips)

    @cached_property
    def chips(self) -> list[Chip]:
        """What the list is narrowed by."""
        asked = self.asked
        chips = [Chip(_("查找"), asked.text, self.link(q=None))] if asked.text else []
        if asked.area is not None:
            chips.append(Chip(_("区划"), asked.area.label, self.link(area=None)))
        if asked.on_given:
            chips.append(Chip(_("截至"), formats.write_day(asked.on), self.link(on=None)))
        for one in self._listing.filters:
            if one.code in asked.chosen:
                chips.append(Chip(one.label, asked.chosen[one.code].label, self.link(**{one.code: None})))
        return chips

    @cached_property
    def notes(self) -> Sequence[str]:
        """What the list leaves out, in sentences."""
        return self._listing.notes(self._actor, self.asked)

    @cached_property
    def _views(self) -> views.ListViews:
        return views.ListViews(self._listing.code, self._request, self._actor)

    @cached_property
    def views(self) -> ShownFilter | None:
        """The saved views as a row of links, None where there are none."""
        found = self._views
        if not found.rows:
            return None
        shown = [ShownChoice(_("全部"), found.everything, not self.asked_for, None, "f-view-")]
        for row in found.rows:
            label = row.name if row.owner_id == found.user_id else f"{row.name}（{row.owner_label}）"
            here = row.query == self.asked_for
            shown.append(ShownChoice(label, found.url_of(row), here, None, f"f-view-{row.uid}"))
        chosen = next((choice.label for choice in shown if choice.current), _("未保存的条件"))
        return ShownFilter(_("视图"), shown, len(shown) > FEW + 1, chosen)

    @cached_property
    def asked_for(self) -> str:
        """What a view of the list as it is now would keep."""
        return kept_query(self._request.META.get("QUERY_STRING", ""))

    @property
    def save_view_url(self) -> str:
        """Where what narrows and orders the list is saved; "" for nothing and for what is a view already."""
        known = {row.query for row in self._views.rows}
        return "" if not self.asked_for or self.asked_for in known else self._views.save_url(self.asked_for)

    @property
    def manage_views_url(self) -> str:
        """Where views are named, chosen and dropped."""
        return self._views.manage_url

    @property
    def clear_url(self) -> str:
        """The list with nothing narrowed."""
        return self._views.everything

    @cached_property
    def words(self) -> str:
        """The query in words, for paper."""
        return self._listing.words(self.asked)

    @cached_property
    def printed_by(self) -> str:
        """Who prints, and when."""
        return formats.printed_by(self._actor)

    @cached_property
    def filters(self) -> list[ShownFilter]:
        """The filters as links."""
        offered = [one for one in self._listing.filters if self.asked.choices.get(one.code)]
        return [self._filter(one) for one in offered]

    @property
    def first_filters(self) -> list[ShownFilter]:
        """The filters always in sight; one more than these alone is not worth a fold."""
        return self.filters if len(self.filters) <= FIRST_FILTERS + 1 else self.filters[:FIRST_FILTERS]

    @property
    def more_filters(self) -> list[ShownFilter]:
        """The filters behind a fold."""
        return self.filters[len(self.first_filters) :]

    @property
    def more_chosen(self) -> bool:
        """Whether one of the folded filters narrows the list, so that the fold stands open."""
        return any(not filter.choices[0].current for filter in self.more_filters)

    @cached_property
    def trail(self) -> list[Crumb]:
        """The path of areas the list stands in; each step leads to the same list, one level up or down."""
        if not self._listing.area_field:
            return []
        levels = area_levels(self.asked.area, self._actor, self.asked.on)
        return area_trail(levels, lambda value: self.link(area=value))

    def _filter(self, one: Filter) -> ShownFilter:
        chosen = self.asked.chosen.get(one.code)
        shown = [
            ShownChoice(_("全部"), self.link(**{one.code: None}), chosen is None, None, f"f-{one.code}-")
        ]
        for choice in self.asked.choices[one.code]:
            url = self.link(**{one.code: choice.value})
            here = chosen is not None and choice.value == chosen.value
            shown.append(ShownChoice(choice.label, url, here, choice.count, f"f-{one.code}-{choice.value}"))
        return ShownFilter(one.label, shown, len(shown) > FEW + 1, chosen.label if chosen else _("全部"))

    @cached_property
    def headings(self) -> list[ShownHeading]:
        """The headings; a second press turns the order round, a third goes back to the usual one."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> ShownHeading:
        css = "is-number" if column.kind == "number" else ""
        if not column.sort_fields:
            return ShownHeading(column.label, "", "", css, column.code)
        now = self.asked.sort
        if now == column.code:
            return ShownHeading(
                column.label, self.link(sort=f"-{column.code}"), "ascending", css, column.code
            )
        if now == f"-{column.code}":
            return ShownHeading(column.label, self.link(sort=None), "descending", css, column.code)
        return ShownHeading(column.label, self.link(sort=column.code), "", css, column.code)

    @cached_property
    def body(self) -> SafeString:
        """The rows as HTML. Written here and not by the template, which costs three times as much."""
        day = self.asked.on if self.asked.on_given else None
        ticks = bool(self.bulk_url)
        writers = [_cell_writer(column, at == 0, day, ticks) for at, column in enumerate(self.columns)]
        rows = (f'<tr role="row">{"".join(write(row) for write in writers)}</tr>' for row in self.page.rows)
        return mark_safe("\n".join(rows))

    @cached_property
    def bulk_url(self) -> str:
        """Where many rows are changed at once, "" where they are not: only today's, and only by some."""
        return "" if self.asked.on_given else self._listing.bulk_url(self._actor)

    @property
    def filter_fields(self) -> list[tuple[str, str]]:
        """The filter of the list, to be sent along with the ticked rows."""
        kept = ((name, value) for name, value in self._request.GET.items() if name not in {"page", "sort"})
        return [(name, str(value)) for name, value in kept if value]

    @cached_property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the search field has to send along so that nothing else is lost."""
        kept = ((name, value) for name, value in self._request.GET.items() if name not in {"q", "page"})
        return [(name, str(value)) for name, value in kept if value]

    @property
    def export_url(self) -> str:
        """Where the same rows are taken out as a file."""
        query = self._request.GET.copy()
        query.pop("page", None)
        tail = f"?{query.urlencode()}" if query else ""
        return f"/export{self._request.path}{tail}"

    @property
    def previous(self) -> bool:
        """Whether there is a page before."""
        return self.page.number > 1

    @property
    def next(self) -> bool:
        """Whether there is a page behind."""
        return self.page.number < self.page.pages

    @property
    def previous_url(self) -> str:
        """The page before."""
        return self.link(page=self.page.number - 1 if self.page.number > 2 else None)

    @property
    def next_url(self) -> str:
        """The page behind."""
        return self.link(page=self.page.number + 1)

    @property
    def where(self) -> str:
        """Which page this is."""
        return _("第 %(number)s 页，共 %(pages)s 页") % {
            "number": formats.write_number(self.page.number),
            "pages": formats.write_number(self.page.pages),
        }

    @property
    def ends_at_limit(self) -> bool:
        """Whether this is the last page that can be turned to although there are more rows."""
        return not self.page.exact and not self.next


def _cell_writer(
    column: Column, first: bool, day: date | None = None, ticks: bool = False
) -> Callable[[Any], str]:
    """What writes the cells of one column; the first column names the row and is where the keyboard walks.

    With ``ticks`` a row can be ticked in its first cell.

    ``day`` is the day asked for: what a row leads to is shown as of that day too.
    """
    kept = f"?on={day.isoformat()}" if day is not None else ""
    kind = {"number": "is-number", "code": "is-code"}.get(column.kind, "")
    tag, mark = ("th", " data-row") if first else ("td", "")
    role = 'role="rowheader" scope="row"' if first else f'role="cell" data-label="{escape(column.label)}"'

    def write(row: Any) -> str:
        text, blank = column.on_screen(row)
        css = " ".join(
            word for word in ("is-first" if first else "", kind, "is-blank" if blank else "") if word
        )
        url = column.link(row) if column.link is not None and not blank else ""
        if url and "?" not in url:
            url += kept
        inside = f'<a href="{escape(url)}"{mark}>{text}</a>' if url else text
        if first and ticks:
            inside = _TICK.format(uid=row.uid, name=text) + inside
        shape = f' class="{css}"' if css else ""
        return f"<{tag} {role}{shape}>{inside}</{tag}>"

    return write
