"""Web and background work in one command: granian started by this process, the worker as its child.

``anlan serve`` becomes this program, ``python -m anlan.config.serving ADDRESS``. It loads nothing of Django:
the web process is forked from it, and what lies in the memory of both counts twice.

One web process with several threads: SQLite has one writer at a time whatever the number of processes, and a
second process would double the memory. The worker is a process of its own, so that a long import or report
never slows a page.
"""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from anlan.config.environment import SERVED_WITH_CERTIFICATE, home
from anlan.config.lifeline import announce_parent
from anlan.config.operations import locks
from anlan.config.refusals import CommandRefused
from anlan.config.server import ANNOUNCEMENT, Address
from anlan.config.worker import RENEWED

STOP_SECONDS = 600
MAXIMUM_THREADS = 16
RESTART_SECONDS = 3.0


def started_worker() -> "subprocess.Popen[bytes]":
    """A background worker, just started."""
    return subprocess.Popen(
        [sys.executable, "-m", "anlan.config.worker"],
        stdin=subprocess.DEVNULL,
        # A group of its own: Ctrl-C in the terminal reaches it through us, once.
        start_new_session=True,
    )


@dataclass(slots=True)
class BackgroundWorker:
    """The worker as a child process, asked to finish when the server stops.

    Started again when it dies, and at once when it ends to give back the memory of a large job.
    """

    process: subprocess.Popen[bytes] = field(default_factory=started_worker)
    stopping: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Keep one worker alive until asked to stop."""
        while True:
            code = self.process.wait()
            if code != RENEWED and not self.stopping.is_set():
                print("后台任务进程意外退出，正在重新启动。", file=sys.stderr)
                self.stopping.wait(RESTART_SECONDS)
            if self.stopping.is_set():
                return
            self.process = started_worker()

    def stop(self) -> None:
        """Ask it to finish what runs, and wait for that."""
        self.stopping.set()
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class TrueAlarms(logging.Filter):
    """Leaves out an alarm of granian's that is none.

    It waits for a stopped worker in two threads. One is told of its end, the other then hears of no such
    process, takes it for alive, and says to be killing it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether something is worth saying."""
        return "refused to gracefully stop" not in str(record.msg)


def main() -> int:
    """Serve at the address given as the only argument; two lines when it cannot be."""
    try:
        # What became this program let go of the home on the way.
        locks.share(home())
    except CommandRefused as refusal:
        print(refusal.wrong, refusal.remedy, sep="\n", file=sys.stderr)
        return refusal.exit_code
    return serve(Address.from_json(sys.argv[1]), os.environ.pop(ANNOUNCEMENT, ""))


def serve(address: Address, announcement: str) -> int:
    """Serve until SIGTERM or SIGINT; print ``announcement`` once the server answers. Gives the exit code."""
    logging.getLogger("_granian").addFilter(TrueAlarms())
    announce_parent()
    if address.certificate is not None:
        os.environ[SERVED_WITH_CERTIFICATE] = "yes"
    # Before granian forks: a web process forked while another thread starts the worker keeps the pipe open
    # through which that thread waits to be told that it started, and it would wait for ever.
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
        lambda: threading.Thread(target=_announce, args=(address, announcement), daemon=True).start()
    )
    server.on_shutdown(worker.stop)
    try:
        server.serve()
    finally:
        worker.stop()
    return 0


def _announce(address: Address, announcement: str) -> None:
    """Print ``announcement`` as soon as the port accepts a connection."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)
    while True:
        with suppress(OSError), socket.create_connection((host, address.port), timeout=1):
            break
        time.sleep(0.05)
    print(announcement, flush=True)


if __name__ == "__main__":
    sys.exit(main())
