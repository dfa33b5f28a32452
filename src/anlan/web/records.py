"""The page of one record: head with three facts, actions, panels from any app, history as a timeline."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from anlan.kernel.partial_dates import PartialDate
from anlan.web.context import Crumb
from anlan.web.parts import Action, Fact, Head, State, Table, Tone

Text = str | Promise
PanelContext = Callable[[Any, Any, date], Mapping[str, Any] | None]

FACTS = "web/panels/facts.html"
TIMELINE = "web/panels/timeline.html"
TABLE = "web/panels/table.html"
WORK = "web/panels/work.html"
CHART = "web/panels/chart.html"


def _everybody(actor: Any, record: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of a kind of record.

    ``context`` gets actor, record and day and answers what the template needs, or None to leave the panel out
    on this record. ``template`` may be one of ours: ``FACTS`` (facts), ``TIMELINE`` (items), ``TABLE``
    (table), ``WORK`` (items), ``CHART`` (chart), each with an optional ``more_url`` and ``more_label``.
    ``place`` ``side`` is the column of what is next.
    """

    code: str
    title: Text
    template: str
    context: PanelContext
    order: int = 100
    place: Literal["main", "side"] = "main"
    visible_for: Callable[[Any, Any], bool] = _everybody
    flush: bool = False


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with what it shows on one record."""

    code: str
    title: Text
    template: str
    data: Mapping[str, Any]
    place: str
    flush: bool


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened: when (as exactly as known), what, in whose hands, where it leads."""

    when: date | datetime | PartialDate
    title: Text
    text: Text = ""
    link: str = ""
    who: Text = ""
    tone: Tone | Literal[""] = ""


@dataclass(slots=True)
class RecordPage:
    """What the page of one record shows besides its panels.

    ``kind`` is the name under which panels are registered; ``facts`` are the up to three facts people ask
    first. ``on`` is the day asked for where it is not today (the page says so); a ``dated`` page offers to
    look at another day.
    """

    kind: str
    title: Text
    eyebrow: Text = ""
    icon: str = ""
    lead: Text = ""
    states: Sequence[State] = ()
    facts: Sequence[Fact] = ()
    actions: Sequence[Action] = ()
    crumbs: Sequence[Crumb] = ()
    on: date | None = None
    dated: bool = False
    panels: list[ShownPanel] = field(default_factory=list)

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.title,
            self.eyebrow,
            self.icon,
            self.lead,
            tuple(self.states),
            tuple(self.facts),
            tuple(self.actions),
        )

    @property
    def main_panels(self) -> list[ShownPanel]:
        """The panels of the wide column."""
        return [panel for panel in self.panels if panel.place == "main"]

    @property
    def side_panels(self) -> list[ShownPanel]:
        """The panels of the column beside it."""
        return [panel for panel in self.panels if panel.place == "side"]


_panels: dict[str, dict[str, Panel]] = {}


def register_panel(kind: str, panel: Panel) -> None:
    """Add a panel to every page of a kind of record (called in ``AppConfig.ready``).

    The kind may belong to an app below that does not know of the panel. A code is registered once a kind.
    """
    known = _panels.setdefault(kind, {})
    if panel.code in known:
        raise ValueError(f"panel {panel.code} of {kind} is registered twice")
    known[panel.code] = panel


def panels_for(kind: str, actor: Any, record: Any, on: date) -> list[ShownPanel]:
    """The panels this actor sees on this record as of the day, in their order."""
    shown = []
    for panel in sorted(_panels.get(kind, {}).values(), key=lambda one: (one.order, one.code)):
        if not panel.visible_for(actor, record):
            continue
        data = panel.context(actor, record, on)
        if data is not None:
            shown.append(ShownPanel(panel.code, panel.title, panel.template, data, panel.place, panel.flush))
    return shown


def render_record(
    request: HttpRequest,
    record: Any,
    page: RecordPage,
    on: date,
    *,
    template: str = "web/record.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a record as of ``on``. The caller has loaded the record inside the actor's range."""
    page.panels = [*page.panels, *panels_for(page.kind, getattr(request, "actor", None), record, on)]
    return render(request, template, {"record": record, "page": page, "on": on, **(context or {})})


def facts_panel(code: str, title: Text, facts: Sequence[Fact], *, place: str = "main") -> ShownPanel:
    """A panel of facts of the record's own app."""
    return ShownPanel(code, title, FACTS, {"facts": facts}, place, flush=False)


def table_panel(
    code: str, title: Text, table: Table, *, more_url: str = "", more_label: Text = ""
) -> ShownPanel:
    """A panel with a small table of the record's own app."""
    data = {"table": table, "more_url": more_url, "more_label": more_label}
    return ShownPanel(code, title, TABLE, data, "main", flush=True)


def timeline_panel(
    code: str, title: Text, items: Sequence[TimelineItem], *, more_url: str = ""
) -> ShownPanel:
    """A panel with what happened, newest first as given."""
    return ShownPanel(code, title, TIMELINE, {"items": items, "more_url": more_url}, "main", flush=False)
