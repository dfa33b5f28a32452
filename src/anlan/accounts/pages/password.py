"""Changing one's own password."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anlan.accounts.actions.password_change import password_change
from anlan.accounts.actions.passwords import policy_on
from anlan.accounts.forms import PasswordForm
from anlan.accounts.models import User
from anlan.kernel.access import ActorRequest, before_password_change
from anlan.kernel.problems import Refused
from anlan.web.responses import problems_to_form_errors, refused_form


@before_password_change
@never_cache
@sensitive_post_parameters("old", "password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """The form; after it the start page, still signed in here and signed out everywhere else."""
    user = cast(User, request.user)
    policy = policy_on(timezone.localdate())
    form = PasswordForm(request.POST or None, length=policy.length, kinds=policy.kinds)
    if request.method == "POST" and form.is_valid():
        try:
            changed = password_change(
                request.actor,
                user=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["password"],
                keep=request.session.session_key or "",
            )
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("密码已修改。"))
            return HttpResponseRedirect("/")
    context = {"form": form, "first": user.must_change_password}
    if form.is_bound:
        return refused_form(request, "accounts/password.html", context)
    return render(request, "accounts/password.html", context)
