"""A list taken out as a file: why is asked first, who took what is kept, then the file is made.

``/list.csv`` and ``/list.xlsx`` with ``?reason=`` are for whoever has the address; the page ``/export/list/``
asks for the reason, offers the official layout and, to whoever may have them, full id numbers.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import quote, urlencode

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import Problem, sentence
from anlan.web import formats
from anlan.web.actions.export_take import export_take
from anlan.web.forms import AnlanForm
from anlan.web.listing import sheets
from anlan.web.listing.asked import Asked
from anlan.web.listing.layouts import Mark, SheetHead
from anlan.web.listing.workbook import write_workbook
from anlan.web.parts import Head
from anlan.web.responses import refused_form
from anlan.web.rules import LONGEST_REASON, kept_query, without_numbers

if TYPE_CHECKING:
    from anlan.web.listing.pages import Listing

FileForm = Literal["csv", "xlsx", "layout"]
OWN = "own"
REASONS = (
    ("check", gettext_lazy("核对底册")),
    ("report", gettext_lazy("上报上级")),
    ("work", gettext_lazy("走访、办事时用")),
    ("meeting", gettext_lazy("开会用")),
    ("audit", gettext_lazy("检查、审计")),
    (OWN, gettext_lazy("其他")),
)
WORKBOOK_ROWS_A_SECOND, CSV_ROWS_A_SECOND = 2_500, 4_000
"""How many rows a second go into a file: 68,426 residents took 29 and 17 seconds of one slow processor."""
LONG_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Taking:
    """One file to be made: in which form, why, with full numbers or not."""

    form: FileForm
    reason: str = ""
    full: bool = False


class ExportForm(AnlanForm):
    """Why, in which form, with which numbers."""

    form = forms.ChoiceField(label=gettext_lazy("格式"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=gettext_lazy("为什么导出"),
        choices=REASONS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("写进文件和导出记录，审计时能查到。"),
        error_messages={"required": gettext_lazy("请选一个理由。")},
    )
    words = forms.CharField(
        label=gettext_lazy("补充说明"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("选“其他”时必填，例如：县档案局调取 2026 年搬迁档案。"),
    )
    full = forms.BooleanField(
        label=gettext_lazy("写出完整的身份证号码和电话"),
        required=False,
        help_text=gettext_lazy("只在官方表样中有。不选就隐去中间几位。"),
    )

    def __init__(self, *args: Any, listing: "Listing[Any]", may_full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, object]] = [
            ("xlsx", _("Excel 表格：和清单一样的列")),
            ("csv", _("CSV：给别的软件用")),
        ]
        if listing.layout is not None:
            choices.insert(0, ("layout", _("官方表样：%(title)s") % {"title": listing.layout.title}))
        cast(forms.ChoiceField, self.fields["form"]).choices = choices
        self.initial.setdefault("form", choices[0][0])
        if not may_full:
            del self.fields["full"]

    def clean(self) -> dict[str, Any]:
        """Own words for 其他; full numbers only in the layout."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OWN and not cleaned.get("words", "").strip():
            self.add_error("words", sentence(Problem("export.reason_own")))
        return cleaned

    def taking(self) -> Taking:
        """What is asked for."""
        cleaned = self.cleaned_data
        word = "" if cleaned["reason"] == OWN else str(dict(REASONS)[cleaned["reason"]])
        reason = "：".join(part for part in (word, cleaned["words"].strip()) if part)
        full = bool(cleaned.get("full")) and cleaned["form"] == "layout"
        return Taking(cleaned["form"], reason, full)


def may_take_full(listing: "Listing[Any]", actor: Any) -> bool:
    """Whether the actor may have the list's full numbers somewhere."""
    return bool(listing.full_permission) and holds(actor, listing.full_permission)


