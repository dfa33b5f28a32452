"""The full-text index is kept by triggers on SQLite; a migration that writes a table anew drops them."""

import pytest
from django.apps import apps
from django.db import connection

TABLES = ("registers_person", "registers_partyorganization")


@pytest.mark.sqlite_only
@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_triggers_are_there_after_all_migrations(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        found = {row[0] for row in cursor.fetchall()}
    expected = {f"{table}_fts_{verb}" for verb in ("insert", "delete", "update")}
    assert expected <= found, "see docs/howto/non-null-column-without-downtime.md"


def test_the_tables_are_those_of_the_registers() -> None:
    there = {model._meta.db_table for model in apps.get_app_config("registers").get_models()}
    assert there.issuperset(TABLES)
