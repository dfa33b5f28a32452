"""An import before it is written: what was recognised, what is to be answered, what would happen."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.kernel import parameters
from anlan.kernel.actors import PersonActor
from anlan.kernel.models import Job
from anlan.kernel.problems import Problem, Refused, sentence
from anlan.sheets import kept_files
from anlan.sheets.actions.draft_change import draft_change
from anlan.sheets.actions.draft_discard import draft_discard
from anlan.sheets.actions.draft_send import draft_send
from anlan.sheets.approval import needs_approval
from anlan.sheets.forms import DayForm, RejectForm, UploadForm
from anlan.sheets.instructions import Instructions
from anlan.sheets.jobs import CHECK, WRITE, ask_check, ask_write, is_unfinished, latest_job
from anlan.sheets.models import DraftState, ImportDraft
from anlan.sheets.pages.shown import (
    Doing,
    batch_url,
    beside_of,
    draft_state,
    failure_words,
    figures_of,
    files_in_words,
    import_crumbs,
    problem_words,
    reasons_of,
    sheets_of,
    totals_of,
)
from anlan.sheets.preview_store import Preview
from anlan.sheets.previews import preview_of_draft
from anlan.sheets.queries import own_draft
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Action, Fact, Head
from anlan.web.responses import redirect

UPLOADED, RECOGNISED, ANSWERED, LOOKED_AT, WRITTEN = range(5)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the wizard: its word, where it is, whether it is done or the next."""

    word: str
    url: str
    done: bool
    current: bool


def draft_page(request: HttpRequest, actor: PersonActor, draft: ImportDraft) -> HttpResponse:
    """The page of a draft: one's own, or somebody else's that one may decide."""
    mine = draft.user_id == actor.user_id
    run = latest_job(draft.uid, CHECK, WRITE)
    files = list(draft.files.all())
    if is_unfinished(run) and run is not None:
        return _doing(request, draft, files, run)
    preview = preview_of_draft(draft)
    if preview is None and not failure_words(run):
        # Whoever asked for the check died before it was queued, or its run was forgotten.
        run = ask_check(draft)
        return _doing(request, draft, files, run)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "draft": draft,
        "mine": mine,
        "files": files,
        "failure": failure_words(run),
        "approval": needs_approval(actor, today, draft.path) if mine else True,
        "waiting": draft.state == DraftState.WAITING,
        "rejected": draft.state == DraftState.REJECTED,
        "reject_form": RejectForm(),
        "day_form": DayForm(initial={"as_of": Instructions.from_json(draft.settings).as_of}),
        "upload_form": UploadForm(megabytes=parameters.integer("sheets.upload_megabytes", on=today)),
    }
    actions: tuple[Action, ...] = ()
    if preview is not None:
        context |= _found(draft, preview)
        context["checked_at"] = run.finished_at if run else None
        actions = _actions(draft, context) if mine else ()
    elif mine:
        actions = (
            Action(_("再试一次"), reverse("sheets:recheck", args=[draft.uid]), "main", post=True),
            _discard(draft),
        )
    return _render(request, draft, files, "sheets/draft.html", context, actions)


def _doing(request: HttpRequest, draft: ImportDraft, files: list[Any], run: Job) -> HttpResponse:
    answer = _render(request, draft, files, "sheets/doing.html", {"doing": Doing(run, draft.uid)}, ())
    # This page makes room for the next by itself, before anybody has read what there was to say.
    told = messages.get_messages(request)
    if isinstance(told, BaseStorage):
        told.used = False
    return answer


def _render(
    request: HttpRequest,
    draft: ImportDraft,
    files: list[Any],
    template: str,
    context: dict[str, Any],
    actions: tuple[Action, ...],
) -> HttpResponse:
    title = files_in_words([file.name for file in files])
    facts = (
        Fact(_("上传"), formats.write_day(draft.made_on)),
        Fact(_("经办人"), draft.actor_label),
        Fact(_("文件"), formats.write_number(len(files))),
    )
    head = Head(title, _("导入"), "import", states=(draft_state(draft.state),), facts=facts, actions=actions)
    shown = {"head": head, "title": title, "crumbs": import_crumbs(title), **context}
    return render(request, template, shown)


def _found(draft: ImportDraft, preview: Preview) -> dict[str, Any]:
    """What the check found, as the page shows it."""
    sheets = sheets_of(preview, draft.uid)
    totals = totals_of(sheets)
    answered = len(Instructions.from_json(draft.settings).answered)
    open_questions = len(preview.told["questions"])
    stopping = bool(preview.told["stopping"])
    ready = not stopping and not preview.told["changes_nothing"]
    return {
        "sheets": sheets,
        "totals": totals,
        "figures": figures_of(sheets, totals),
        "stopping": stopping,
        "bad_files": [
            {**file, "sentences": list(map(problem_words, file["problems"]))}
            for file in preview.told["files"]
            if file["problems"]
        ],
        "open_questions": open_questions,
        "answered": answered,
        "nothing_new": not stopping and preview.told["changes_nothing"] and not totals["refused"],
        "nothing_fit": not stopping and preview.told["changes_nothing"] and totals["refused"] > 0,
        "ready": ready,
        **beside_of(preview, draft.uid),
        "reasons": reasons_of(preview, draft.uid, "refused"),
        "steps": _steps(draft, stopping, open_questions, ready),
    }


