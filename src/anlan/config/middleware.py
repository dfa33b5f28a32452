"""Around every request: its id, its time, its line in the log, its part in the metrics."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from anlan.config import metrics
from anlan.config.logs import address_of, request_id

REQUEST_HEADER = "X-Request-ID"
QUIET = frozenset({"healthz", "metrics", "static"})
"""Asked all the time, by machines; logged only when they fail."""
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
logger = logging.getLogger("anlan.requests")


class RequestMiddleware:
    """Gives every request an id, counts and measures it, and logs one line when it is answered.

    A proxy in front may have given it an id; from anybody else none is taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        token = request_id.set(_id_for(request))
        started = time.perf_counter()
        status = 500
        try:
            response = self._get_response(request)
            status = response.status_code
            response[REQUEST_HEADER] = request_id.get()
            return response
        finally:
            _note(request, status, time.perf_counter() - started)
            request_id.reset(token)


def _id_for(request: HttpRequest) -> str:
    given = request.headers.get(REQUEST_HEADER, "")
    if settings.SECURE_PROXY_SSL_HEADER and _GIVEN_ID.fullmatch(given):
        return given
    return secrets.token_hex(8)


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    address, method = address_of(request), metrics.known_method(request.method or "")
    metrics.observe(address, method, status, seconds)
    if address in QUIET and status < 400:
        return
    actor = getattr(request, "actor", None)
    fields = {
        "request": request_id.get(),
        "method": method,
        "url": address,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "actor": getattr(actor, "user_id", None),
    }
    logger.info("answered", extra={"fields": fields})
