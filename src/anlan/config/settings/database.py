"""The database: SQLite in ``HOME`` unless ``DATABASE_URL`` names a PostgreSQL."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from anlan.config.environment import home


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite() -> dict[str, Any]:
    # IMMEDIATE takes the write lock at the start of a transaction, so that no reader-turned-writer
    # meets 'database is locked'; kept-open connections save a third of every request.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home() / "anlan.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456"
            ),
        },
    }


_url = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": _postgres(_url) if _url else _sqlite()}
