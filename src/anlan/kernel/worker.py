"""The loop that works off the queue and keeps the timetable; any number of them may run."""

import threading
import time

from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from anlan.kernel import jobs

TIMETABLE_SECONDS = 5.0


def work_once() -> bool:
    """Run the next ready task, if there is one; gives whether there was."""
    # Looking first: taking a task locks the one writer of SQLite, which an idle worker should not do every second.
    if not DBTaskResult.objects.ready().exists():
        return False
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.run()
    return bool(worker._run_tasks)


def run_worker(stop: threading.Event, interval: float = 1.0) -> None:
    """Work until ``stop`` is set; what runs then is finished first. ``interval`` is the pause when idle, in seconds."""
    next_look = 0.0
    while not stop.is_set():
        close_old_connections()
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + TIMETABLE_SECONDS
            jobs.queue_due()
            jobs.take_up_abandoned()
        if not work_once():
            stop.wait(interval)
    connection.close()
