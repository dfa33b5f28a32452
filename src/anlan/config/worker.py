"""The background worker: ``serve`` starts it as a child process, ``python -m anlan.config.worker``.

It works off the queue of the database and, beside that, queues what the schedule says. It stops when asked
by SIGTERM, or when the server that started it is gone. A task that runs is finished first.
"""

import os
import signal
import sys
from types import FrameType

INTERVAL_SECONDS = 1.0


def main() -> None:
    """Work until asked to stop."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    django.setup()
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from anlan.config.lifeline import follow_parent

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

    def stop(signum: int, frame: FrameType | None) -> None:
        worker.running = False
        if not worker.running_task:
            sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    # In a terminal Ctrl-C reaches the whole group; the server passes it on as SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    follow_parent()
    worker.run()


if __name__ == "__main__":
    main()
