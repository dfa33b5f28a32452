"""``/healthz``: may traffic be sent here; and for those it concerns, how everything is."""

import ipaddress

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from anlan.accounts.roles import Role
from anlan.config import checkup
from anlan.config.version import program_version
from anlan.kernel.access import public
from anlan.kernel.actors import PersonActor

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Via")
QUICK = (
    checkup.check_database,
    checkup.check_migrations,
    checkup.check_disk,
    checkup.check_queue,
    checkup.check_backup,
)
"""The checks of ``anlan doctor`` that take no longer on a large county."""


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 ``ok`` when the database answers, else 503; says nothing else to strangers.

    ``?details`` gives the quick checks as JSON to somebody on this machine and to administrators.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    if "details" in request.GET and (is_local(request) or is_administrator(request)):
        return _details()
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def is_local(request: HttpRequest) -> bool:
    """Whether somebody on this machine asks, as far as can be known: what a proxy hands on is not local."""
    behind_proxy: object = settings.SECURE_PROXY_SSL_HEADER
    if behind_proxy or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_administrator(request: HttpRequest) -> bool:
    """Whether an administrator asks."""
    actor = getattr(request, "actor", None)
    return isinstance(actor, PersonActor) and any(grant.role == Role.ADMINISTRATOR for grant in actor.grants)


def _details() -> HttpResponse:
    findings = [checkup.examine(check) for check in QUICK]
    told = [
        {"title": one.title, "level": one.level, "seen": one.seen, "remedy": one.remedy} for one in findings
    ]
    well = all(one.level != checkup.BAD for one in findings)
    return JsonResponse(
        {"ok": well, "version": program_version(), "checks": told},
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-store"},
    )
