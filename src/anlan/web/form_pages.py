"""The page of one form: what it asks, what will follow, a draft, what was done and how to undo it.

A view loads its record inside the actor's range and calls ``answer_form`` with two functions: ``make`` builds
the form (from what was typed, or empty), ``write`` calls the action and says what was done. Everything else
is the same for every form: see ``docs/howto/add-a-form.md``.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from anlan.kernel.idempotency import answered, once
from anlan.kernel.problems import Problem, Refused, sentence
from anlan.kernel.uids import new_uid
from anlan.web import drafts
from anlan.web.context import Crumb
from anlan.web.forms import AnlanForm
from anlan.web.parts import Action, Fact, Head
from anlan.web.responses import UNPROCESSABLE, problems_to_form_errors, redirect
from anlan.web.rows import DROP, MORE, reshaped

Text = str | Promise
F = TypeVar("F", bound=AnlanForm)
R = TypeVar("R")
WRITE = "write"
TEMPLATE = "web/form.html"


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the page of a form says besides its fields.

    ``button`` is the verb of the one main button, ``back`` where giving up leads, ``follows`` are sentences
    of what will happen. ``confirm`` is asked before it is sent. ``names`` maps fields of refusals to the
    form's.
    """

    title: Text
    button: Text
    back: str
    eyebrow: Text = ""
    icon: str = ""
    lead: Text = ""
    facts: tuple[Fact, ...] = ()
    follows: Sequence[Text] = ()
    crumbs: Sequence[Crumb] = ()
    confirm: Text = ""
    names: Mapping[str, str] = field(default_factory=dict)
    wide: bool = False

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(self.title, self.eyebrow, self.icon, self.lead, facts=self.facts)


@dataclass(frozen=True, slots=True)
class Done:
    """What a form did: told on the page it leads to, with the way to take it back where there is one.

    ``warnings`` are what the rules found odd without refusing it.
    """

    message: Text
    url: str
    undo: Action | None = None
    warnings: Sequence[Problem] = ()


