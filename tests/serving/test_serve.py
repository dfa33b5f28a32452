"""``anlan serve`` as people start and stop it: a process of its own, with its own home on SQLite."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

START_SECONDS = 60


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(home: Path, port: int, before: Path | None = None) -> Iterator["subprocess.Popen[str]"]:
    paths = [*filter(None, [before]), ROOT / "src"]
    environment = {**os.environ, "ANLAN_HOME": str(home), "PYTHONPATH": os.pathsep.join(map(str, paths))}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "_ANLAN_SERVER"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "anlan", "serve", "--port", str(port)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, cwd=home, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            _wait_until_up(process, port)
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def _answer(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return int(answer.status)


def _read(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
        return bytes(answer.read())


def _wait_until_up(process: "subprocess.Popen[str]", port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            if _answer(port) == 200:
                return
        time.sleep(0.1)
    process.kill()
    pytest.fail(f"the server did not come up: {process.communicate()}")


def _children(process_id: int) -> set[int]:
    listing = Path(f"/proc/{process_id}/task/{process_id}/children")
    threads = listing.parent.parent.glob("*/children")
    return {int(child) for thread in threads for child in thread.read_text("ascii").split()}


def _alive(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _gone_within(processes: set[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(map(_alive, processes)) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(map(_alive, processes))


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_when_asked(served_home: Path, port: int, asked: signal.Signals) -> None:
    with serving(served_home, port) as process:
        children = _children(process.pid)
        assert len(children) >= 2, "one process for the web, one for the background"
        process.send_signal(asked)
        said, complained = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert complained == ""
    assert _gone_within(children, 5)


# Makes one address slow, in the server's own process: nothing of ours is slow enough to be caught in the act.
SLOW = """
import time
import django.core.wsgi
original = django.core.wsgi.get_wsgi_application
def get_wsgi_application():
    application = original()
    def slow(environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            time.sleep(2)
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"finished"]
        return application(environ, start_response)
    return slow
django.core.wsgi.get_wsgi_application = get_wsgi_application
"""


def test_a_request_that_runs_is_finished_first(served_home: Path, port: int, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW, "utf-8")
    with serving(served_home, port, before=tmp_path) as process, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(_read, port, "slow")
        time.sleep(0.7)
        process.terminate()
        assert asked.result(30) == b"finished"
        assert process.wait(30) == 0


def test_a_killed_server_leaves_nothing_behind_and_starts_again(served_home: Path, port: int) -> None:
    with serving(served_home, port) as process:
        children = _children(process.pid)
        process.kill()
        process.wait(10)
        assert _gone_within(children, 15), "web and background work end with the server"
    with serving(served_home, port):
        assert _answer(port) == 200


def _workers(process_id: int) -> set[int]:
    commands = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in _children(process_id)}
    return {child for child, command in commands.items() if b"anlan.config.worker" in command}


def test_a_worker_that_dies_is_replaced(served_home: Path, port: int) -> None:
    with serving(served_home, port) as process:
        (first,) = _workers(process.pid)
        os.kill(first, signal.SIGKILL)
        end = time.monotonic() + START_SECONDS
        while not _workers(process.pid) - {first} and time.monotonic() < end:
            time.sleep(0.1)
        (second,) = _workers(process.pid)
        assert second != first
        process.terminate()
        _, complained = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "正在重新启动" in complained and len(complained.splitlines()) == 1
    assert _gone_within({second}, 5)


def test_a_taken_port_is_refused_in_two_lines(served_home: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        command = [sys.executable, "-m", "anlan", "serve", "--port", str(holder.getsockname()[1])]
        environment = {**os.environ, "ANLAN_HOME": str(served_home), "PYTHONPATH": str(ROOT / "src")}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr
