"""Background jobs: long work off the page, with progress, another try after a failure, and a timetable.

``@job("app.name")`` declares one; ``enqueue("app.name", …)`` queues a run in the caller's transaction. The
queue is django-tasks' table; how far a run is, and what came of it, stands in our own ``Job`` row.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from anlan.kernel import idempotency, parameters
from anlan.kernel.heartbeat import STALE_AFTER, beating
from anlan.kernel.models import Job, JobSchedule, JobState
from anlan.kernel.problems import Refused, sentence
from anlan.kernel.progress import Progress

logger = logging.getLogger("anlan.jobs")
JobFunction = Callable[..., Any]
DailyAt = time | Callable[[], time | None] | None
FIRST_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A declared job. ``every`` or ``daily_at`` (the county's clock) puts it on the timetable.

    A time of day that is a parameter is asked each time the job has become due; None takes it off.
    """

    name: str
    label: Any
    function: JobFunction
    attempts: int
    every: timedelta | None
    daily_at: DailyAt

    def due_after(self, moment: datetime) -> datetime | None:
        """The next time it is due after a moment; None when it is not on the timetable."""
        if self.every is not None:
            return moment + self.every
        clock = self.daily_at() if callable(self.daily_at) else self.daily_at
        if clock is None:
            return None
        local = timezone.localtime(moment)
        due = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)


_jobs: dict[str, JobSpec] = {}


def job(
    name: str,
    *,
    label: Any = "",
    attempts: int = 3,
    every: timedelta | None = None,
    daily_at: DailyAt = None,
) -> Callable[[JobFunction], JobFunction]:
    """Declare a job ``def sweep(progress, *, …)``; its keywords and its result are what JSON can say.

    After an exception it is tried again, ``attempts`` times in all, after 30 s, then twice as long each
    time. A ``Refused`` is final. A run may be started twice when its worker dies, so it must bear that.
    """

    def declare(function: JobFunction) -> JobFunction:
        if name in _jobs:
            raise ValueError(f"job {name} is declared twice")
        if every is not None and daily_at is not None:
            raise ValueError(f"job {name} has two timetables")
        _jobs[name] = JobSpec(name, label, function, attempts, every, daily_at)
        return function

    return declare


def jobs() -> Mapping[str, JobSpec]:
    """All declared jobs by name, those of every app's ``jobs`` module among them."""
    autodiscover_modules("jobs")
    return _jobs


def enqueue(
    name: str, *, user_id: int | None = None, due_at: datetime | None = None, **arguments: Any
) -> Job:
    """Queue a run; it starts after the caller's transaction has been committed."""
    if name not in _jobs:
        raise LookupError(f"no job is called {name}")
    with transaction.atomic():
        row = Job.objects.create(
            name=name, arguments=arguments, user_id=user_id, due_at=due_at, created_at=timezone.now()
        )
        _queue(row.pk)
    return row


def _queue(job_id: int, run_after: datetime | None = None) -> None:
    queued = run_job.using(run_after=run_after).enqueue(job_id)
    Job.objects.filter(pk=job_id).update(task_id=queued.id)


