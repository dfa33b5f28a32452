"""Asked to stop, the background work finishes what runs and takes nothing new."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from anlan.config.operations.home import DATABASE
from anlan.config.tests.homes import anlan, environment

WAIT_SECONDS = 60
# Declares a slow job in every process of the program, as soon as that is set up.
SLOW_JOB = """
import time
import django
original = django.setup
def setup(*given):
    original(*given)
    from anlan.kernel import jobs
    if "test.slow" not in jobs._jobs:
        jobs.job("test.slow")(lambda progress: time.sleep(2) or {"finished": True})
django.setup = setup
"""
ENQUEUE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
django.setup()
from anlan.kernel.jobs import enqueue
enqueue("test.slow")
enqueue("test.slow")
"""


def states(home: Path) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(home / DATABASE, timeout=20)) as connection:
        return connection.execute(
            "SELECT state, result FROM kernel_job WHERE name = 'test.slow' ORDER BY id"
        ).fetchall()


def wait_for(home: Path, state: str) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while state not in {one for one, _ in states(home)}:
        if time.monotonic() > end:
            pytest.fail(f"no job became {state}: {states(home)}")
        time.sleep(0.05)


def test_a_running_job_is_finished_and_the_next_one_left(county_home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW_JOB, "utf-8")
    paths = environment(county_home)["PYTHONPATH"]
    variables = {"PYTHONPATH": os.pathsep.join([str(tmp_path), paths])}
    anlan(county_home, "--version", before=ENQUEUE, variables=variables)
    command = [sys.executable, "-m", "anlan.config.worker"]
    with subprocess.Popen(command, env=environment(county_home, variables), stderr=subprocess.PIPE) as worker:
        wait_for(county_home, "running")
        worker.send_signal(signal.SIGTERM)
        _, complained = worker.communicate(timeout=WAIT_SECONDS)
    assert worker.returncode == 0 and complained == b""
    assert states(county_home) == [("done", '{"finished": true}'), ("queued", None)]
