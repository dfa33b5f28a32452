"""Where benchmarks run: an installation of their own on SQLite or PostgreSQL, thrown away afterwards."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.provision import postgres

DATABASES = ("sqlite", "postgresql")


@contextmanager
def installation(database: str) -> Iterator[dict[str, str]]:
    """The environment of an empty installation on ``database``; everything in it is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="anlan-bench-") as home:
        environment = {**os.environ, "ANLAN_HOME": home, "DJANGO_SETTINGS_MODULE": "anlan.config.settings"}
        environment.pop("DATABASE_URL", None)
        if database == "sqlite":
            yield environment
            return
        with postgres.server() as url:
            yield {**environment, "DATABASE_URL": url}


def run_part(module: str, arguments: list[str], environment: dict[str, str]) -> str:
    """Run one part of a benchmark as a process of its own; gives what it printed."""
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**environment, "PYTHONPATH": os.pathsep.join([root, str(Path(root, "src"))])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak_megabytes() -> float:
    """The largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def setup() -> None:
    """Load the application in this process and make its database ready."""
    import django

    django.setup()
    from anlan.config.installation import migrate

    migrate()
