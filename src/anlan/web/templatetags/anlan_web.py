"""Tags and filters every template has without loading them. No domain words and no queries."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anlan.web import formats
from anlan.web.charts import Chart
from anlan.web.icons import icon_svg

register = template.Library()

TONES = {"done": "done", "attention": "attention", "refused": "refused", "notice": "notice", "quiet": "quiet"}
_MESSAGE_TONES = {
    "debug": "quiet",
    "info": "notice",
    "success": "done",
    "warning": "attention",
    "error": "refused",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "search" %}``: one of our line drawings; with a label it speaks for itself."""
    return icon_svg(name, label)


@register.simple_tag
def state(word: str, tone: str = "quiet") -> SafeString:
    """``{% state "已办结" "done" %}``: a word with its icon; ``tone`` done, attention, refused, notice or
    quiet.
    """
    return format_html('<span class="state state-{}">{}{}</span>', TONES[tone], icon_svg(tone), word)


@register.inclusion_tag("web/parts/notice.html")
def notice(text: object, tone: str = "notice") -> dict[str, Any]:
    """``{% notice text "done" %}``: a sentence in a box. Takes our tones or the levels of messages."""
    tone = _MESSAGE_TONES.get(tone, tone)
    return {"text": text, "tone": TONES[tone], "icon_name": tone}


@register.filter
def day(value: object) -> str:
    """A day as 2026年6月30日, as exactly as it is known (date, datetime, PartialDate, None)."""
    return formats.write_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as 2026年6月30日 14:05."""
    return formats.write_moment(value)


@register.filter
def as_of(value: object) -> str:
    """«截至 2026年6月30日», the day beside every figure."""
    return _("截至 %(day)s") % {"day": formats.write_day(value)}


@register.filter
def thousands(value: object) -> str:
    """A number with thousands; text stays as it is."""
    return formats.write_number(value)


@register.filter
def hours(value: timedelta | float | int | None) -> str:
    """Working time in hours or minutes."""
    return formats.write_hours(value)


@register.filter
def person_hours(value: float | int | None) -> str:
    """People times hours."""
    return formats.write_person_hours(value)


@register.filter
def days_left(value: int | None) -> str:
    """Working days left or over."""
    return formats.write_days_left(value)


@register.filter
def masked(value: str | None, kind: str) -> str:
    """``{{ plain|masked:"id_number" }}``: a protected value with its middle hidden."""
    return formats.write_masked(value, kind)


@register.simple_tag(takes_context=True)
def query_link(context: Context, **changes: object) -> str:
    """``{% query_link page=2 %}``: this address with some parameters changed, the others kept.

    None or "" removes a parameter. Changing anything but the page goes back to the first page.
    """
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path


@register.inclusion_tag("web/parts/as_of.html", takes_context=True)
def as_of_picker(context: Context, on: date) -> dict[str, Any]:
    """``{% as_of_picker on %}``: the day shown, with a way to another (``?on=``), the rest kept."""
    request: HttpRequest = context["request"]
    kept = [(name, value) for name, value in request.GET.items() if name not in {"on", "page"} and value]
    return {"on": on, "kept": kept, "path": request.path}


@register.inclusion_tag("web/parts/print_unit.html", takes_context=True)
def print_unit(context: Context, on: date | None = None) -> dict[str, Any]:
    """``{% print_unit on %}``: the unit line of paper: whose it is, as of when, who printed it and when."""
    shell = context["shell"]
    return {"unit": shell.county, "on": on, "printed": formats.printed_by(shell.actor)}


@register.simple_tag(takes_context=True)
def render_panel(context: Context, panel: Any) -> SafeString:
    """The body of a panel: its template with what its ``context`` gave, inside the page's context."""
    page = context.template
    if page is None:
        raise RuntimeError("a panel is rendered inside a page")
    with context.push(**panel.data):
        return page.engine.get_template(panel.template).render(context)


@register.simple_tag
def chart(drawing: Chart) -> SafeString:
    """``{% chart drawing %}``: a chart made by ``anlan.web.charts``, with its table behind a toggle."""
    return render_to_string(f"web/charts/{drawing.kind}.html", {"chart": drawing})


@register.inclusion_tag("web/parts/figure.html")
def figure(
    label: str, value: object, url: str = "", on: date | None = None, note: str = "", unit: str = ""
) -> Any:
    """``{% figure "移民人口" 68426 url on=day %}``: a figure that leads to its records, with its day."""
    return {"figure": {"label": label, "value": value, "url": url, "on": on, "note": note, "unit": unit}}
