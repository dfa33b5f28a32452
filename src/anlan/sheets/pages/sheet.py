"""How one sheet is read: its first lines, its kind, its header, what each column means; corrected by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.sheets.actions.layout_remember import layout_remember
from anlan.sheets.forms import LEFT_OUT, SheetForm
from anlan.sheets.instructions import Correction, Instructions
from anlan.sheets.models import ImportDraft
from anlan.sheets.pages.draft import change_draft
from anlan.sheets.pages.shown import BY_WORDS, batch_url, import_crumbs, sheet_names
from anlan.sheets.previews import preview_of_draft
from anlan.sheets.queries import own_draft
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.parts import Head
from anlan.web.responses import problems_to_form_errors, redirect, refused_form

_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class SketchRow:
    """One of the first rows of a sheet: its number, its cells, whether it is part of the header."""

    number: int
    cells: Sequence[str]
    is_header: bool


@require_http_methods(["GET", "HEAD", "POST"])
@reader("sheets.draft_change")
def sheet(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> HttpResponse:
    """The form of one sheet; after it the draft, checked anew."""
    draft = own_draft(actor, uid)
    preview = preview_of_draft(draft)
    if preview is None:
        return redirect(request, batch_url(uid))
    if number >= len(preview.told["sheets"]):
        raise NotFound(f"sheet {number} of {uid}")
    told = preview.told["sheets"][number]
    name = next(file["name"] for file in preview.told["files"] if file["number"] == told["file"])
    known = told["kind"] or told["guess"] or ""
    form = SheetForm(
        request.POST or None, columns=told["columns"], known=known, initial=_initial(draft, told)
    )
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["as_of"]
        if day is not None and day > timezone.localdate():
            form.problems.append(Problem("date.future", "as_of", {"day": day.isoformat()}))
        if not form.problems:
            return _save(request, actor, draft, told, form)
        problems_to_form_errors(form, form.problems)
    title, note = sheet_names(name, told["sheet"])
    context = {
        "form": form,
        "told": told,
        "title": title,
        "head": Head(title, note, "import" if note else "", lead=_lead(told)),
        "crumbs": import_crumbs(Crumb(_("这次导入"), batch_url(uid)), title),
        "rows": _sketch(told),
        "columns": list(zip(_samples(told), _guessed(told), form.column_fields, strict=False)),
        "back": batch_url(uid),
    }
    if form.is_bound:
        return refused_form(request, "sheets/sheet.html", context)
    return render(request, "sheets/sheet.html", context)


def _initial(draft: ImportDraft, told: Mapping[str, Any]) -> dict[str, Any]:
    asked = Instructions.from_json(draft.settings).corrections.get((told["file"], told["sheet"]))
    first, last = told["header"]
    left_out = asked is not None and asked.kind == ""
    return {
        "kind": LEFT_OUT if left_out else told["kind"] or told["guess"] or "",
        "header_first": first + 1 if last >= first else None,
        "header_last": last + 1 if last >= first else None,
        "as_of": asked.as_of if asked is not None else None,
        "remember": True,
    }


def _lead(told: Mapping[str, Any]) -> str:
    if told["kind"] is None and not told["guess"]:
        return _("没有认出这是什么表。请指明种类，核对表头在第几行。")
    found = _("%(how)s。逐列核对，不对的改过来。") % {"how": BY_WORDS[told["by"]]}
    day = told["as_of"]
    return found + (_("表中写明数据日期 %(day)s。") % {"day": date.fromisoformat(day)} if day else "")


def _sketch(told: Mapping[str, Any]) -> list[SketchRow]:
    first, last = told["header"]
    return [SketchRow(at + 1, cells, first <= at <= last) for at, cells in enumerate(told["sketch"])]


def _samples(told: Mapping[str, Any]) -> list[str]:
    """What the first lines hold, column by column."""
    below = told["sketch"][told["header"][1] + 1 :]
    found = []
    for at in range(len(told["columns"])):
        cells = [row[at] for row in below if at < len(row) and row[at]]
        found.append("、".join(list(dict.fromkeys(cells))[:_SAMPLES]))
    return found


def _guessed(told: Mapping[str, Any]) -> list[bool]:
    """Whether each column's meaning was guessed from its cells, and so is worth a second look."""
    return [bool(column["field"]) and not column["sure"] for column in told["columns"]]


def _save(
    request: HttpRequest, actor: PersonActor, draft: ImportDraft, told: Mapping[str, Any], form: SheetForm
) -> HttpResponse:
    kind = form.cleaned_data["kind"]
    correction = Correction(
        kind="" if kind == LEFT_OUT else kind,
        header=form.header if _header_differs(told, form) else _header_before(draft, told),
        columns=form.columns if form.keeps_columns and not _header_differs(told, form) else None,
        as_of=form.cleaned_data["as_of"],
    )
    if correction.columns is not None and form.cleaned_data["remember"] and told["fingerprint"]:
        try:
            layout_remember(
                actor,
                fingerprint=told["fingerprint"],
                kind=kind,
                columns=correction.columns,
                headers=told["headers"],
                header_rows=correction.header[1] - correction.header[0] + 1 if correction.header else 0,
            )
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            messages.success(request, _("已记住这种表的读法。"))
    asked = Instructions.from_json(draft.settings).corrected(told["file"], told["sheet"], correction)
    return change_draft(request, actor, draft, asked)


def _header_differs(told: Mapping[str, Any], form: SheetForm) -> bool:
    return form.header is not None and list(form.header) != list(told["header"])


def _header_before(draft: ImportDraft, told: Mapping[str, Any]) -> tuple[int, int] | None:
    """The header rows pointed out earlier, which still hold."""
    before = Instructions.from_json(draft.settings).corrections.get((told["file"], told["sheet"]))
    return before.header if before is not None else None
