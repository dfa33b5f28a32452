"""Who asks: the actor of every request, and no page without one unless it is marked public."""

from collections.abc import Callable
from typing import Any, cast

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.accounts.pages.form_drafts import keep_for_owner
from anlan.accounts.rules import device_codes, is_expired
from anlan.accounts.session_store import ADDRESS, DEVICE, SEEN, SINCE
from anlan.kernel import parameters
from anlan.kernel.stamps import one_look
from anlan.web.drafts import DO, KEEP, RESUME

API = "/api/"
SEEN_EVERY = 60


class ActorMiddleware:
    """Sets ``request.actor``: the person signed in with the roles of today, None for somebody unknown.

    A session nobody used for longer than the parameter allows is ended. Limits are read once a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        with one_look():
            if request.user.is_authenticated:
                _end_when_idle(request)
            known = isinstance(request.user, User) and request.user.is_authenticated
            actor = actor_for(cast(User, request.user), timezone.localdate()) if known else None
            request.actor = actor  # type: ignore[attr-defined]
            return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse everybody unknown, unless the view is public; send first passwords to be changed."""
        if not getattr(view, "login_required", True):
            return None
        if request.actor is None:  # type: ignore[attr-defined]
            return _unknown(request)
        if getattr(view, "before_password_change", False) or not _must_change(request):
            return None
        if request.path.startswith(API):
            return _problem(403, "account.password_change", _("请先在网页上修改密码。"))
        # What a form sends meanwhile is not taken, and not lost either.
        keep_for_owner(request)
        return _go(request, reverse("accounts:password"))


def _end_when_idle(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    seen = request.session.get(SEEN)
    if seen is not None:
        minutes = parameters.integer("accounts.idle_minutes", on=timezone.localdate())
        if minutes > 0 and now - seen >= minutes * 60:
            logout(request)
            return
    if seen is None or now - seen >= SEEN_EVERY:
        request.session[SEEN] = int(now)
        request.session[ADDRESS] = str(get_ip(request))[:45]
    if SINCE not in request.session:
        request.session[SINCE] = int(now)
        request.session[DEVICE] = device_codes(request.headers.get("User-Agent", ""))


def _must_change(request: HttpRequest) -> bool:
    user = cast(User, request.user)
    max_days = parameters.integer("accounts.password_max_days", on=timezone.localdate())
    return user.must_change_password or is_expired(user.password_changed_at, timezone.now(), max_days)


def _unknown(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith(API):
        return _problem(401, "account.sign_in", _("请先登录。"))
    door = reverse("accounts:sign_in")
    if keep_for_owner(request):
        return _back_to_form(request, door)
    if request.headers.get("HX-Request") == "true":
        return _go(request, door)
    return redirect_to_login(request.get_full_path(), door)


def _back_to_form(request: HttpRequest, door: str) -> HttpResponseBase:
    """What was typed is kept: after signing in the person is back in the form with it."""
    query = request.GET.copy()
    query[RESUME] = "go"
    url = redirect_to_login(f"{request.path}?{query.urlencode()}", door).url
    if request.POST.get(DO) == KEEP:
        # Nobody pressed a button: the page itself says that the session has ended.
        return HttpResponse(status=401, headers={"X-Sign-In": url})
    return _go(request, url)


def _go(request: HttpRequest, url: str) -> HttpResponseBase:
    """Lead the browser somewhere else; HTMX would put a redirect's page into a part of this one."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _problem(status: int, code: str, title: str) -> JsonResponse:
    """A problem document (RFC 9457)."""
    return JsonResponse(
        {"type": "about:blank", "status": status, "code": code, "title": title},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
