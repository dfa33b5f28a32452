"""How many rows a query has: counted once for as long as nothing has changed."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from anlan.kernel.unchanged import while_unchanged


def count_of(queryset: QuerySet[Any]) -> int:
    """The number of rows, as of the latest change."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return 0
    return while_unchanged(("count", sql, tuple(params)), queryset.count)
