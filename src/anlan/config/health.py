"""``/healthz``: may traffic be sent here."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anlan.kernel.access import public


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 ``ok`` when the database answers, else 503; says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
