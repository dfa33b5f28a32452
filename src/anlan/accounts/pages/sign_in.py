"""The door: signing in and out."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anlan.accounts.forms import SignInForm
from anlan.kernel.access import before_password_change, public
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


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else START
