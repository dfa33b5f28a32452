"""One's own account."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlan.accounts.models import User
from anlan.accounts.pages.form_drafts import drafts_panel
from anlan.accounts.pages.sessions import sessions_panel
from anlan.accounts.queries import roles_of
from anlan.accounts.rules import days_until_expiry
from anlan.kernel import parameters
from anlan.kernel.access import ActorRequest
from anlan.web.formats import write_moment
from anlan.web.parts import Action, Fact, Head


@require_safe
def me(request: ActorRequest) -> HttpResponse:
    """Name, unit, roles with their ranges and days, where one is signed in, when the password is due."""
    user, today = cast(User, request.user), timezone.localdate()
    max_days = parameters.integer("accounts.password_max_days", on=today)
    left = days_until_expiry(user.password_changed_at, timezone.now(), max_days)
    facts = (
        Fact(_("用户名"), user.username),
        Fact(_("单位"), user.unit),
        Fact(_("上次登录"), write_moment(user.last_login) if user.last_login else ""),
        Fact(_("密码"), _("%(days)d 天后需要更换") % {"days": left} if left is not None else _("长期有效")),
    )
    warn = parameters.integer("accounts.password_warn_days", on=today)
    context = {
        "head": Head(
            user.display_name,
            _("我的账号"),
            "person",
            actions=(
                Action(_("修改密码"), reverse("accounts:password")),
                Action(_("退出登录"), reverse("accounts:sign_out"), icon="sign-out", post=True),
            ),
        ),
        "facts": facts,
        "roles": roles_of(user),
        "panels": [
            *drafts_panel(user),
            sessions_panel(user, reverse("accounts:own_session_end"), request.session.session_key or ""),
        ],
        "empty_text": _("还没有角色。请联系本单位管理员授予角色。"),
        "expires_soon": left is not None and left <= warn,
        "days_left": left,
    }
    return render(request, "accounts/me.html", context)
