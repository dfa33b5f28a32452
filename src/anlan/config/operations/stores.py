"""Which database an installation has."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anlan.config.operations.databases import SqliteStore, Store


def store_of(configuration: Mapping[str, Any]) -> Store:
    """The database a configuration of Django's names."""
    if configuration["ENGINE"].endswith("sqlite3"):
        return SqliteStore(Path(configuration["NAME"]))
    # Only here: without PostgreSQL its driver is not loaded.
    from anlan.config.operations.postgres import PostgresStore

    return PostgresStore(configuration)
