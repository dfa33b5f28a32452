"""The background worker: ``serve`` starts it as a child process, ``python -m anlan.config.worker``.

It works off the queue of the database and, beside that, queues what the schedule says. It stops when asked
by SIGTERM, or when the process that started it is gone: its standard input is a pipe whose other end that
process holds. A task that runs is finished first.
"""

import os
import signal
import sys
import threading

INTERVAL_SECONDS = 1.0


def main() -> None:
    """Work until asked to stop."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    django.setup()
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=INTERVAL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    # In a terminal Ctrl-C reaches the whole group; the parent passes it on once as SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_stop_with_parent, name="parent-watch", daemon=True).start()
    worker.run()


def _stop_with_parent() -> None:
    """Wait until nobody holds the other end of standard input any more, then stop as if asked to."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
