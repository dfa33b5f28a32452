"""How pages are shown: large type, dark, language. Kept in cookies, so that the first paint is right."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from anlan.kernel.access import public
from anlan.web.context import THEME_COOKIE, THEMES, TYPE_COOKIE, TYPES

_YEAR = 365 * 24 * 3600


@login_not_required
@public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Take ``type`` (normal, large), ``theme`` (light, dark) or ``language`` and return to ``next``.

    Unknown values change nothing; ``next`` outside this server leads to the start page.
    """
    answer = HttpResponseRedirect(_back(request))
    for field, cookie, allowed in (("type", TYPE_COOKIE, TYPES), ("theme", THEME_COOKIE, THEMES)):
        value = request.POST.get(field, "")
        if value in allowed:
            _remember(answer, cookie, value)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, language)
    return answer


def _remember(answer: HttpResponse, cookie: str, value: str) -> None:
    # Not HttpOnly: the switch in the browser writes the same cookie without a round trip.
    answer.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"
