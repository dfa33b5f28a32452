"""Sessions: one's own and those of an account one helps, listed and ended."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.accounts.actions.session_end import own_session_end, session_end
from anlan.accounts.models import User
from anlan.accounts.queries.sessions import shown_sessions
from anlan.kernel import parameters
from anlan.kernel.access import ActorRequest
from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound, Refused, sentence
from anlan.web.doors import reader
from anlan.web.records import ShownPanel
from anlan.web.responses import redirect


def sessions_panel(user: User, url: str, own_key: str = "") -> ShownPanel:
    """Where an account is signed in, with buttons where ``url`` says how to end it."""
    minutes = parameters.integer("accounts.idle_minutes", on=timezone.localdate())
    told = shown_sessions(user, timezone.now(), minutes, own_key)
    data = {
        "sessions": told,
        "end_url": url,
        "own": bool(own_key),
        "others": sum(not one.current for one in told),
    }
    template = "accounts/sessions_panel.html"
    return ShownPanel("sessions", _("正在登录的设备"), template, data, "main", flush=True)


@require_POST
def own_sessions(request: ActorRequest) -> HttpResponse:
    """End one of one's own other sessions (``handle``), or all others."""
    user, handle = cast(User, request.user), request.POST.get("handle", "")
    count = own_session_end(request.actor, user=user, handle=handle, keep=request.session.session_key or "")
    _tell(request, count)
    return redirect(request, reverse("accounts:me"))


@reader("accounts.session_end")
@require_POST
def sessions(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """End one session of an account (``handle``), or all."""
    user = User.objects.visible_to(actor).filter(username__iexact=username).first()
    if user is None:
        raise NotFound(username)
    try:
        _tell(request, session_end(actor, user=user, handle=request.POST.get("handle", "")))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    return redirect(request, reverse("accounts:user", args=[user.username]))


def _tell(request: HttpRequest, count: int) -> None:
    if count:
        messages.success(request, _("已退出 %(count)d 台设备。") % {"count": count})
    else:
        messages.info(request, _("那台设备已经退出了。"))
