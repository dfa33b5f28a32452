"""Background jobs: queued, run, tried again, kept to the timetable."""

import threading
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from anlan.kernel import heartbeat, jobs
from anlan.kernel.jobs import enqueue, job, queue_due, run_job, take_up_abandoned
from anlan.kernel.models import Job, JobSchedule, JobState
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.progress import Progress
from anlan.kernel.worker import run_worker, work_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.jobs()
    monkeypatch.setattr(jobs, "_jobs", {})


def work_off() -> None:
    while work_once():
        pass


def fresh(row: Job) -> Job:
    row.refresh_from_db()
    return row


def test_a_job_runs_with_its_arguments_and_keeps_its_result() -> None:
    @job("test.add")
    def add(progress: Progress, *, a: int, b: int) -> dict[str, int]:
        progress.report(1, 2, "一半")
        progress.report(2, 2, "完成")
        return {"sum": a + b}

    row = enqueue("test.add", user_id=7, a=2, b=3)
    assert row.state == JobState.QUEUED and not row.is_over
    assert work_once() and not work_once()
    fresh(row)
    assert (row.state, row.result, row.done, row.total, row.message) == ("done", {"sum": 5}, 2, 2, "完成")
    assert row.attempts == 1 and row.user_id == 7 and row.finished_at and row.is_over


def test_progress_is_written_now_and_then_and_at_the_end(django_assert_max_num_queries: Any) -> None:
    @job("test.count")
    def count(progress: Progress) -> None:
        with django_assert_max_num_queries(10):
            for number in range(1000):
                progress.report(number + 1, 1000)

    row = enqueue("test.count")
    work_off()
    assert (fresh(row).done, row.total) == (1000, 1000)


def test_a_failure_is_tried_again_after_growing_pauses() -> None:
    tried: list[int] = []

    @job("test.flaky", attempts=3)
    def flaky(progress: Progress) -> str:
        tried.append(1)
        if len(tried) < 3:
            raise RuntimeError("no line")
        return "ok"

    row = enqueue("test.flaky")
    work_off()
    pauses = []
    for _ in range(2):
        assert fresh(row).state == JobState.QUEUED and "no line" in row.error
        assert row.task_id is not None
        waiting = DBTaskResult.objects.get(pk=row.task_id)
        pauses.append((waiting.run_after - waiting.enqueued_at).total_seconds())
        DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
        work_off()
    assert fresh(row).state == JobState.DONE and row.error == "" and len(tried) == 3
    assert pauses == pytest.approx([30, 60], abs=1)


def test_the_last_failure_ends_it() -> None:
    @job("test.broken", attempts=1)
    def broken(progress: Progress) -> None:
        raise RuntimeError("for good")

    row = enqueue("test.broken")
    work_off()
    assert fresh(row).state == JobState.FAILED and row.error == "RuntimeError: for good"


def test_a_refusal_is_final_and_says_why() -> None:
    @job("test.refused", attempts=3)
    def refused(progress: Progress) -> None:
        raise Refused(Problem("value.required"))

    row = enqueue("test.refused")
    work_off()
    assert fresh(row).state == JobState.FAILED and row.error == "请填写这一项。" and row.attempts == 1


def test_a_run_is_attempted_by_one_worker_only() -> None:
    ran: list[int] = []

    @job("test.once")
    def once(progress: Progress) -> None:
        ran.append(1)

    row = enqueue("test.once")
    run_job.call(row.pk)
    run_job.call(row.pk)
    work_off()
    assert len(ran) == 1


def test_unknown_jobs_are_refused_or_end() -> None:
    with pytest.raises(LookupError):
        enqueue("test.nobody")
    job("test.gone")(lambda progress: None)
    row = enqueue("test.gone")
    jobs._jobs.clear()
    work_off()
    assert fresh(row).state == JobState.FAILED


def test_what_is_due_is_queued_once_and_next_time_later() -> None:
    ran: list[int] = []
    job("test.tick", every=timedelta(minutes=5))(lambda progress: ran.append(1))
    start = timezone.now()
    assert queue_due(start) == []
    assert queue_due(start + timedelta(minutes=4)) == []
    assert len(queue_due(start + timedelta(minutes=5))) == 1
    assert queue_due(start + timedelta(minutes=5)) == []
    work_off()
    assert ran == [1]
    assert len(queue_due(start + timedelta(days=2))) == 1, "missed times are made up for once"
    assert queue_due(start + timedelta(days=2)) == []


