"""What is written to standard error, where the service manager keeps it; see ``anlan.config.logs``.

Addresses that do not exist are everyday business and left out. Values of people stay out of messages: what is
logged names records by number.
"""

import sys

from anlan.config.environment import declare_choice

_terminal = sys.stderr.isatty()
_format = declare_choice(
    "LOG_FORMAT",
    "auto",
    ("auto", "json", "text"),
    "日志的写法：json（每行一个对象）、text；auto 在终端里为 text，否则为 json",
)
_requests = declare_choice(
    "LOG_REQUESTS",
    "auto",
    ("auto", "yes", "no"),
    "是否记录每次访问：yes、no；auto 在终端里为 no，否则为 yes",
)
_readable = _format == "text" or (_format == "auto" and _terminal)
_logged = _requests == "yes" or (_requests == "auto" and not _terminal)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"anlan.config.logs.{'ReadableLines' if _readable else 'JsonLines'}"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own set-up would send errors by mail to nobody.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "anlan.requests": {"level": "INFO" if _logged else "WARNING"},
    },
}
