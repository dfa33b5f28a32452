"""How far a job is, written now and then where people can see it."""

import time

from anlan.kernel.models import Job

EVERY_SECONDS = 0.5


class Progress:
    """Handed to every job. ``report`` may be called as often as one likes; it writes twice a second at
    most.
    """

    def __init__(self, job_id: int) -> None:
        self._job_id = job_id
        self._written = 0.0

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say that ``done`` of ``total`` is done; the last of all is always written.

        Inside a transaction it is seen by others only after that.
        """
        if time.monotonic() - self._written >= EVERY_SECONDS or done == total:
            self.begin(done, total, message)

    def begin(self, done: int, total: int | None, message: str) -> None:
        """Say which step begins after ``done`` of ``total``; always written, because it may be a long one."""
        self._written = time.monotonic()
        Job.objects.filter(pk=self._job_id).update(done=done, total=total, message=message[:240])
