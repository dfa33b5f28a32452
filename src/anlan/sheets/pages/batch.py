"""The page of one import, whatever has become of it; progress; taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Problem, Refused, sentence
from anlan.sheets.actions.import_undo import standing_in_the_way
from anlan.sheets.jobs import CHECK, UNDO, WRITE, ask_undo, is_unfinished, latest_job
from anlan.sheets.models import BatchState, ImportBatch
from anlan.sheets.pages.draft import draft_page
from anlan.sheets.pages.shown import (
    OUTCOME_WORDS,
    Doing,
    batch_state,
    batch_url,
    beside_of,
    failure_words,
    figures_of,
    files_in_words,
    import_crumbs,
    kind_words,
    reasons_of,
    sheet_names,
    sheets_of,
    totals_of,
)
from anlan.sheets.preview_store import Preview
from anlan.sheets.previews import preview_of_batch
from anlan.sheets.queries import batch_by_uid, draft_by_uid
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.history import stories
from anlan.web.parts import Action, Fact, Figure, Head
from anlan.web.responses import redirect


@never_cache
@reader("sheets.import_view")
def batch_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A written batch, or a draft on its way; 404 outside the actor's range."""
    batch = batch_by_uid(actor, uid)
    if batch is None:
        return draft_page(request, actor, draft_by_uid(actor, uid))
    run = latest_job(uid, UNDO, WRITE)
    title = _title(batch)
    context: dict[str, Any] = {"title": title, "crumbs": import_crumbs(title), "batch": batch}
    if run is not None and is_unfinished(run):
        context |= {"head": _head(batch, ()), "doing": Doing(run, uid)}
        return render(request, "sheets/doing.html", context)
    undoable = batch.state == BatchState.WRITTEN and holds(actor, "sheets.import_undo", batch)
    actions = (Action(_("撤回这一批"), reverse("sheets:undo", args=[uid]), icon="undo"),) if undoable else ()
    context |= {
        "head": _head(batch, actions),
        "failure": failure_words(run) if run is not None and run.name == UNDO else "",
        "stories": stories("import_batch", batch.pk),
        **_shown(actor, batch, preview_of_batch(uid)),
    }
    return render(request, "sheets/batch.html", context)


def _title(batch: ImportBatch) -> str:
    return files_in_words(batch.file_names) if batch.file_names else _("导入")


def _head(batch: ImportBatch, actions: tuple[Action, ...]) -> Head:
    when = formats.write_moment(batch.written_at) if batch.written_at else formats.write_day(batch.made_on)
    facts = (
        Fact(_("写入时间"), when),
        Fact(_("导入人"), batch.actor_label),
        Fact(_("审批人"), batch.approved_by)
        if batch.approved_by
        else Fact(_("内容"), _("、").join(map(kind_words, batch.kinds))),
    )
    return Head(
        _title(batch),
        _("导入"),
        "import",
        states=(batch_state(batch.state),),
        facts=facts,
        actions=actions,
    )


def _shown(actor: PersonActor, batch: ImportBatch, preview: Preview | None) -> dict[str, Any]:
    """Counts, and lines and returned sheets where they were kept."""
    names = ("added", "changed", "unchanged", "duplicates", "refused", "warned")
    words = list(OUTCOME_WORDS.values())
    if preview is None:
        figures = [
            Figure(word, batch.total(name), unit=_("行")) for name, word in zip(names, words, strict=True)
        ]
        return {"figures": figures, "plain_sheets": _plain_sheets(batch)}
    sheets = sheets_of(preview, batch.uid)
    beside = beside_of(preview, batch.uid)
    if not holds(actor, "sheets.import_write", batch):
        beside["returned"] = []
    return {
        "figures": figures_of(sheets, totals_of(sheets)),
        "sheets": sheets,
        "reasons": reasons_of(preview, batch.uid, "refused"),
        **beside,
    }


def _plain_sheets(batch: ImportBatch) -> list[dict[str, Any]]:
    shown = []
    for file in batch.result.get("files", ()):
        for sheet in file.get("sheets", ()):
            name, note = sheet_names(file["file"], sheet["sheet"])
            if sheet.get("kind"):
                shown.append({**sheet, "name": name, "note": note, "word": kind_words(sheet["kind"])})
    return shown


@never_cache
@reader("sheets.import_view")
def progress(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """How far the work in the background is; once it has ended, on to the page of the import."""
    batch = batch_by_uid(actor, uid)
    if batch is None:
        draft_by_uid(actor, uid)
    names = (WRITE, UNDO) if batch else (CHECK, WRITE)
    run = latest_job(uid, *names)
    if run is None or not is_unfinished(run):
        return redirect(request, batch_url(uid))
    if not getattr(request, "htmx", None):
        return redirect(request, batch_url(uid))
    return render(request, "sheets/parts/progress.html", {"doing": Doing(run, uid)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reader("sheets.import_undo")
def undo(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """What taking a batch back would do and what stands in the way; on POST it is taken back."""
    batch = batch_by_uid(actor, uid)
    if batch is None or not holds(actor, "sheets.import_undo", batch):
        raise NotFound(f"batch {uid}")
    if batch.state != BatchState.WRITTEN:
        messages.error(request, sentence(Problem("sheets.batch_undone", params={"batch": str(uid)})))
        return redirect(request, batch_url(uid))
    later = standing_in_the_way(batch)
    if request.method == "POST" and not later:
        try:
            if is_unfinished(latest_job(uid, UNDO, WRITE)):
                raise Refused(Problem("sheets.busy"))
            ask_undo(batch, actor.user_id)
        except Refused as refused:
            for problem in refused.problems:
                messages.error(request, sentence(problem))
        return redirect(request, batch_url(uid))
    title = _title(batch)
    context = {
        "title": _("撤回这一批"),
        "head": Head(_("撤回这一批"), title, "undo"),
        "crumbs": import_crumbs(Crumb(title, batch_url(uid)), _("撤回")),
        "batch": batch,
        "later": later,
        "added": batch.total("added"),
        "changed": batch.total("changed"),
        "today": timezone.localdate(),
    }
    return render(request, "sheets/undo.html", context, status=409 if request.method == "POST" else 200)
