"""Reading very many rows: a county's worth of the ORM's conversions takes as long as the database itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def plain_rows(rows: "QuerySet[Any]", fields: Sequence[str]) -> Iterator[Sequence[Any]]:
    """What ``values_list`` gives of columns: texts, numbers, bytes, days, as the driver itself gives them."""
    statement, parameters = rows.values_list(*fields).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()
