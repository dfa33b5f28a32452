"""Accounts from a sheet: checked line by line, opened all at once, their first passwords on slips."""

from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from anlan.accounts.forms import UserImportForm
from anlan.accounts.imports.blank_sheet import blank_sheet
from anlan.accounts.imports.opening import open_accounts
from anlan.accounts.imports.planning import PlannedAccount, named, plan_accounts, sentence_of
from anlan.accounts.imports.reading import Line, read_lines
from anlan.accounts.labels import ROLE_NAMES
from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import Problem, Refused
from anlan.web.doors import reader
from anlan.web.formats import write_day
from anlan.web.parts import Head
from anlan.web.responses import UNPROCESSABLE, problems_to_form_errors, refused_form

_SALT = "anlan.accounts.user_import"
_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the sheet as the page shows it."""

    row: int
    name: str
    username: str
    unit: str
    role: str
    place: str
    days: str
    refused: bool
    sentences: list[str]


@reader("accounts.user_import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form; then what the sheet would open; then the accounts are opened and their slips shown once."""
    if request.method == "POST" and request.POST.get("plan"):
        return _write(request, actor, request.POST["plan"])
    form = UserImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            lines = read_lines(form.cleaned_data["file"].read())
        except Refused as refused:
            problems_to_form_errors(form, refused.problems)
        else:
            return _check(request, actor, lines)
    context = {"form": form or UserImportForm(), "head": _head(_("批量新建账号"))}
    if form is not None:
        return refused_form(request, "accounts/user_import.html", context)
    return render(request, "accounts/user_import.html", context)


@reader("accounts.user_import")
@require_safe
def blank(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The blank sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(blank_sheet(), content_type=kind)
    answer["Content-Disposition"] = 'attachment; filename="accounts.xlsx"'
    return answer


def _check(request: HttpRequest, actor: PersonActor, lines: list[Line]) -> HttpResponse:
    planned = plan_accounts(lines, actor, timezone.localdate())
    refused = sum(one.refused for one in planned)
    context = {
        "head": _head(_("核对账号表")),
        "rows": [_shown(one) for one in planned],
        "refused": refused,
        "token": "" if refused else _token(actor, named(planned)),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "accounts/user_import_check.html", context, status=status)


@sensitive_variables("slips")
def _write(request: HttpRequest, actor: PersonActor, token: str) -> HttpResponse:
    try:
        lines = _lines(actor, token)
    except signing.BadSignature:
        form = UserImportForm({}, {})
        form.full_clean()
        form.errors.clear()
        problems_to_form_errors(form, [Problem("account_sheet.stale")])
        return refused_form(
            request, "accounts/user_import.html", {"form": form, "head": _head(_("批量新建账号"))}
        )
    planned = plan_accounts(lines, actor, timezone.localdate())
    if any(one.refused for one in planned):
        return _check(request, actor, lines)
    slips = open_accounts(actor, planned)
    context = {
        "head": _head(_("密码条"), _("已建立 %(count)d 个账号。") % {"count": len(slips)}),
        "slips": slips,
        "address": _address_for_others(request),
    }
    return render(request, "accounts/user_import_slips.html", context)


def _address_for_others(request: HttpRequest) -> str:
    """The address as others type it; "" where the system is only asked for as this machine's own."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    try:
        is_own = ip_address(host).is_loopback
    except ValueError:
        is_own = host == "localhost"
    return "" if is_own else request.build_absolute_uri("/")


def _head(title: str, lead: str = "") -> Head:
    return Head(title, _("账号"), "person", lead)


def _token(actor: PersonActor, lines: list[Line]) -> str:
    """The checked lines, signed for the same person and an hour: nothing is kept on the server meanwhile."""
    content: Any = {"by": actor.user_id, "lines": [[line.row, dict(line.cells)] for line in lines]}
    return signing.dumps(content, salt=_SALT, compress=True)


def _lines(actor: PersonActor, token: str) -> list[Line]:
    content = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    if content["by"] != actor.user_id:
        raise signing.BadSignature("another person's plan")
    return [Line(row, cells) for row, cells in content["lines"]]


def _shown(one: PlannedAccount) -> ShownLine:
    return ShownLine(
        one.row,
        one.name,
        one.username,
        one.unit,
        str(ROLE_NAMES[one.role]) if one.role else one.line.text("role"),
        one.place.name if one.place else one.line.text("place"),
        _days(one.valid_from, one.valid_to),
        one.refused,
        [sentence_of(problem) for problem in one.problems],
    )


def _days(first: date | None, end: date | None) -> str:
    if first is None:
        return ""
    if end is None:
        return _("%(day)s起") % {"day": write_day(first)}
    last = write_day(end - timedelta(days=1))
    return _("%(first)s至%(last)s") % {"first": write_day(first), "last": last}
