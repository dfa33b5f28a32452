"""Full-text index over characters and bigrams: FTS5 on SQLite, ``tsvector`` on PostgreSQL.

FTS5's trigram tokenizer finds nothing for two-character Chinese queries, and pg_trgm does not help them
either; both index the ``tokens`` column instead. On SQLite triggers keep the index beside the table, so that
no writer can forget it. A trigger costs 40 µs a row, a bulk statement 2: while a row stands in the paused
table (only ever inside a transaction), the triggers rest and ``registers.search_index`` does their work.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("registers_person", "registers_partyorganization")
PAUSED = "registers_fts_paused"


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(f"CREATE TABLE {PAUSED} (name text)")
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"CREATE INDEX {table}_fts ON {table} USING gin (to_tsvector('simple', tokens))")
            continue
        fts = f"{table}_fts"
        gone = f"INSERT INTO {fts}({fts}, rowid, tokens) VALUES ('delete', old.id, old.tokens)"
        come = f"INSERT INTO {fts}(rowid, tokens) VALUES (new.id, new.tokens)"
        awake = f"WHEN NOT EXISTS (SELECT 1 FROM {PAUSED})"
        for statement in (
            f"CREATE VIRTUAL TABLE {fts} USING fts5(tokens, content='{table}', content_rowid='id', "
            "detail=column, tokenize=unicode61)",
            f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} {awake} BEGIN {come}; END",
            f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} {awake} BEGIN {gone}; END",
            f"CREATE TRIGGER {fts}_update AFTER UPDATE OF tokens ON {table} BEGIN {gone}; {come}; END",
        ):
            editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX {table}_fts")
            continue
        for name in ("insert", "delete", "update"):
            editor.execute(f"DROP TRIGGER {table}_fts_{name}")
        editor.execute(f"DROP TABLE {table}_fts")
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TABLE {PAUSED}")


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
