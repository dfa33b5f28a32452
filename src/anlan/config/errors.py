"""The page for what went wrong in the program: with the number under which the log has it."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from anlan.config.logs import request_id
from anlan.kernel import disk


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and what to tell the administrator; a full disk is told as what it is.

    Needs neither database nor session.
    """
    status = 507 if disk.is_full(sys.exc_info()[1]) else 500
    content = get_template(f"{status}.html").render({"request_id": request_id.get()})
    return HttpResponse(content, status=status)
