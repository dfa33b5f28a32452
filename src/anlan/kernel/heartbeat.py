"""A sign of life while a job runs, so that a run whose worker died is told from one that takes long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from anlan.kernel.models import Job

EVERY_SECONDS = 15.0
STALE_AFTER = timedelta(minutes=3)


@contextmanager
def beating(job_id: int) -> Iterator[None]:
    """Renew a running job's ``alive_at`` from a thread with a connection of its own."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(job_id, over), name=f"job-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(job_id: int, over: threading.Event) -> None:
    try:
        while not over.wait(EVERY_SECONDS):
            try:
                Job.objects.filter(pk=job_id).update(alive_at=timezone.now())  # noqa: TID251 - the clock itself
            except DatabaseError:
                # The job holds the one writer of SQLite just now; three minutes must pass before it counts
                # as dead.
                connection.close()
    finally:
        connection.close()