def _steps(draft: ImportDraft, stopped: bool, questions: int, ready: bool) -> list[Step]:
    current = RECOGNISED if stopped else ANSWERED if questions else LOOKED_AT
    if draft.state == DraftState.WAITING:
        current = WRITTEN
    words = (
        (_("上传"), "#files"),
        (_("核对识别"), "#recognised"),
        (_("回答疑问"), reverse("sheets:answers", args=[draft.uid]) if questions else "#questions"),
        (_("看变化"), "#lines"),
        (_("写入"), "#lines"),
    )
    return [Step(word, url, at < current, at == current) for at, (word, url) in enumerate(words)]


def _actions(draft: ImportDraft, found: dict[str, Any]) -> tuple[Action, ...]:
    if draft.state == DraftState.WAITING:
        url = reverse("sheets:recheck", args=[draft.uid])
        return (Action(_("收回，不送审了"), url, post=True), _discard(draft))
    actions = [_discard(draft)]
    if found["ready"]:
        totals = found["totals"]
        asked = _("将新增 %(added)s 行，变更 %(changed)s 行；不写入 %(refused)s 行。确定吗？") % {
            name: formats.write_number(totals[name]) for name in ("added", "changed", "refused")
        }
        word = _("送审") if found["approval"] else _("写入")
        url = reverse("sheets:send", args=[draft.uid, draft.revision])
        actions.insert(0, Action(word, url, "main", post=True, confirm=asked))
    return tuple(actions)


def _discard(draft: ImportDraft) -> Action:
    asked = _("放弃以后，上传的文件一起清除，什么也不写入。")
    url = reverse("sheets:discard", args=[draft.uid])
    return Action(_("放弃"), url, "danger", post=True, confirm=asked)


@require_POST
@reader("sheets.draft_send")
def send(request: HttpRequest, actor: PersonActor, uid: UUID, revision: int) -> HttpResponse:
    """Write a draft of one's own as it was looked at, or let it wait for approval."""
    draft = own_draft(actor, uid)
    try:
        _send(actor, draft, revision)
    except Refused as refused:
        _tell(request, refused)
    else:
        if draft.state == DraftState.WAITING:
            messages.success(request, _("已送审。另一位有权限的人批准后写入。"))
    return redirect(request, batch_url(uid))


def _send(actor: PersonActor, draft: ImportDraft, revision: int) -> None:
    preview = preview_of_draft(draft)
    if preview is None or draft.revision != revision:
        raise Refused(Problem("sheets.draft_gone"))
    if is_unfinished(latest_job(draft.uid, CHECK, WRITE)):
        raise Refused(Problem("sheets.busy"))
    if preview.told["stopping"] or preview.told["changes_nothing"]:
        raise Refused(Problem("sheets.draft_state"))
    if not needs_approval(actor, timezone.localdate(), draft.path):
        ask_write(draft, actor.user_id)
        return
    sent = draft_send(actor, draft=draft, kinds=preview.told["kinds"], result=preview.told["result"])
    draft.state = sent.state


@require_POST
@reader("sheets.draft_change")
def recheck(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Check a draft of one's own anew, with the register as it is now; a waiting one is taken back."""
    return change_draft(request, actor, own_draft(actor, uid))


@require_POST
@reader("sheets.draft_change")
def set_day(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """From which day changed facts hold."""
    draft = own_draft(actor, uid)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("看不懂这个日期，没有改动。"))
        return redirect(request, batch_url(uid))
    day = form.cleaned_data["as_of"]
    if day is not None and day > timezone.localdate():
        messages.error(request, sentence(Problem("date.future", "as_of", {"day": day.isoformat()})))
        return redirect(request, batch_url(uid))
    asked = replace(Instructions.from_json(draft.settings), as_of=day)
    return change_draft(request, actor, draft, asked)


@require_POST
@reader("sheets.draft_change")
def remove_file(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> HttpResponse:
    """Take one file out of a draft."""
    draft = own_draft(actor, uid)
    places = list(draft.files.filter(number=number).values_list("place", flat=True))
    asked = Instructions.from_json(draft.settings)
    kept = {key: one for key, one in asked.corrections.items() if key[0] != number}
    answer = change_draft(request, actor, draft, replace(asked, corrections=kept), removed=(number,))
    if not draft.files.filter(number=number).exists():
        kept_files.discard_files(places)
    return answer


@require_POST
@reader("sheets.draft_discard")
def discard(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Throw a draft of one's own away, with its files."""
    draft = own_draft(actor, uid)
    try:
        if is_unfinished(latest_job(uid, WRITE)):
            raise Refused(Problem("sheets.busy"))
        draft_discard(actor, draft=draft)
    except Refused as refused:
        _tell(request, refused)
        return redirect(request, batch_url(uid))
    kept_files.discard(uid)
    messages.success(request, _("已放弃，什么也没有写入。"))
    return redirect(request, reverse("sheets:batches"))


def change_draft(
    request: HttpRequest,
    actor: PersonActor,
    draft: ImportDraft,
    asked: Instructions | None = None,
    removed: tuple[int, ...] = (),
) -> HttpResponse:
    """Change what is asked for, have it checked, and go back to the draft."""
    try:
        if is_unfinished(latest_job(draft.uid, WRITE)):
            raise Refused(Problem("sheets.busy"))
        settings = asked.as_json() if asked is not None else None
        ask_check(draft_change(actor, draft=draft, settings=settings, removed=removed))
    except Refused as refused:
        _tell(request, refused)
    return redirect(request, batch_url(draft.uid))


def _tell(request: HttpRequest, refused: Refused) -> None:
    for problem in refused.problems:
        messages.error(request, sentence(problem))
