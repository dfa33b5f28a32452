"""Answers of pages: redirects and fragments that work with HTMX and without, refusals as form errors."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from anlan.kernel.problems import Problem, sentence

UNPROCESSABLE = 422


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Go on to ``url`` after a change: 303, or HTMX's own header for a request it made (it would follow a 303
    itself).
    """
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def fragment(
    request: HttpRequest, part: str, whole: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The template ``part`` for a request of HTMX, ``whole`` for a browser without it."""
    htmx: Any = getattr(request, "htmx", None)
    partial = bool(htmx) and not htmx.history_restore_request and not htmx.boosted
    answer = render(request, part if partial else whole, {**context, "partial": partial}, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def refused_form(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A form shown again with its errors: status 422, so that nobody takes it for done."""
    return render(request, template, dict(context), status=UNPROCESSABLE)


def unavailable(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """The page of a moment in which the system cannot serve (an upgrade, say); ``retry_after`` in seconds."""
    answer = render(request, "503.html", status=503)
    answer["Retry-After"] = str(retry_after)
    return answer


def problems_to_form_errors(
    form: forms.BaseForm, problems: Iterable[Problem], *, fields: Mapping[str, str] | None = None
) -> None:
    """Put refusals beside the fields they belong to.

    ``fields`` maps a problem's field to the form's where the names differ. A problem of a row is named
    ``members.2.name``: the third row somebody wrote into. A problem whose field the form does not have stands
    on top, so that it is never lost. The error's code is the problem's.
    """
    names = fields or {}
    for problem in problems:
        target, field = _row_of(form, problem.field)
        field = names.get(field, field)
        target.add_error(
            field if field in target.fields else NON_FIELD_ERRORS,
            forms.ValidationError(sentence(problem), code=problem.code),
        )


def _row_of(form: forms.BaseForm, name: str) -> tuple[forms.BaseForm, str]:
    """The row a problem's field names and the field in it; the form itself for any other."""
    rows, _dot, rest = name.partition(".")
    number, _dot, field = rest.partition(".")
    given = getattr(form, "rows", {}).get(rows)
    if given is not None and number.isdecimal() and int(number) < len(given.given):
        return given.given[int(number)], field
    return form, name
