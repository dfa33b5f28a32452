"""The background worker: ``serve`` starts it as a child process, ``python -m anlan.config.worker``.

It works off the queue of the database and, beside that, queues what the timetable says. It stops when asked
by SIGTERM, or when the server that started it is gone. A task that runs is finished first.

A large import needs half a gigabyte for a minute, and Python hands little of that back to the system. A
worker that has grown beyond ``MOST_RESIDENT`` therefore ends after the task; the server starts a fresh one.
"""

import os
import signal
import sys
import threading
from pathlib import Path

RENEWED = 75
"""The exit code of a worker that is to be started again at once."""
MOST_RESIDENT = 200_000_000


def main() -> None:
    """Work until asked to stop."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    django.setup()
    from anlan.config.environment import home
    from anlan.config.lifeline import follow_parent
    from anlan.config.operations.locks import share
    from anlan.kernel.worker import run_worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda signum, frame: stop.set())
    # In a terminal Ctrl-C reaches the whole group; the server passes it on as SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    follow_parent()
    share(home())
    if run_worker(stop, enough=has_grown):
        sys.exit(RENEWED)


def has_grown() -> bool:
    """Whether this process holds more memory than an idle worker should; never where that cannot be told."""
    try:
        resident, shared = map(int, Path("/proc/self/statm").read_text("ascii").split()[1:3])
    except (OSError, ValueError):
        return False
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE") > MOST_RESIDENT


if __name__ == "__main__":
    main()
