"""The loop that works off the queue and keeps the timetable; any number of them may run."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from anlan.kernel import jobs

TIMETABLE_SECONDS = 5.0


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _claim(worker: Worker) -> DBTaskResult[Any, Any] | None:
    """The next ready task, taken for this worker; None when there is none, or when all writers are busy."""
    # Looking first: taking a task locks the one writer of SQLite, which an idle worker should not do every
    # second.
    if not DBTaskResult.objects.ready().exists():
        return None
    try:
        with exclusive_transaction():
            row: DBTaskResult[Any, Any] | None = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(worker.worker_id)
            return row
    except OperationalError as error:
        if is_locked_database_exception(error):
            return None
        raise


def work_once() -> bool:
    """Run the next ready task, if there is one; gives whether there was."""
    jobs.jobs()
    worker = _worker()
    row = _claim(worker)
    if row is None:
        return False
    worker.run_task(row)
    return True


def run_worker(
    stop: threading.Event, interval: float = 1.0, enough: Callable[[], bool] = lambda: False
) -> bool:
    """Work until ``stop`` is set, or ``enough`` says so after a task; gives whether it was the latter.

    What runs when ``stop`` is set is finished first. ``interval`` is the idle pause, in seconds.
    """
    next_look = 0.0
    while not stop.is_set():
        close_old_connections()
        if time.monotonic() >= next_look:
            next_look = time.monotonic() + TIMETABLE_SECONDS
            jobs.queue_due()
            jobs.take_up_abandoned()
        if not work_once():
            stop.wait(interval)
        elif enough():
            break
    connection.close()
    return not stop.is_set()
