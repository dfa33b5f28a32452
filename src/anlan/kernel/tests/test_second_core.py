"""A second process for pure work: the same results in the same order, and an end whatever happens."""

import gc
import time

import pytest

from anlan.kernel import protection
from anlan.kernel.sealing import leaf_of, seal_many
from anlan.kernel.second_core import InPlace, SecondCore, worker

BODIES = [("person", number, b'{"n": %d}' % number, bytes(16)) for number in range(50)]


def test_results_come_in_the_order_in_which_work_was_given() -> None:
    second, here = SecondCore(), InPlace()
    for one in (second, here):
        for size in (5, 0, 50):
            one.give(seal_many, BODIES[:size])
    done = second.results()
    assert [len(sealed) for sealed in done] == [len(sealed) for sealed in here.results()] == [5, 0, 50]
    for (kind, number, body, salt), (_, _, sealed, leaf) in zip(BODIES, done[2], strict=True):
        assert protection.open_for(protection.person_key(salt), sealed) == body
        assert leaf == leaf_of(kind, number, sealed)


def test_records_without_a_salt_are_sealed_for_the_installation() -> None:
    ((_, _, sealed, _), (_, _, nothing, _)) = seal_many([("area", 1, b"[]", None), ("area", 2, b"", None)])
    assert protection.open_bytes(sealed) == b"[]" and nothing == b""


def test_work_that_fails_over_there_is_told_here(capfd: pytest.CaptureFixture[str]) -> None:
    second = SecondCore()
    second.give(seal_many, [("person", 1, 5, None)])
    second.give(seal_many, BODIES)
    with pytest.raises(RuntimeError):
        second.results()
    assert second._process.poll() is not None
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
