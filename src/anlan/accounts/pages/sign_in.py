"""The door: signing in and out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.accounts.forms import SignInForm
from anlan.accounts.pages.form_drafts import keep_for_owner
from anlan.kernel.access import before_password_change, public
from anlan.web.drafts import DO, KEEP, RESUME
from anlan.web.responses import refused_form

START = "/"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in form; after it on to ``next`` where that is a page of ours, else the start page."""
    target = _target(request)
    if getattr(request, "actor", None) is not None:
        return HttpResponseRedirect(target)
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        answer: HttpResponse = form.login(request, redirect_url=target)
        return answer
    context = {"form": form, "next": target if target != START else ""}
    if form.is_bound:
        return refused_form(request, "accounts/sign_in.html", context)
    return render(request, "accounts/sign_in.html", context)


@before_password_change
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("accounts:sign_in"))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form made before somebody signed in anew: what was typed into it is kept, and it is shown again.

    Any other request that does not carry this server's word is refused.
    """
    if not keep_for_owner(request):
        return csrf_failure(request, reason=reason)
    if request.POST.get(DO) == KEEP:
        return HttpResponse(status=204)
    messages.warning(request, _("这一页打开得太久，还没有保存。填写的内容都在，请再保存一次。"))
    query = request.GET.copy()
    query[RESUME] = "go"
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else START
