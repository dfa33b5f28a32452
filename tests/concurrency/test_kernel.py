"""The kernel with many at once: nothing lost, nothing twice, no error."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from anlan.accounts.actions.sign_in import sign_in_fail
from anlan.kernel import jobs, parameters, record
from anlan.kernel.actors import AnonymousActor, PersonActor, SystemActor
from anlan.kernel.bulk import reserve_ids
from anlan.kernel.idempotency import once
from anlan.kernel.models import IdempotencyKey, Job, ParameterValue
from anlan.kernel.parameter_actions import parameter_set
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.progress import Progress
from anlan.kernel.worker import run_worker, work_once
from tests.cast import PASSWORD, make_user

AtOnce = Callable[[Sequence[Callable[[], object]]], list[BaseException]]
SYSTEM = SystemActor("test")
DAY = date(2026, 6, 30)
CODE = "registers.member_min_age"


@pytest.fixture
def own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.jobs()
    monkeypatch.setattr(jobs, "_jobs", {})


def test_twenty_writers_leave_one_whole_chain(at_once: AtOnce) -> None:
    before = record.current_sequence()

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            for step in range(5):
                parameter_set(
                    SYSTEM, code=CODE, value=step, valid_from=DAY, path=f"1.{number}.", source="测试文件"
                )

        return write

    assert at_once([writer(number) for number in range(20)]) == []
    assert record.current_sequence() == before + 100
    assert record.verify() == []
    assert ParameterValue.objects.filter(code=CODE, valid_from=DAY).count() == 20


def test_writers_that_fail_leave_no_gap_in_the_chain(at_once: AtOnce) -> None:
    before = record.current_sequence()

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            value: Any = number if number % 2 else "many"
            parameter_set(
                SYSTEM, code=CODE, value=value, valid_from=DAY, path=f"1.{number}.", source="测试文件"
            )

        return write

    raised = at_once([writer(number) for number in range(10)])
    assert len(raised) == 5 and all(isinstance(error, Refused) for error in raised)
    assert record.current_sequence() == before + 5 and record.verify() == []


def test_readers_never_see_half_a_change(at_once: AtOnce) -> None:
    seen: list[int] = []

    def write() -> None:
        for value in range(10, 20):
            parameter_set(SYSTEM, code=CODE, value=value, valid_from=DAY, source="测试文件")

    def read() -> None:
        seen.extend(parameters.integer(CODE, on=DAY) for _ in range(30))

    assert at_once([write, read, read]) == []
    assert set(seen) <= {10, *range(10, 20)} and parameters.integer(CODE, on=DAY) == 19


def test_the_same_request_ten_times_at_once_is_done_once(at_once: AtOnce) -> None:
    actor, done, answers = PersonActor(7, "林小", ()), [], []

    def do() -> int:
        done.append(1)
        parameter_set(SYSTEM, code=CODE, value=3, valid_from=DAY, source="测试文件")
        threading.Event().wait(0.1)
        return len(done)

    def send() -> None:
        answers.append(once(actor, "k1", {"a": 1}, do))

    before = record.current_sequence()
    assert at_once([send] * 10) == []
    assert len(done) == 1 and record.current_sequence() == before + 1
    assert Counter(answer.repeated for answer in answers) == {True: 9, False: 1}
    assert {answer.value for answer in answers} == {1}


def test_when_the_first_sending_fails_a_waiting_one_takes_its_place(at_once: AtOnce) -> None:
    actor, tried = PersonActor(7, "林小", ()), []

    def do() -> str:
        tried.append(1)
        if len(tried) == 1:
            threading.Event().wait(0.1)
            raise Refused(Problem("value.required"))
        return "done"

    def send() -> None:
        once(actor, "k1", {"a": 1}, do)

    raised = at_once([send] * 5)
    assert [type(error) for error in raised] == [Refused] and len(tried) == 2
    assert IdempotencyKey.objects.get().outcome == "done"


def test_of_passwords_guessed_at_once_no_more_are_answered_than_the_rule_allows(at_once: AtOnce) -> None:
    make_user("xiaolin", "林小", PASSWORD)
    told: list[str] = []

    def guess() -> None:
        now = timezone.now()
        problem = sign_in_fail(AnonymousActor("sign-in"), username="xiaolin", address="10.0.0.1", now=now)
        told.append(problem.code)

    assert at_once([guess] * 12) == []
    assert Counter(told) == {"sign_in.mismatch_left": 4, "sign_in.locked": 8}


def test_ids_reserved_at_once_meet_nobody(at_once: AtOnce) -> None:
    got: list[int] = []

    def reserve() -> None:
        for _ in range(5):
            got.extend(reserve_ids(ParameterValue, 7))

    assert at_once([reserve] * 8) == []
    assert len(got) == len(set(got)) == 8 * 5 * 7


@pytest.mark.usefixtures("own_jobs")
def test_a_due_job_is_queued_by_one_of_several_workers(at_once: AtOnce) -> None:
    jobs.job("test.tick", every=timedelta(minutes=5))(lambda progress: None)
    start = timezone.now()
    jobs.queue_due(start)
    queued: list[Job] = []

    def look() -> None:
        queued.extend(jobs.queue_due(start + timedelta(minutes=6)))

    assert at_once([look] * 6) == []
    assert len(queued) == 1 == Job.objects.filter(name="test.tick").count()


@pytest.mark.usefixtures("own_jobs")
def test_the_first_look_at_the_timetable_may_be_anybodys(at_once: AtOnce) -> None:
    jobs.job("test.tick", every=timedelta(minutes=5))(lambda progress: None)
    start = timezone.now()
    assert at_once([lambda: queue_nothing(start)] * 6) == []


def queue_nothing(now: Any) -> None:
    assert jobs.queue_due(now) == []


@pytest.mark.usefixtures("own_jobs")
def test_three_workers_run_each_job_once(at_once: AtOnce) -> None:
    ran: list[int] = []

    @jobs.job("test.mark")
    def mark(progress: Progress, *, number: int) -> None:
        ran.append(number)

    for number in range(20):
        jobs.enqueue("test.mark", number=number)

    def work() -> None:
        for _ in range(200):
            if not work_once() and len(ran) == 20:
                return

    assert at_once([work] * 3) == []
    assert sorted(ran) == list(range(20))
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.usefixtures("own_jobs")
def test_two_workers_keep_one_timetable(at_once: AtOnce) -> None:
    ran: list[int] = []
    jobs.job("test.often", every=timedelta(minutes=1))(lambda progress: ran.append(1))
    jobs.queue_due(timezone.now() - timedelta(minutes=2))
    stop = threading.Event()

    def end() -> None:
        for _ in range(100):
            if ran and not Job.objects.exclude(state="done").exists():
                break
            threading.Event().wait(0.05)
        threading.Event().wait(0.2)
        stop.set()

    assert at_once([lambda: run_worker(stop, 0.05), lambda: run_worker(stop, 0.05), end]) == []
    assert ran == [1]