def export_page(
    request: HttpRequest, listing: "Listing[Any]", actor: PersonActor, asked: Asked
) -> HttpResponseBase:
    """The form; sent, the file itself, and the page stays as it is in the browser."""
    may_full, count = may_take_full(listing, actor), listing.found(actor, asked).order_by().count()
    initial = {"form": request.GET["form"]} if request.GET.get("form") in ("csv", "xlsx", "layout") else {}
    form = ExportForm(request.POST or None, listing=listing, may_full=may_full, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = take(listing, actor, asked, form.taking())
        # By this the page's script sees that the file has begun to arrive.
        answer.set_cookie("anlan_export", request.POST.get("token", "")[:40], max_age=60, samesite="Lax")
        return answer
    context = {
        "head": Head(_("导出%(title)s") % {"title": listing.title}, icon="export"),
        "form": form,
        "rows": _("共 %(count)s %(unit)s") % {"count": formats.write_number(count), "unit": listing.unit},
        "words": listing.words(asked),
        "notes": listing.notes(actor, asked),
        "empty": count == 0,
        "long": how_long(count),
        "back": _back(request),
    }
    if request.method == "POST":
        return refused_form(request, "web/export.html", context)
    return render(request, "web/export.html", context)


def how_long(rows: int) -> str:
    """How long a long file takes, in words; "" for one that is made at once."""
    seconds = rows // WORKBOOK_ROWS_A_SECOND
    if seconds < LONG_SECONDS:
        return ""
    told = _("人数较多，Excel 文件大约 %(seconds)d 秒后开始下载；CSV 马上开始，大约 %(csv)d 秒下完。")
    return told % {"seconds": -(-seconds // 5) * 5, "csv": -(-rows // CSV_ROWS_A_SECOND)}


def _back(request: HttpRequest) -> str:
    query = kept_query(request.META.get("QUERY_STRING", ""))
    on = request.GET.get("on", "")
    tail = "&".join(part for part in (query, urlencode({"on": on}) if on else "") if part)
    path = request.path.removeprefix("/export")
    return f"{path}?{tail}" if tail else path


def take(listing: "Listing[Any]", actor: PersonActor, asked: Asked, taking: Taking) -> HttpResponseBase:
    """Note who takes what and why where it concerns persons, then answer the file."""
    now = timezone.now()
    if taking.full:
        listing.reads_full = True
    layout = listing.layout if taking.form == "layout" else None
    listing.laid_out = layout is not None
    words = without_numbers(listing.words(asked))
    if listing.personal:
        export_take(
            actor,
            taken_at=now,
            listing=listing.code,
            title=str(layout.title if layout else listing.title),
            form=taking.form,
            filter=words,
            rows=listing.found(actor, asked).order_by().count(),
            reason=taking.reason,
            full=taking.full,
        )
    notes = tuple(listing.notes(actor, asked))
    reason = without_numbers(taking.reason)[: 2 * LONGEST_REASON]
    mark = Mark(actor.label, formats.write_moment(now), words, reason, notes)
    if taking.form == "csv":
        return _csv(listing, actor, asked, mark)
    return _workbook(listing, actor, asked, mark, full=taking.full)


def _csv(listing: "Listing[Any]", actor: Any, asked: Asked, mark: Mark) -> StreamingHttpResponse:
    """All rows of the query, sent while they are read."""
    lines = sheets.csv_lines(listing.columns, listing.all_rows(actor, asked), mark, reveal=False)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = _attachment(listing, str(listing.title), asked, "csv")
    return answer


def _workbook(listing: "Listing[Any]", actor: Any, asked: Asked, mark: Mark, *, full: bool) -> FileResponse:
    """All rows of the query as a workbook: the official layout, or the list's own columns."""
    layout = listing.layout if listing.laid_out else None
    title = listing.layout_title(actor, asked) if layout else str(listing.title)
    second = listing.unit_line(actor, asked) if layout else mark.line
    head = SheetHead(title, second, mark, str(listing.unit))
    file = write_workbook(
        layout.columns if layout else listing.columns,
        listing.all_rows(actor, asked),
        head,
        layout=layout,
        reveal=full,
    )
    answer = FileResponse(
        file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = _attachment(listing, title, asked, "xlsx")
    return answer


def _attachment(listing: "Listing[Any]", title: str, asked: Asked, ending: str) -> str:
    name = f"{title}-{asked.on:%Y%m%d}.{ending}"
    return f"attachment; filename=\"{listing.code}.{ending}\"; filename*=UTF-8''{quote(name)}"


def refused_file(request: HttpRequest, faults: list[str]) -> HttpResponse:
    """A file with other rows than asked for would be believed; a page says what it left out."""
    return render(request, "400.html", {"sentences": faults}, status=400)
