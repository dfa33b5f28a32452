"""The second person's decision on an import."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import Problem, Refused, sentence
from anlan.sheets.actions.draft_decide import draft_approve, draft_reject
from anlan.sheets.forms import RejectForm
from anlan.sheets.jobs import CHECK, WRITE, ask_write, is_unfinished, latest_job
from anlan.sheets.pages.shown import batch_url
from anlan.sheets.queries import draft_to_decide
from anlan.web.doors import reader
from anlan.web.responses import redirect


@require_POST
@reader("sheets.draft_approve")
def approve(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Approve somebody else's import; it is written in the background, planned anew."""
    draft = draft_to_decide(actor, uid)
    try:
        if is_unfinished(latest_job(uid, CHECK, WRITE)):
            raise Refused(Problem("sheets.busy"))
        ask_write(draft_approve(actor, draft=draft), actor.user_id)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    return redirect(request, batch_url(uid))


@require_POST
@reader("sheets.draft_reject")
def reject(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Send somebody else's import back, with a reason."""
    draft = draft_to_decide(actor, uid)
    form = RejectForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明退回的理由。"))
        return redirect(request, f"{batch_url(uid)}#decide")
    try:
        draft_reject(actor, draft=draft, reason=form.cleaned_data["reason"])
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
        return redirect(request, batch_url(uid))
    messages.success(request, _("已退回，理由已告诉提交的人。"))
    return redirect(request, reverse("sheets:batches"))
