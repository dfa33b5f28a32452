"""The page for what went wrong in the program: with the number under which the log has it."""

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import get_template

from anlan.config.logs import request_id


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Say that it is our fault, and what to tell the administrator; needs neither database nor session."""
    return HttpResponseServerError(get_template("500.html").render({"request_id": request_id.get()}))
