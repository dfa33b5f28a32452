"""One account, and what an administrator does with it."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anlan.accounts.actions.password_reset import password_reset
from anlan.accounts.actions.role_grant import role_end, role_grant
from anlan.accounts.actions.user_create import user_create
from anlan.accounts.actions.user_lock import user_lock, user_unlock
from anlan.accounts.forms import RoleEndForm, RoleForm, UserForm
from anlan.accounts.imports.opening import Slip
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.pages.sessions import sessions_panel
from anlan.accounts.queries import held_roles, roles_of
from anlan.accounts.queries.superiors import helps
from anlan.accounts.roles import Tier
from anlan.kernel.actors import PersonActor
from anlan.kernel.paths import Tree, path_ids
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Refused, sentence
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.parts import Action, Fact, Head, State
from anlan.web.records import RecordPage, ShownPanel, render_record
from anlan.web.responses import problems_to_form_errors, redirect, refused_form

_TIERS = {1: Tier.COUNTY, 2: Tier.TOWNSHIP}


def user_url(user: User) -> str:
    """The page of an account."""
    return reverse("accounts:user", args=[user.username])


@reader("accounts.user_view")
def user_page(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """An account with its roles and history; 404 outside the actor's range."""
    user = _find(actor, username)
    today = timezone.localdate()
    page = RecordPage(
        kind="user",
        title=user.display_name,
        eyebrow=_("账号"),
        icon="person",
        states=() if user.is_active else (State(_("已停用"), "refused"),),
        facts=(
            Fact(_("用户名"), user.username),
            Fact(_("单位"), user.unit),
            Fact(_("上次登录"), formats.write_moment(user.last_login) if user.last_login else _("从未登录")),
        ),
        actions=_actions(actor, user),
        crumbs=(Crumb(_("账号"), reverse("accounts:users")), Crumb(user.display_name)),
        panels=[_roles_panel(actor, user), *_sessions(actor, user)],
    )
    return render_record(request, user, page, today)


def _roles_panel(actor: PersonActor, user: User) -> ShownPanel:
    """The roles, each open one with a button to take it back, for those who may."""
    roles = roles_of(user)
    may_end = actor.user_id != user.pk and holds(actor, "accounts.role_end", user)
    data = {
        "account": user,
        "roles": roles,
        "ending": {role.grant_id for role in roles if may_end and not role.is_over(timezone.localdate())},
        "empty_text": _("还没有角色，登录后什么也看不到。"),
    }
    return ShownPanel("roles", _("角色"), "accounts/roles_panel.html", data, "main", flush=True)


def _may_help(actor: PersonActor, user: User) -> bool:
    """Whether the actor resets the password and ends the sessions of an account."""
    if actor.user_id == user.pk or not holds(actor, "accounts.session_end", user):
        return False
    return helps(actor, user, timezone.localdate())


def _sessions(actor: PersonActor, user: User) -> list[ShownPanel]:
    """Where the account is signed in, for those who may end that."""
    if not _may_help(actor, user):
        return []
    return [sessions_panel(user, reverse("accounts:session_end", args=[user.username]))]


def _actions(actor: PersonActor, user: User) -> tuple[Action, ...]:
    """What this actor may do with the account; nothing with one's own."""
    if actor.user_id == user.pk:
        return ()
    asked = _("重设后，%(name)s现在的密码立即失效。") % {"name": user.display_name}
    reset = Action(
        _("重设密码"), reverse("accounts:password_reset", args=[user.username]), post=True, confirm=asked
    )
    if not holds(actor, "accounts.role_grant", user):
        return (reset,) if _may_help(actor, user) else ()
    name = [user.username]
    confirm = _("停用后，%(name)s将立即退出，不能再登录。") % {"name": user.display_name}
    lock = (
        Action(_("停用账号"), reverse("accounts:user_lock", args=name), "danger", post=True, confirm=confirm)
        if user.is_active
        else Action(_("启用账号"), reverse("accounts:user_unlock", args=name), post=True)
    )
    return (
        Action(_("授予角色"), reverse("accounts:role_grant", args=name), "main"),
        reset,
        lock,
    )


