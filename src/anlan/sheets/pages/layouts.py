"""Remembered layouts: how sheets with a certain header are read."""

from typing import Any

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anlan.kernel import protection
from anlan.kernel.actors import PersonActor
from anlan.sheets.actions.layout_remember import layout_forget
from anlan.sheets.kinds import kind_of
from anlan.sheets.models import SheetLayout
from anlan.sheets.pages.shown import import_crumbs, kind_words
from anlan.sheets.queries import layout_by_number
from anlan.web.doors import reader
from anlan.web.parts import Action, Empty, Head
from anlan.web.responses import redirect


@require_safe
@reader("sheets.layout_remember")
def layouts(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """All remembered layouts, the latest first."""
    title = _("记住的读法")
    context = {
        "title": title,
        "head": Head(title, icon="import", lead=_("表头相同的表，无论谁在哪里导入，都按这里的读法。")),
        "crumbs": import_crumbs(title),
        "layouts": [_shown(row) for row in SheetLayout.objects.all()],
        "empty": Empty(
            _("还没有记住的读法"),
            _("导入时核对列并保存，就会记住。"),
            Action(_("导入表格"), reverse("sheets:upload"), "main", "import"),
        ),
    }
    return render(request, "sheets/layouts.html", context)


def _shown(row: SheetLayout) -> dict[str, Any]:
    headers: list[str] = orjson.loads(protection.open_bytes(row.headers))
    kind = kind_of(row.kind)
    pairs = []
    for column, name in sorted(row.columns.items(), key=lambda pair: int(pair[0])):
        at, spec = int(column), kind.spec(name) if kind else None
        header = headers[at] if at < len(headers) and headers[at] else _("第 %(at)d 列") % {"at": at + 1}
        pairs.append((header, spec.words[0] if spec else name))
    return {"row": row, "kind": kind_words(row.kind), "pairs": pairs}


@require_POST
@reader("sheets.layout_forget")
def forget(request: HttpRequest, actor: PersonActor, number: int) -> HttpResponse:
    """Forget a layout: such sheets are recognised as usual again."""
    layout_forget(actor, layout=layout_by_number(number))
    messages.success(request, _("已忘掉。以后这种表重新自动识别。"))
    return redirect(request, reverse("sheets:layouts"))
