"""PostgreSQL, copied and replaced by its own tools: pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from anlan.config.operations.databases import HEAD, MIGRATIONS, Facts
from anlan.config.refusals import EnvironmentRefused

DEBIAN = Path("/usr/lib/postgresql")
# Everything of ours in the schema; the schema itself stays, with its owner and rights.
CLEAR = """
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT c.relname, c.relkind FROM pg_class c
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %I CASCADE', CASE one.relkind WHEN 'v' THEN 'VIEW'
                   WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.relname);
  END LOOP;
  FOR one IN SELECT c.relname FROM pg_class c
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S'
  LOOP
    EXECUTE format('DROP SEQUENCE IF EXISTS %I CASCADE', one.relname);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
             WHERE p.pronamespace = current_schema()::regnamespace
               AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name);
  END LOOP;
END $$
"""


class PostgresStore:
    """The database ``DATABASE_URL`` names: of it, the schema in which the tables stand."""

    vendor = "postgresql"
    member = "database.dump"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        given = {
            "dbname": configuration["NAME"],
            "user": configuration["USER"],
            "host": configuration["HOST"],
            "port": configuration["PORT"],
            **configuration["OPTIONS"],
        }
        self._conninfo = make_conninfo(**{name: value for name, value in given.items() if value})
        self._password = str(configuration["PASSWORD"])

    def is_empty(self) -> bool:
        """Whether the schema has no table."""
        found = self.number("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        return not found

    def size(self) -> int:
        """The size of the whole database; its copy is smaller."""
        return self.number("SELECT pg_database_size(current_database())") or 0

    def copy_to(self, target: Path) -> Facts:
        """Dump the state of one moment: facts and dump read the same exported snapshot."""
        with self._connect() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            snapshot, schema, server = _row(
                connection,
                "SELECT pg_export_snapshot(), current_schema(), current_setting('server_version_num')::int",
            )
            try:
                migrations = tuple(f"{app}.{name}" for app, name in connection.execute(MIGRATIONS))
                head = connection.execute(HEAD).fetchone() or (0, b"")
            except psycopg.errors.UndefinedTable as error:
                raise EnvironmentRefused("数据库里没有安澜的数据。", "核对 DATABASE_URL。") from error
            major = server // 10000
            options = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
            self._run(
                "pg_dump", major, [*options, f"--schema={schema}", f"--snapshot={snapshot}", "-f", target]
            )
        return Facts(self.vendor, str(major), migrations, head[0], bytes(head[1]).hex())

    def replace_by(self, source: Path) -> None:
        """Clear the schema, then bring the dump in, in one transaction of its own."""
        with self._connect() as connection:
            schema, server = _row(
                connection, "SELECT current_schema(), current_setting('server_version_num')::int"
            )
        self.clear()
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        self._run("pg_restore", server // 10000, [*options, f"--schema={schema}", source])

    def clear(self) -> None:
        """Drop every table, sequence and function of the schema."""
        with self._connect() as connection:
            connection.execute(sql.SQL(CLEAR))

    def number(self, query: str) -> int | None:
        """See ``Store``."""
        with self._connect() as connection:
            try:
                row = connection.execute(sql.SQL(query)).fetchone()
            except psycopg.errors.UndefinedTable:
                return None
        return int(row[0]) if row else None

    def _connect(self) -> "psycopg.Connection[Any]":
        try:
            return psycopg.connect(self._conninfo, password=self._password or None)
        except psycopg.OperationalError as error:
            raise EnvironmentRefused(
                f"数据库无法使用：{' '.join(str(error).split())}", "核对 DATABASE_URL，并运行 anlan doctor。"
            ) from error

    def _run(self, tool: str, major: int, arguments: Iterable[str | Path]) -> None:
        # The password goes through the environment: arguments can be seen by everybody on the machine.
        environment = {**os.environ, **({"PGPASSWORD": self._password} if self._password else {})}
        done = subprocess.run(
            [tool_of(tool, major), f"--dbname={self._conninfo}", "--no-password", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())
            raise EnvironmentRefused(f"{tool} 没有完成：{said[:400]}", "按上面的原因处理后再试一次。")


def tool_of(name: str, major: int) -> str:
    """PostgreSQL's tool in a version that suits the server: Debian's own, else the one on the path."""
    folders = sorted(
        (int(path.parts[-3]), path) for path in DEBIAN.glob(f"*/bin/{name}") if path.parts[-3].isdecimal()
    )
    for version, path in folders:
        if version >= major:
            return str(path)
    found = shutil.which(name)
    if found and _version_of(found) >= major:
        return found
    raise EnvironmentRefused(
        f"这台机器没有能用于 PostgreSQL {major} 的 {name}。",
        f"安装它：apt install postgresql-client-{major}（或发行版中相同版本的客户端）。",
    )


def _version_of(program: str) -> int:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)?\b", done.stdout)
    return int(found[1]) if found else 0


def _row(connection: "psycopg.Connection[Any]", query: str) -> tuple[Any, ...]:
    row = connection.execute(sql.SQL(query)).fetchone()
    if row is None:
        raise RuntimeError(f"no answer to {query}")
    return tuple(row)
