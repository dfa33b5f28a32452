"""The database of an installation as one thing: copied while others write, replaced whole, looked into.

Nothing here goes through Django's connection, so that it also works before the program is set up and on a
database of another version.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from anlan.config.refusals import EnvironmentRefused

HEAD = "SELECT sequence, chain FROM kernel_chainhead WHERE id = 1"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy says of itself: kind and version of the database, applied migrations, head of the chain."""

    vendor: str
    server: str
    migrations: tuple[str, ...]
    sequence: int
    chain: str

    def as_json(self) -> dict[str, Any]:
        """The facts as JSON keeps them."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Facts":
        """The facts from what ``as_json`` gave."""
        return cls(**{**kept, "migrations": tuple(kept["migrations"])})


class Store(Protocol):
    """A database, as far as keeping and bringing back goes."""

    @property
    def vendor(self) -> str:
        """``sqlite`` or ``postgresql``."""

    @property
    def member(self) -> str:
        """What its copy is called within a backup."""

    def is_empty(self) -> bool:
        """Whether there is nothing in it that could be lost."""

    def size(self) -> int:
        """About how many bytes a copy has."""

    def copy_to(self, target: Path) -> Facts:
        """Copy the state of one moment into a new file while others go on writing."""

    def replace_by(self, source: Path) -> None:
        """Put what ``copy_to`` wrote in the place of everything there is. Safe to repeat when interrupted.

        ``source`` stands in the home and may be used up by it.
        """

    def clear(self) -> None:
        """Remove everything."""

    def number(self, query: str) -> int | None:
        """The first value of a query; None when there is no row, or no such table."""


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """The database file in the home folder."""

    path: Path
    vendor: str = "sqlite"
    member: str = "database.sqlite3"

    def is_empty(self) -> bool:
        """Whether there is no file, or one without a table."""
        if not self.path.exists():
            return True
        try:
            with closing(sqlite3.connect(self.path)) as connection:
                return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            # Damaged: something was there.
            return False

    def size(self) -> int:
        """The size of the file and of what waits in its journal."""
        return sum(path.stat().st_size for path in self._files() if path.exists())

    def copy_to(self, target: Path) -> Facts:
        """Copy through SQLite's online backup, in one step: the writers of WAL mode are not held up."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=-1)
            # One file, complete in itself.
            copy.execute("PRAGMA journal_mode=DELETE")
        return facts_of_file(target)

    def replace_by(self, source: Path) -> None:
        """Move the file into place, which takes no room on the disk.

        The old one's journal goes first, it must not be taken for the new one's.
        """
        self.clear()
        source.replace(self.path)

    def clear(self) -> None:
        """Remove the file and its journal."""
        for path in reversed(self._files()):
            path.unlink(missing_ok=True)

    def number(self, query: str) -> int | None:
        """See ``Store``."""
        if not self.path.exists():
            return None
        with closing(sqlite3.connect(self.path)) as connection, suppress(sqlite3.OperationalError):
            row = connection.execute(query).fetchone()
            return int(row[0]) if row else None
        return None

    def _files(self) -> tuple[Path, ...]:
        return tuple(self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm"))


def facts_of_file(path: Path) -> Facts:
    """What a copied SQLite file says of itself; refused when it is damaged or not Anlan's."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            migrations = tuple(f"{app}.{name}" for app, name in connection.execute(MIGRATIONS))
            head = connection.execute(HEAD).fetchone() or (0, b"")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            raise
        raise EnvironmentRefused(
            f"数据库文件损坏，或者不是安澜的数据库：{error}", "从最近的备份恢复：anlan restore FILE --replace"
        ) from error
    return Facts("sqlite", sqlite3.sqlite_version, migrations, head[0], bytes(head[1]).hex())
