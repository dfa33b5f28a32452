"""One parameter: its values by place and time, what is coming, who set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.accounts.parameter_words import label_of, place_names, topic_label, write_value
from anlan.accounts.queries.parameters import (
    DatedValue,
    dated_values,
    next_changes,
    own_path,
    values_in_force,
    visible_values,
)
from anlan.accounts.tables.parameters import since
from anlan.kernel import parameters
from anlan.kernel.actors import PersonActor
from anlan.kernel.parameter_actions import SET, WITHDRAW
from anlan.kernel.parameters import Parameter
from anlan.kernel.permissions import holds, ranges_for
from anlan.kernel.problems import NotFound
from anlan.web.context import Crumb, read_day
from anlan.web.doors import reader
from anlan.web.formats import write_day
from anlan.web.parts import Action, Fact, State
from anlan.web.records import RecordPage, ShownPanel, TimelineItem, facts_panel, render_record

STATES = {"now": "done", "coming": "attention", "past": "quiet"}


@dataclass(frozen=True, slots=True)
class ParameterRecord:
    """A parameter as the record of changes knows it."""

    code: str

    @property
    def pk(self) -> int:
        """The number its history is kept under."""
        return parameters.record_number(self.code)


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One line of the table of values; addresses are "" where the actor may not."""

    number: int
    place: str
    text: str
    first_day: str
    last_day: str
    state: State
    source: str
    note: str
    shipped: bool
    correct_url: str
    withdraw_url: str


def find_parameter(code: str) -> Parameter:
    """The declared parameter; ``NotFound`` for anything else."""
    if code not in parameters.declared():
        raise NotFound(f"parameter {code}")
    return parameters.find(code)


def parameter_page(code: str) -> str:
    """The address of a parameter's page."""
    return reverse("accounts:parameter", args=[code])


@reader("kernel.parameter_view")
def parameter(request: HttpRequest, actor: PersonActor, code: str) -> HttpResponse:
    """A parameter: what holds here, all its dated values by place, its history."""
    found = find_parameter(code)
    today = timezone.localdate()
    asked = read_day(request.GET.get("on", ""))
    day = asked or today
    path = own_path(actor, day)
    row = values_in_force(path, day).get(code)
    facts = (
        Fact(_("现在的值") if day == today else _("当时的值"), write_value(found, row.value) if row else ""),
        Fact(_("从哪天起"), since(row.valid_from) if row else ""),
        Fact(_("适用范围"), place_names([row.path])[row.path] if row else ""),
    )
    page = RecordPage(
        kind="parameter",
        title=label_of(code),
        eyebrow=_("参数：%(topic)s") % {"topic": topic_label(code)},
        icon="settings",
        lead=found.note,
        facts=facts,
        actions=_actions(actor, code),
        crumbs=(Crumb(_("参数"), reverse("accounts:parameters")), Crumb(label_of(code))),
        on=asked if asked != today else None,
        dated=True,
        panels=[
            _values_panel(actor, found, today),
            _coming_panel(found, path, today),
            facts_panel("about", _("这项参数"), _about(found, row.source if row else ""), place="side"),
        ],
    )
    return render_record(request, ParameterRecord(code), page, day)


def _about(found: Parameter, source: str) -> Sequence[Fact]:
    default = write_value(found, parameters.stored(found, found.default))
    return (
        Fact(_("依据"), source),
        Fact(_("系统默认"), default, note=str(found.source)),
        Fact(_("适用"), _("可按乡镇、村分别规定") if found.by_area else _("全县统一")),
    )


def _actions(actor: PersonActor, code: str) -> tuple[Action, ...]:
    if not holds(actor, SET):
        return ()
    return (Action(_("修改参数"), reverse("accounts:parameter_set", args=[code]), "main", "edit"),)


def _values_panel(actor: PersonActor, found: Parameter, today: date) -> ShownPanel:
    told = dated_values(visible_values(actor, found.code))
    names = place_names([one.row.path for one in told])
    rows = [_shown(actor, found, one, names[one.row.path], today) for one in told]
    data = {"values": rows, "acting": any(row.correct_url or row.withdraw_url for row in rows)}
    return ShownPanel("values", _("各处各时的值"), "accounts/parameter_values.html", data, "main", flush=True)


def _shown(actor: PersonActor, found: Parameter, one: DatedValue, place: str, today: date) -> ShownValue:
    row, state = one.row, one.state_on(today)
    may_set, may_withdraw = (may_change(actor, verb, row.path) for verb in (SET, WITHDRAW))
    words = {"now": _("现行"), "coming": _("还没到"), "past": _("已过")}
    query = urlencode({"path": row.path, "day": row.valid_from.isoformat()})
    withdraw = may_withdraw and state == "coming" and not row.shipped
    return ShownValue(
        number=row.pk,
        place=place,
        text=write_value(found, row.value),
        first_day=since(row.valid_from),
        last_day=write_day(one.last_day) if one.last_day else "",
        state=State(words[state], STATES[state]),  # type: ignore[arg-type]
        source=row.source,
        note=row.note,
        shipped=row.shipped,
        correct_url=f"{reverse('accounts:parameter_set', args=[found.code])}?{query}"
        if may_set and state != "past" and not row.shipped
        else "",
        withdraw_url=reverse("accounts:parameter_withdraw", args=[found.code, row.pk]) if withdraw else "",
    )


def may_change(actor: PersonActor, permission: str, path: str) -> bool:
    """Whether an actor may change the value of a place, as the action asks."""
    ranges = ranges_for(actor, permission)
    return any(reach.tree == "area" and (reach.is_whole or reach.holds(path)) for reach in ranges)


def _coming_panel(found: Parameter, path: str, today: date) -> ShownPanel:
    items: list[TimelineItem] = []
    day = today
    while (change := next_changes([found.code], path, day).get(found.code)) is not None:
        day, value = change
        items.append(TimelineItem(day, write_value(found, value), tone="attention"))
    if not items:
        told = [Fact(_("变化"), _("没有已经定下的变化"))]
        return facts_panel("coming", _("接下来"), told, place="side")
    return ShownPanel(
        "coming", _("接下来"), "web/panels/timeline.html", {"items": items}, "side", flush=False
    )
