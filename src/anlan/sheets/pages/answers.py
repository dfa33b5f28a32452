"""What ambiguous names mean, answered for this batch."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlan.kernel.actors import PersonActor
from anlan.sheets.forms import UNDECIDED, AnswersForm
from anlan.sheets.instructions import Instructions, Question
from anlan.sheets.pages.draft import change_draft
from anlan.sheets.pages.shown import batch_url, import_crumbs
from anlan.sheets.previews import preview_of_draft
from anlan.sheets.queries import own_draft
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.parts import Head
from anlan.web.responses import redirect, refused_form


@require_http_methods(["GET", "HEAD", "POST"])
@reader("sheets.draft_change")
def answers(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The open questions and those answered already; after it the draft, checked anew."""
    draft = own_draft(actor, uid)
    preview = preview_of_draft(draft)
    if preview is None:
        return redirect(request, batch_url(uid))
    asked = Instructions.from_json(draft.settings)
    questions = _together([*map(Question.from_json, preview.told["questions"])], asked.answered)
    form = AnswersForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        answered = tuple(
            replace(question, answer=form.cleaned_data[f"q{number}"])
            for number, question in enumerate(questions)
            if form.cleaned_data[f"q{number}"] != UNDECIDED
        )
        return change_draft(request, actor, draft, replace(asked, answered=answered))
    context = {
        "form": form,
        "title": _("回答疑问"),
        "head": Head(
            _("回答疑问"),
            icon="import",
            lead=_("这些名称在名册中不止一个，表里又看不出是哪一个。回答只用于这一批。"),
        ),
        "crumbs": import_crumbs(Crumb(_("这次导入"), batch_url(uid)), _("回答疑问")),
        "back": batch_url(uid),
    }
    if form.is_bound:
        return refused_form(request, "sheets/answers.html", context)
    return render(request, "sheets/answers.html", context)


def _together(open_ones: list[Question], answered: tuple[Question, ...]) -> list[Question]:
    """The open questions first; one answered before and open again keeps its answer."""
    known = {(one.register, one.value): one for one in answered}
    asked = []
    for one in open_ones:
        before = known.pop((one.register, one.value), None)
        asked.append(replace(one, answer=before.answer) if before else one)
    return [*asked, *known.values()]
