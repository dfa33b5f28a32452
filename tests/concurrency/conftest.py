"""Several connections at once: every test here sees committed data, as separate processes do."""

import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connections


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture
def at_once() -> Callable[[Sequence[Callable[[], object]]], list[BaseException]]:
    """Start all calls together, each in a thread with a connection of its own; gives what they raised."""

    def run(calls: Sequence[Callable[[], object]]) -> list[BaseException]:
        raised: list[BaseException] = []
        gate = threading.Barrier(len(calls))

        def one(call: Callable[[], object]) -> None:
            try:
                gate.wait(10)
                call()
            except BaseException as error:  # noqa: BLE001  (handed to the test, which looks at it)
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(call,)) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return raised

    return run
