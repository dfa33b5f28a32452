"""The first step: uploading files, and adding further ones."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from anlan.kernel import disk, parameters
from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.uids import new_uid
from anlan.sheets import kept_files
from anlan.sheets.actions.draft_change import draft_change
from anlan.sheets.actions.draft_open import draft_open
from anlan.sheets.forms import UploadForm
from anlan.sheets.jobs import ask_check
from anlan.sheets.pages.shown import batch_url, import_crumbs
from anlan.sheets.pages.uploading import MemoryHandler, Received, receive
from anlan.sheets.queries import imported_before, own_draft
from anlan.sheets.results import message
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Head
from anlan.web.responses import redirect, refused_form

_BYTES = 1_000_000


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reader("sheets.draft_open")
def upload(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form; after it the draft, which is checked in the background."""
    megabytes = _into_memory(request)
    return _upload(request, actor, megabytes)


def _into_memory(request: HttpRequest) -> int:
    """Have what is uploaded read into memory, before the check of its origin looks at the body."""
    megabytes = parameters.integer("sheets.upload_megabytes", on=timezone.localdate())
    if request.method == "POST":
        request.upload_handlers = [MemoryHandler(request, megabytes * _BYTES)]
    return megabytes


@csrf_protect
def _upload(request: HttpRequest, actor: PersonActor, megabytes: int) -> HttpResponse:
    form = UploadForm(megabytes=megabytes)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": import_crumbs(_("导入表格")),
        "head": Head(
            _("导入表格"),
            icon="import",
            lead=_("先上传，系统认出每张表，告诉您会有什么变化；您确认以后才写入。"),
        ),
    }
    if request.method != "POST":
        return render(request, "sheets/upload.html", context)
    received = receive(request, megabytes)
    if received.files:
        uid = new_uid()
        try:
            draft = draft_open(actor, uid=uid, files=received.keep(uid))
        except Refused as refused:
            kept_files.discard(uid)
            received.problems.extend(refused.problems)
        except BaseException:
            kept_files.discard(uid)
            raise
        else:
            ask_check(draft)
            _tell(request, actor, received)
            return redirect(request, batch_url(uid))
    context["form"] = _with_errors(request, megabytes, received.problems)
    return refused_form(request, "sheets/upload.html", context)


def _with_errors(request: HttpRequest, megabytes: int, problems: list[Problem]) -> UploadForm:
    form = UploadForm(request.POST, request.FILES, megabytes=megabytes)
    form.errors.pop("tables", None)
    for problem in problems:
        form.add_error("tables", message(problem))
    if not problems:
        form.add_error("tables", _("请选择要导入的文件。"))
    return form


@csrf_exempt
@require_POST
@reader("sheets.draft_change")
def add_files(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Further files for a draft, which is checked anew."""
    megabytes = _into_memory(request)
    return _add_files(request, actor, uid, megabytes)


@csrf_protect
def _add_files(request: HttpRequest, actor: PersonActor, uid: UUID, megabytes: int) -> HttpResponse:
    draft = own_draft(actor, uid)
    received = receive(request, megabytes)
    if received.files:
        kept = []
        try:
            with disk.room_needed():
                kept = received.keep(uid)
                draft = draft_change(actor, draft=draft, added=kept)
        except Refused as refused:
            kept_files.discard_files([file.place for file in kept])
            received.problems.extend(refused.problems)
        else:
            ask_check(draft)
    elif not received.problems:
        messages.warning(request, _("请选择要导入的文件。"))
    _tell(request, actor, received)
    return redirect(request, reverse("sheets:batch", args=[uid]))


def _tell(request: HttpRequest, actor: PersonActor, received: Received) -> None:
    """Say what was not taken, and what was imported before."""
    for problem in received.problems:
        messages.error(request, message(problem))
    for file in imported_before(actor, received.digests):
        messages.warning(
            request,
            _("“%(file)s”在%(day)s已经导入过，内容完全一样。")
            % {"file": file.name, "day": formats.write_day(file.batch.made_on)},
        )
