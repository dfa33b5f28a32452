"""The lines of a sheet by what becomes of them, and those who are on none of the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.sheets.lines import RowProblem
from anlan.sheets.pages.shown import (
    OUTCOME_WORDS,
    batch_url,
    import_crumbs,
    kind_words,
    lines_url,
    sheet_names,
)
from anlan.sheets.preview_store import PAGE_ROWS, Preview
from anlan.sheets.previews import preview_of_batch, preview_of_draft
from anlan.sheets.queries import batch_by_uid, draft_by_uid
from anlan.sheets.readers import reader_of
from anlan.sheets.results import reason_words, row_message
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.listing.shown import ShownChoice, ShownFilter
from anlan.web.pager import Pager
from anlan.web.parts import Head


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: its row, its cells by heading, its page, what is wrong with it, what it changes."""

    row: int
    cells: Sequence[tuple[str, str]]
    url: str
    problems: Sequence[tuple[str, str, str]]
    """(level, column, sentence)"""
    changes: Sequence[tuple[str, str, str]]
    """(column, before, after)"""


def _preview(actor: PersonActor, uid: UUID) -> Preview:
    """What is kept of an import's lines; ``NotFound`` where nothing is, or outside the actor's range."""
    batch = batch_by_uid(actor, uid)
    found = preview_of_batch(uid) if batch else preview_of_draft(draft_by_uid(actor, uid))
    if found is None:
        raise NotFound(f"lines of {uid}")
    return found


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A number asked for in the address, at most ``most``; 0 where there is none."""
    text = request.GET.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 8 else 0


@never_cache
@require_safe
@reader("sheets.import_view")
def lines(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> HttpResponse:
    """A page of the lines of one sheet that come to one thing (``?outcome=``)."""
    preview = _preview(actor, uid)
    if number >= len(preview.told["sheets"]) or preview.told["sheets"][number]["kind"] is None:
        raise NotFound(f"sheet {number} of {uid}")
    told = preview.told["sheets"][number]
    counts = {code: preview.count(f"lines-{number}-{code}") for code in OUTCOME_WORDS}
    outcome = request.GET.get("outcome", "")
    if outcome not in OUTCOME_WORDS:
        outcome = next((code for code, count in counts.items() if count), "added")
    reasons = told["reasons"].get(outcome, ())
    reason = _number(request, "reason", len(reasons)) if len(reasons) > 1 else 0
    name = f"lines-{number}-{outcome}-{reason}" if reason else f"lines-{number}-{outcome}"
    count = preview.count(name)
    page = max(_number(request, "page", -(-count // PAGE_ROWS)), 1)
    rows = preview.rows(name, page)
    path = reverse("sheets:lines", args=[uid, number])
    files = {file["number"]: file["name"] for file in preview.told["files"]}
    title, note = sheet_names(files.get(told["file"], ""), told["sheet"])
    context = {
        "title": title,
        "head": Head(title, kind_words(told["kind"]), "import", lead=note),
        "crumbs": import_crumbs(Crumb(_("这次导入"), batch_url(uid)), title),
        "filters": [_filter(path, counts, outcome), *_reason_filter(uid, number, outcome, reasons, reason)],
        "outcome": outcome,
        "total": _("共 %(count)s 行") % {"count": formats.write_number(count)},
        "headings": told["shown"],
        "lines": _shown(actor, told, rows),
        "pager": Pager(page, count, PAGE_ROWS, f"{lines_url(uid, number, outcome, reason)}&"),
        "tells": outcome in ("changed", "refused", "warned", "duplicate"),
    }
    return render(request, "sheets/lines.html", context)


def _filter(path: str, counts: Mapping[str, int], outcome: str) -> ShownFilter:
    choices = [
        ShownChoice(word, f"{path}?outcome={code}", code == outcome, counts[code], f"f-outcome-{code}")
        for code, word in OUTCOME_WORDS.items()
    ]
    return ShownFilter(_("结果"), choices, False, OUTCOME_WORDS[outcome])


def _reason_filter(
    uid: UUID, number: int, outcome: str, reasons: Sequence[Sequence[Any]], chosen: int
) -> list[ShownFilter]:
    """The choice of a reason, where there are several."""
    if len(reasons) < 2:
        return []
    every = _("全部")
    choices = [ShownChoice(every, lines_url(uid, number, outcome), not chosen, None, "f-reason-0")]
    for place, (reason, count) in enumerate(reasons, 1):
        words, url = reason_words(reason), lines_url(uid, number, outcome, place)
        choices.append(ShownChoice(words, url, place == chosen, count, f"f-reason-{place}"))
    return [ShownFilter(_("原因"), choices, False, str(choices[chosen].label))]


def _shown(actor: PersonActor, told: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> list[LineShown]:
    links = reader_of(told["kind"]).links(actor, [row[1] for row in rows if row[1]])
    return [
        LineShown(
            row=row_number,
            cells=list(zip(told["shown"], cells, strict=False)),
            url=links.get(key, ""),
            problems=[
                (level, column, row_message(RowProblem(0, column, code, level, params)))
                for level, column, code, params in problems
            ],
            changes=[(column, before, after) for column, before, after in changes],
        )
        for row_number, key, cells, problems, changes in rows
    ]


@never_cache
@require_safe
@reader("sheets.import_view")
def absent(request: HttpRequest, actor: PersonActor, uid: UUID, kind: str) -> HttpResponse:
    """Who stands in the register but on none of the lists of this import."""
    preview = _preview(actor, uid)
    name = f"absent-{kind}"
    count = preview.count(name)
    if not count:
        raise NotFound(f"{name} of {uid}")
    page = max(_number(request, "page", -(-count // PAGE_ROWS)), 1)
    rows = preview.rows(name, page)
    links = reader_of(kind).links(actor, [row[0] for row in rows])
    path = reverse("sheets:absent", args=[uid, kind])
    title = _("名册中有、表中没有")
    context = {
        "title": title,
        "head": Head(
            title,
            kind_words(kind),
            "import",
            lead=_("导入不会改动他们。去世、迁走、转出的，请在各自的页面办理。"),
        ),
        "crumbs": import_crumbs(Crumb(_("这次导入"), batch_url(uid)), title),
        "total": _("共 %(count)s 人") % {"count": formats.write_number(count)},
        "rows": [(links.get(key, ""), name_, place) for key, name_, place in rows],
        "pager": Pager(page, count, PAGE_ROWS, f"{path}?"),
    }
    return render(request, "sheets/absent.html", context)
