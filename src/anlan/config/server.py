"""Web and background work in one command: granian in this process, the worker as its child.

One web process with several threads: SQLite has one writer at a time whatever the number of processes, and a
second process would double the memory. The worker is a process of its own, so that a long import or report
never slows a page.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from anlan.config.lifeline import announce_parent
from anlan.config.refusals import EnvironmentRefused

STOP_SECONDS = 600
MAXIMUM_THREADS = 16
RESTART_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and with which certificate (both files, or none for plain http)."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """What a person types; a server listening everywhere is shown as this machine."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"{'https' if self.certificate else 'http'}://{shown}:{self.port}/"


@dataclass(slots=True)
class BackgroundWorker:
    """The worker as a child process; started again when it dies, asked to finish when the server stops."""

    process: subprocess.Popen[bytes] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Keep one worker alive until asked to stop."""
        while not self.stopping.is_set():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "anlan.config.worker"],
                stdin=subprocess.DEVNULL,
                # A group of its own: Ctrl-C in the terminal reaches it through us, once.
                start_new_session=True,
            )
            self.process.wait()
            if not self.stopping.is_set():
                print("后台任务进程意外退出，正在重新启动。", file=sys.stderr)
                self.stopping.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """Ask it to finish what runs, and wait for that."""
        self.stopping.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def require_free(address: Address) -> None:
    """Refuse an address that cannot be listened on, before anything is started."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address.host, address.port))
    except (OSError, OverflowError) as error:
        raise EnvironmentRefused(
            f"无法监听 {address.host}:{address.port}：{error}", "换一个端口：--port N，或停掉占用它的程序。"
        ) from error


def serve(address: Address, announce: Callable[[], None]) -> int:
    """Serve until SIGTERM or SIGINT; ``announce`` is called once the server answers. Gives the exit code."""
    require_free(address)
    announce_parent()
    worker = BackgroundWorker()
    watcher = threading.Thread(target=worker.watch, name="worker-watch", daemon=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    server = Granian(
        "anlan.config.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=min(MAXIMUM_THREADS, 2 * (os.cpu_count() or 1)),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        ssl_cert=address.certificate,
        ssl_key=address.key,
    )
    server.on_startup(watcher.start)
    server.on_startup(
        lambda: threading.Thread(target=_announce, args=(address, announce), daemon=True).start()
    )
    server.on_shutdown(worker.stop)
    try:
        server.serve()
    finally:
        worker.stop()
    return 0


def _announce(address: Address, announce: Callable[[], None]) -> None:
    """Call ``announce`` as soon as the port accepts a connection."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)
    while True:
        with suppress(OSError), socket.create_connection((host, address.port), timeout=1):
            break
        time.sleep(0.05)
    announce()