@reader("accounts.user_create")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form of a new account; after it the first password, this once."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, first = user_create(actor, **form.cleaned_data)
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            return _first_password(request, user, first)
    context = {"form": form, "head": Head(_("新建账号"), _("账号"), "person")}
    if form.is_bound:
        return refused_form(request, "accounts/user_create.html", context)
    return render(request, "accounts/user_create.html", context)


@reader("accounts.password_reset")
@never_cache
@require_POST
def reset(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """A new first password, shown this once."""
    user = _find(actor, username)
    try:
        first = password_reset(actor, user=user)
    except Refused as refused:
        return _told(request, user, refused)
    return _first_password(request, user, first)


@reader("accounts.user_lock")
@require_POST
def lock(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """Close an account."""
    user = _find(actor, username)
    try:
        user_lock(actor, user=user)
    except Refused as refused:
        return _told(request, user, refused)
    messages.success(request, _("账号已停用。"))
    return redirect(request, user_url(user))


@reader("accounts.user_unlock")
@require_POST
def unlock(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """Open an account again."""
    user = _find(actor, username)
    user_unlock(actor, user=user)
    messages.success(request, _("账号已启用。"))
    return redirect(request, user_url(user))


@reader("accounts.role_grant")
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, actor: PersonActor, username: str) -> HttpResponse:
    """The form of a role; after it the account's page."""
    user = _find(actor, username)
    form = RoleForm(request.POST or None, actor=actor, initial={"first_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        tree, _colon, path = given["reach"].partition(":")
        last_day = given["last_day"]
        try:
            role_grant(
                actor,
                user=user,
                role=given["role"],
                tier=_TIERS.get(len(path_ids(path)), Tier.VILLAGE),
                tree=cast(Tree, tree),
                path=path,
                valid_from=given["first_day"],
                valid_to=last_day + timedelta(days=1) if last_day else None,
            )
        except Refused as refused:
            problems_to_form_errors(form, refused.problems, fields={"valid_to": "last_day", "path": "reach"})
        else:
            messages.success(request, _("角色已授予。"))
            return redirect(request, user_url(user))
    context = {
        "form": form,
        "head": Head(_("授予角色"), user.display_name, "person"),
        "back": user_url(user),
    }
    if form.is_bound:
        return refused_form(request, "accounts/role_grant.html", context)
    return render(request, "accounts/role_grant.html", context)


@reader("accounts.role_end")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, actor: PersonActor, username: str, number: int) -> HttpResponse:
    """The form of the day from which a role is taken back; after it the account's page."""
    user = _find(actor, username)
    row = RoleGrant.objects.filter(user=user, pk=number).first()
    if row is None:
        raise NotFound(f"role {number}")
    form = RoleEndForm(request.POST or None, initial={"on": max(timezone.localdate(), row.valid_from)})
    if form.is_bound and form.is_valid():
        try:
            role_end(actor, grant=row, **form.cleaned_data)
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            messages.success(request, _("角色已收回。"))
            return redirect(request, user_url(user))
    [held] = held_roles([row])
    context = {
        "form": form,
        "head": Head(_("收回角色"), user.display_name, "person", f"{held.role}（{held.reach}）"),
        "back": user_url(user),
    }
    if form.is_bound:
        return refused_form(request, "accounts/role_end.html", context)
    return render(request, "accounts/role_end.html", context)


def _find(actor: PersonActor, username: str) -> User:
    user = User.objects.visible_to(actor).filter(username__iexact=username).first()
    if user is None:
        raise NotFound(username)
    return user


def _first_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    roles = [role for role in roles_of(user) if not role.is_over(timezone.localdate())]
    slip = Slip(
        user.display_name,
        user.unit,
        "；".join(role.role for role in roles),
        "；".join(role.reach for role in roles),
        None,
        user.username,
        password,
    )
    context = {
        "head": Head(user.display_name, _("一次性密码"), "lock"),
        "slips": [slip],
        "address": request.build_absolute_uri("/"),
        "url": user_url(user),
    }
    return render(request, "accounts/first_password.html", context)


def _told(request: HttpRequest, user: User, refused: Refused) -> HttpResponse:
    for problem in refused.problems:
        messages.error(request, sentence(problem))
    return redirect(request, user_url(user))
