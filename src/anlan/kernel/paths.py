"""Materialised paths of the two trees (areas, organisations) and ranges over them.

A path is the ids from the root down, each followed by a dot: ``"1.5.77."``. A node's subtree is one
range of strings, so a page inside a scope is one index range on every database.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Tree = Literal["area", "organization"]
_AFTER_DOT = "/"  # the character right after "." in ASCII


class PathField(models.CharField):  # type: ignore[type-arg]
    """A path column, compared byte by byte on every database so that ranges use the index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 160)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Ask PostgreSQL for the C collation; SQLite compares bytes anyway."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@dataclass(frozen=True, slots=True)
class Range:
    """A subtree of one of the two trees, its root included. The empty path is the whole tree."""

    tree: Tree
    path: str

    def holds(self, path: str) -> bool:
        """Whether a node with this path lies in the subtree."""
        return path.startswith(self.path)

    @property
    def is_whole(self) -> bool:
        """Whether this is a whole tree: the empty path or its one root (a database holds one county)."""
        return self.path.count(".") <= 1


def subtree(column: str, path: str) -> models.Q:
    """The condition that ``column`` (a path) lies in the subtree of ``path``, root included."""
    if not path:
        return models.Q()
    return models.Q(**{f"{column}__gte": path, f"{column}__lt": path[:-1] + _AFTER_DOT})


def child_path(parent_path: str, own_id: int) -> str:
    """The path of a node with this id under the parent's path ("" for a root)."""
    return f"{parent_path}{own_id}."


def path_ids(path: str) -> list[int]:
    """The ids along a path, root first, the node itself last."""
    return [int(part) for part in path.split(".") if part]