@task()
def run_job(job_id: int) -> None:
    """One attempt at a run. Called by the worker; does nothing when another attempt has taken or ended it."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=JobState.QUEUED)
    row = Job.objects.filter(pk=job_id).first()
    if row is None or not waiting.update(
        state=JobState.RUNNING, started_at=now, alive_at=now, attempts=row.attempts + 1
    ):
        return
    row.refresh_from_db()
    with beating(row.pk):
        _attempt(row)


def _attempt(row: Job) -> None:
    spec = _jobs.get(row.name)
    if spec is None:
        _end(row, JobState.FAILED, error=f"no job is called {row.name}")
        return
    try:
        result = spec.function(Progress(row.pk), **row.arguments)
    except Refused as refused:
        _end(row, JobState.FAILED, error="；".join(sentence(problem) for problem in refused.problems))
    except Exception as error:
        logger.exception("job %s failed, attempt %d", row.name, row.attempts)
        _try_again(row, spec, f"{type(error).__name__}: {error}")
    else:
        _end(row, JobState.DONE, result=result)


def _try_again(row: Job, spec: JobSpec, error: str) -> None:
    if row.attempts >= spec.attempts:
        _end(row, JobState.FAILED, error=error)
        return
    pause = FIRST_PAUSE * 2 ** (row.attempts - 1)
    with transaction.atomic():
        Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(state=JobState.QUEUED, error=error)
        _queue(row.pk, timezone.now() + pause)


def _end(row: Job, state: JobState, *, result: Any = None, error: str = "") -> None:
    Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(
        state=state, result=result, error=error, finished_at=timezone.now()
    )


def queue_due(now: datetime | None = None) -> list[Job]:
    """Queue every scheduled job that is due; gives the runs queued here.

    Of several workers one wins each due time: whoever moves it on. What was due while nobody ran is done
    once, not once for each time missed. A run still waiting or running is not joined by another.
    """
    moment = now or timezone.now()
    queued = []
    for spec in jobs().values():
        due = spec.due_after(moment)
        if due is None:
            continue
        row, _ = JobSchedule.objects.get_or_create(name=spec.name, defaults={"due_at": due})
        if row.due_at > moment:
            continue
        with transaction.atomic():
            won = JobSchedule.objects.filter(name=spec.name, due_at=row.due_at).update(due_at=due)
            unfinished = Job.objects.filter(
                name=spec.name, due_at__isnull=False, state__in=(JobState.QUEUED, JobState.RUNNING)
            )
            if won and not unfinished.exists():
                queued.append(enqueue(spec.name, due_at=row.due_at))
    return queued


def take_up_abandoned(now: datetime | None = None) -> int:
    """Queue again the runs whose worker died; gives how many. One tried too often has failed."""
    stale = (now or timezone.now()) - STALE_AFTER
    return _take_up_running(stale) + _take_up_claimed(stale)


def _take_up_running(stale: datetime) -> int:
    """Runs without a sign of life."""
    abandoned = Job.objects.filter(state=JobState.RUNNING, alive_at__lt=stale)
    count = 0
    for row in abandoned:
        with transaction.atomic():
            spec = _jobs.get(row.name)
            if spec is None or row.attempts >= spec.attempts:
                _end(row, JobState.FAILED, error="the worker died")
            elif abandoned.filter(pk=row.pk).update(state=JobState.QUEUED):
                _queue(row.pk)
                count += 1
    return count


def _take_up_claimed(stale: datetime) -> int:
    """Runs whose worker took them from the queue and died before it began."""
    claimed = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=stale)
    waiting = Job.objects.filter(state=JobState.QUEUED, task_id__in=claimed.values("pk"))
    count = 0
    for row in waiting:
        with transaction.atomic():
            locked = Job.objects.select_for_update().filter(pk=row.pk, state=JobState.QUEUED)
            if locked.filter(task_id=row.task_id).exists():
                _queue(row.pk)
                count += 1
    return count


def forget_old(now: datetime, days: int) -> int:
    """Drop runs that ended more than ``days`` ago, and what the queue keeps of them; gives how many runs."""
    before = now - timedelta(days=days)
    DBTaskResult.objects.filter(finished_at__lt=before).delete()
    return Job.objects.filter(finished_at__lt=before).delete()[0]


@job("kernel.forget_old", label=gettext_lazy("清理过期的技术数据"), daily_at=time(3, 10))
def forget(progress: Progress) -> dict[str, int]:
    """Every night: drop request keys, finished runs and sessions nobody needs any more."""
    today = timezone.localdate()
    keys = idempotency.forget_old()
    runs = forget_old(timezone.now(), parameters.integer("kernel.job_days", on=today))
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {"keys": keys, "runs": runs}
