"""What is logged, one JSON object a line: what happened, at which address by name, by which account's number.

Nothing of persons: no address with its query, no form content, no names. A message of an exception may carry
a value of a row; what could be one (Chinese text, long numbers, what a database quotes) is left out of it.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

MOST_FRAMES = 15
_SOURCE = str(Path(__file__).parents[2])
_HIDDEN = (
    (re.compile(r"(DETAIL:|CONTEXT:|Failing row contains|Key \().*", re.DOTALL), r"\1 …"),
    (re.compile(r"[一-鿿㐀-䶿]+"), "…"),
    (re.compile(r"\d{7,}[\dXx]*"), "#"),
)
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; every line logged meanwhile carries it."""


def without_values(text: str) -> str:
    """A message with what could be a person's left out."""
    for pattern, replacement in _HIDDEN:
        text = pattern.sub(replacement, text)
    return text


def content_of(record: logging.LogRecord) -> dict[str, Any]:
    """What is written of a log record."""
    content: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if request_id.get():
        content["request"] = request_id.get()
    content |= getattr(record, "fields", {})
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        content["error"] = type(error).__name__
        content["said"] = without_values(str(error))[:500]
        content["where"] = _frames(error)
    return content


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        return json.dumps(content_of(record), ensure_ascii=False, default=str)


class ReadableLines(logging.Formatter):
    """The same content for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record; the frames of an exception below it."""
        content = content_of(record)
        where = content.pop("where", [])
        head = " ".join(str(content.pop(name)) for name in ("at", "level", "logger", "message"))
        rest = " ".join(f"{name}={value}" for name, value in content.items())
        return "\n".join([f"{head} {rest}".rstrip(), *(f"    {frame}" for frame in where)])


def _message(record: logging.LogRecord) -> str:
    if hasattr(record, "request"):
        # Django's message names the path, in which names may stand; ours is the name of the address.
        reason = record.args[0] if isinstance(record.args, tuple) and record.args else record.msg
        return f"{without_values(str(reason))} ({address_of(record.request)})"
    return without_values(record.getMessage())


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [
        f"{frame.filename.removeprefix(_SOURCE).lstrip('/')}:{frame.lineno} {frame.name}" for frame in frames
    ]


def address_of(request: Any) -> str:
    """The name of the address a request went to; "none" where there is none, never the path."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
