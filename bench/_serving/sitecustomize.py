"""Loaded by the server a benchmark measures: times every answer inside it and adds one trivial page.

The server is started as people start it; only this folder stands on its ``PYTHONPATH``. ``Server-Timing``
tells how long the application took, and how much processor time of its thread, sending left out.
``/bench/row/`` is the least a page of this system can do: the same middleware and sign-in, one row by its
key, its name as text.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

import django.core.wsgi

original = django.core.wsgi.get_wsgi_application


def get_wsgi_application() -> Callable[..., Iterable[bytes]]:
    """The application, timed."""
    application: Callable[..., Iterable[bytes]] = original()
    _add_page()

    def timed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, worked = time.perf_counter(), time.thread_time()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            spent = (time.perf_counter() - began) * 1000
            used = (time.thread_time() - worked) * 1000
            timing = f"app;dur={spent:.3f}, cpu;dur={used:.3f}"
            return start_response(status, [*headers, ("Server-Timing", timing)], *rest)

        return application(environ, start)

    return timed


def _add_page() -> None:
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from anlan.config import urls
    from anlan.registers.models import Person

    def row(request: HttpRequest) -> HttpResponse:
        name = Person.objects.values_list("name", flat=True).order_by("pk").first()
        return HttpResponse(str(name), content_type="text/plain; charset=utf-8")

    urls.urlpatterns.insert(0, path("bench/row/", row))


django.core.wsgi.get_wsgi_application = get_wsgi_application  # type: ignore[assignment]