def test_a_run_still_unfinished_is_not_joined_by_another() -> None:
    job("test.long", every=timedelta(minutes=5))(lambda progress: None)
    start = timezone.now()
    queue_due(start)
    [row] = queue_due(start + timedelta(minutes=6))
    assert queue_due(start + timedelta(minutes=12)) == []
    work_off()
    assert fresh(row).state == JobState.DONE
    assert len(queue_due(start + timedelta(minutes=18))) == 1


def test_daily_jobs_follow_the_countys_clock() -> None:
    job("test.nightly", daily_at=time(3, 10))(lambda progress: None)
    zone = timezone.get_default_timezone()
    spec = jobs._jobs["test.nightly"]
    assert spec.due_after(datetime(2026, 6, 30, 2, 0, tzinfo=zone)) == datetime(
        2026, 6, 30, 3, 10, tzinfo=zone
    )
    assert spec.due_after(datetime(2026, 6, 30, 3, 10, tzinfo=zone)) == datetime(
        2026, 7, 1, 3, 10, tzinfo=zone
    )
    queue_due(datetime(2026, 6, 30, 2, 0, tzinfo=zone))
    assert JobSchedule.objects.get(name="test.nightly").due_at == datetime(2026, 6, 30, 3, 10, tzinfo=zone)


def test_a_run_whose_worker_died_is_taken_up_again_and_not_for_ever() -> None:
    ran: list[int] = []
    job("test.killed", attempts=2)(lambda progress: ran.append(1))
    row = enqueue("test.killed")
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, attempts=1, alive_at=long_ago)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    assert take_up_abandoned() == 1 and take_up_abandoned() == 0
    work_off()
    assert fresh(row).state == JobState.DONE and row.attempts == 2 and ran == [1]
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, alive_at=long_ago)
    assert take_up_abandoned() == 0 and fresh(row).state == JobState.FAILED


def test_a_run_taken_from_the_queue_and_never_begun_is_taken_up_again() -> None:
    ran: list[int] = []
    job("test.lost")(lambda progress: ran.append(1))
    row = enqueue("test.lost")
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(minutes=10))
    assert take_up_abandoned() == 1 and take_up_abandoned() == 0
    work_off()
    assert ran == [1] and fresh(row).state == JobState.DONE


def test_a_running_job_that_shows_life_is_left_alone() -> None:
    job("test.alive")(lambda progress: None)
    row = enqueue("test.alive")
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, alive_at=timezone.now())
    assert take_up_abandoned() == 0


def test_two_timetables_or_two_jobs_of_a_name_are_mistakes() -> None:
    job("test.same")(lambda progress: None)
    with pytest.raises(ValueError, match="twice"):
        job("test.same")(lambda progress: None)
    with pytest.raises(ValueError, match="two timetables"):
        job("test.both", every=timedelta(minutes=1), daily_at=time(1))(lambda progress: None)


def test_old_runs_are_forgotten() -> None:
    job("test.old")(lambda progress: None)
    old, new = enqueue("test.old"), enqueue("test.old")
    work_off()
    now = timezone.now()
    Job.objects.filter(pk=old.pk).update(finished_at=now - timedelta(days=91))
    assert jobs.forget_old(now, 90) == 1
    assert list(Job.objects.all()) == [new]


@pytest.mark.django_db(transaction=True)
def test_the_worker_works_until_asked_to_stop_and_finishes_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "EVERY_SECONDS", 0.05)
    stop, seen = threading.Event(), threading.Event()

    @job("test.slow")
    def slow(progress: Progress) -> str:
        started = Job.objects.get(name="test.slow").alive_at
        seen.set()
        for _ in range(100):
            alive = Job.objects.get(name="test.slow").alive_at
            if stop.is_set() and alive is not None and started is not None and alive > started:
                return "finished"
            threading.Event().wait(0.05)
        return "no sign of life"

    row = enqueue("test.slow")
    worker = threading.Thread(target=run_worker, args=(stop, 0.02))
    worker.start()
    assert seen.wait(10)
    stop.set()
    worker.join(10)
    assert not worker.is_alive()
    assert fresh(row).result == "finished" and row.state == JobState.DONE