def answer_form(
    request: HttpRequest,
    actor: Any,
    page: FormPage,
    make: Callable[[QueryDict | None], F],
    write: Callable[[F], Done],
    *,
    preview: Callable[[F], Sequence[Fact]] | None = None,
    template: str = TEMPLATE,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer every request of a form page.

    What was typed is kept as a draft while somebody types and whenever it was refused, and offered again;
    it goes when it was written or is not wanted. ``preview`` shows what would follow before it is written,
    and may refuse; what was changed after it is shown again first.
    """
    shown = _Shown(request, actor, page, template, context or {}, preview is not None)
    if request.method != "POST":
        return _opened(shown, make)
    wish = request.POST.get(drafts.DO, "")
    if wish == drafts.KEEP:
        shown.keep()
        return HttpResponse(status=204)
    if wish == drafts.DISCARD:
        drafts.discard_draft(actor, request.path)
        messages.info(request, _("没写完的内容已经丢弃。"))
        return redirect(request, _without_resume(request))
    if wish.partition("-")[0] in (MORE, DROP):
        form = make(reshaped(request.POST, wish))
        form.show_unchecked()
        return shown.render(form)
    return _sent(shown, make(request.POST), write, preview, wish)


def _sent(
    shown: "_Shown",
    form: F,
    write: Callable[[F], Done],
    preview: Callable[[F], Sequence[Fact]] | None,
    wish: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            if preview is not None and not (wish == WRITE and shown.was_seen()):
                return shown.render(form, effect=preview(form))
            told = _once(shown, lambda: write(form))
        except Refused as refused:
            problems_to_form_errors(form, refused.problems, fields=shown.page.names)
        else:
            drafts.discard_draft(shown.actor, shown.request.path)
            _say(shown.request, told)
            return redirect(shown.request, told["url"])
    shown.keep()
    return shown.render(form, status=UNPROCESSABLE)


def _once(shown: "_Shown", write: Callable[[], Done]) -> dict[str, Any]:
    """Write what a form was sent for; sent twice (a second press, a weak line), it is done once."""
    key = shown.request.POST.get(drafts.KEY, "")
    if not key:
        return _told(write())
    content = {"path": shown.request.path, "typed": drafts.typed_text(shown.request.POST)}
    try:
        told: dict[str, Any] = once(shown.actor, key, content, lambda: _told(write())).value
    except Refused as refused:
        if any(problem.code == "idempotency.other_content" for problem in refused.problems):
            # Somebody went back to the page and typed something else: that may be meant.
            raise Refused(Problem("form.sent_before")) from refused
        raise
    return told


def _opened(shown: "_Shown", make: Callable[[QueryDict | None], F]) -> HttpResponse:
    draft = drafts.find_draft(shown.actor, shown.request.path)
    if draft is not None and drafts.RESUME in shown.request.GET:
        form = make(draft.typed)
        form.show_unchecked()
        return shown.render(form, resumed=draft)
    return shown.render(make(None), offered=draft)


def tell(request: HttpRequest, done: Done) -> None:
    """Say on the next page what was done, and how it is taken back."""
    _say(request, _told(done))


def _told(done: Done) -> dict[str, Any]:
    """What was done, as it is kept for a second sending of the same form."""
    undo = {"url": done.undo.url, "label": str(done.undo.label)} if done.undo else None
    warnings = [sentence(problem) for problem in done.warnings]
    return {"message": str(done.message), "url": done.url, "undo": undo, "warnings": warnings}


def _say(request: HttpRequest, told: Mapping[str, Any]) -> None:
    for warning in told["warnings"]:
        messages.warning(request, warning)
    link = format_html(' <a href="{url}">{label}</a>', **told["undo"]) if told["undo"] else ""
    messages.success(request, format_html("{}{}", told["message"], link))


def tried(work: Callable[[], R], read: Callable[[R], Sequence[Fact]]) -> Sequence[Fact]:
    """What an action would bring about, told by the action itself: it is run and rolled back.

    ``work`` calls the action, ``read`` puts its result into words. Refusals come through.
    """
    with transaction.atomic():
        facts = read(work())
        transaction.set_rollback(True)
    return facts


@dataclass(frozen=True, slots=True)
class _Shown:
    """One request of a form page."""

    request: HttpRequest
    actor: Any
    page: FormPage
    template: str
    context: Mapping[str, Any]
    previews: bool

    def keep(self) -> None:
        """Keep what was typed, unless it was written meanwhile."""
        if answered(self.actor, self.request.POST.get(drafts.KEY, "")):
            return
        drafts.keep_draft(self.actor, self.request.path, str(self.page.title), self.request.POST)

    def digest(self) -> str:
        """What tells whether something was typed since the effect was shown."""
        return hashlib.sha256(drafts.typed_text(self.request.POST).encode()).hexdigest()

    def was_seen(self) -> bool:
        """Whether the effect of just this was shown before."""
        return self.request.POST.get(drafts.SEEN, "") == self.digest()

    def render(
        self,
        form: AnlanForm,
        *,
        status: int = 200,
        offered: drafts.Draft | None = None,
        resumed: drafts.Draft | None = None,
        effect: Sequence[Fact] | None = None,
    ) -> HttpResponse:
        """The page."""
        more = {
            "page": self.page,
            "form": form,
            "button": _("先看会怎样") if self.previews and effect is None else self.page.button,
            "offered": offered,
            "resumed": resumed,
            "effect": effect,
            "seen": self.digest() if effect is not None else "",
            "resume_url": _resume(self.request),
            "key": str(new_uid()),
            "proof": drafts.proof_of(self.actor, self.request.path, str(self.page.title)),
        }
        answer = render(self.request, self.template, {**self.context, **more}, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


def _resume(request: HttpRequest) -> str:
    query = request.GET.copy()
    query[drafts.RESUME] = "go"
    return f"?{query.urlencode()}"


def _without_resume(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop(drafts.RESUME, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
