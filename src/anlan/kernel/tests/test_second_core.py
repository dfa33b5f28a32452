"""A second process for pure work: the same results in the same order, and an end whatever happens."""

import gc
import time

import pytest

from anlan.kernel import protection
from anlan.kernel.sealing import leaf_of, seal_many
from anlan.kernel.second_core import InPlace, SecondCore, worker

BODIES = [("person", number, b'{"n": %d}' % number, bytes(16)) for number in range(50)]


def test_every_piece_of_work_has_its_own_answer() -> None:
    second, here = SecondCore(), InPlace()
    sizes = (5, 0, 50)
    over_there, in_place = (
        [one.give(seal_many, BODIES[:size], is_urgent=size == 50) for size in sizes] for one in (second, here)
    )
    assert [len(answer.result()) for answer in over_there] == list(sizes)
    assert [len(answer.result()) for answer in in_place] == list(sizes)
    for (kind, number, body, salt), (_, _, sealed, leaf) in zip(BODIES, over_there[2].result(), strict=True):
        assert protection.open_for(protection.person_key(salt), sealed) == body
        assert leaf == leaf_of(kind, number, sealed)


def test_what_is_urgent_comes_first() -> None:
    second = SecondCore()
    usual = [second.give(seal_many, BODIES * 200) for _piece in range(8)]
    assert second.give(seal_many, BODIES, is_urgent=True).result()
    assert not usual[-1].done()
    assert len(usual[-1].result()) == len(BODIES) * 200


def test_it_ends_once_everything_is_done() -> None:
    second = SecondCore()
    answer = second.give(seal_many, BODIES)
    second.finish()
    assert second._process.wait(20) == 0
    assert len(answer.result()) == len(BODIES)


def test_records_without_a_salt_are_sealed_for_the_installation() -> None:
    ((_, _, sealed, _), (_, _, nothing, _)) = seal_many([("area", 1, b"[]", None), ("area", 2, b"", None)])
    assert protection.open_bytes(sealed) == b"[]" and nothing == b""


def test_work_that_fails_over_there_is_told_here(capfd: pytest.CaptureFixture[str]) -> None:
    second = SecondCore()
    answers = [second.give(seal_many, bodies) for bodies in ([("person", 1, 5, None)], BODIES)]
    second._process.wait(20)
    for answer in (*answers, second.give(seal_many, BODIES)):
        with pytest.raises(RuntimeError):
            answer.result()
    assert "Traceback" in capfd.readouterr().err


def test_it_ends_when_nobody_wants_its_results() -> None:
    second = SecondCore()
    second.give(seal_many, BODIES)
    process = second._process
    del second
    gc.collect()
    for _wait in range(100):
        if process.poll() is not None:
            break
        time.sleep(0.02)
    assert process.poll() is not None


def test_small_batches_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(worker(19_999), InPlace)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert isinstance(worker(100_000), InPlace)
