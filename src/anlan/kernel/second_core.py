"""A second process for pure work over long lists, so that a large batch uses the machine's second core.

A process of its own, not a fork: it is started fresh, knows no database and no request, and is told the keys
through its pipe. Work is a function of the project over a picklable argument; results come back in the order
in which work was given. Small batches do everything in place, where starting a process would cost more.
"""

import importlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

from anlan.kernel import protection

_SOURCE = str(Path(__file__).parents[2])
_END = b""


class Worker(Protocol):
    """Somebody who does pure work."""

    def give(self, work: Callable[[Any], Any], argument: Any) -> None:
        """Have a function of a module applied to a picklable argument."""

    def results(self) -> list[Any]:
        """What has been given, done, in the order given. Nothing can be given afterwards."""


class InPlace:
    """Does the work at once, in this process."""

    def __init__(self) -> None:
        self._done: list[Any] = []

    def give(self, work: Callable[[Any], Any], argument: Any) -> None:
        """Do the work."""
        self._done.append(work(argument))

    def results(self) -> list[Any]:
        """What was done."""
        return self._done


class SecondCore:
    """Does the work in a second process while this one goes on."""

    def __init__(self) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([_SOURCE, os.environ.get("PYTHONPATH", "")]),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "anlan.kernel.second_core"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._queue: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # Writing waits while the other side computes; that must not hold up the work here.
        self._sender = threading.Thread(target=_send, args=(self._process.stdin, self._queue), daemon=True)
        self._sender.start()
        self._queue.put(pickle.dumps(protection.keys_in_use()))
        self._finalizer = weakref.finalize(self, _end, self._process, self._queue)

    def give(self, work: Callable[[Any], Any], argument: Any) -> None:
        """Have the work done over there."""
        self._queue.put(pickle.dumps((work.__module__, work.__name__, argument), pickle.HIGHEST_PROTOCOL))

    def results(self) -> list[Any]:
        """Wait for everything given; raises ``RuntimeError`` when the other process failed."""
        self._queue.put(_END)
        assert self._process.stdout is not None
        try:
            done: list[Any] = pickle.load(self._process.stdout)
        except EOFError as error:
            raise RuntimeError("the second process ended before its work was done") from error
        finally:
            self._sender.join()
            self._finalizer()
        return done


def _send(pipe: IO[bytes], messages: "queue.SimpleQueue[bytes]") -> None:
    try:
        while (message := messages.get()) != _END:
            pipe.write(message)
        pipe.close()
    except (BrokenPipeError, ValueError):
        # The other side ended, or was ended; ``results`` finds its answer missing and says so.
        return


def _end(process: "subprocess.Popen[bytes]", messages: "queue.SimpleQueue[bytes]") -> None:
    """Nobody wants the results any more (a dry run, a failure): let the process go."""
    messages.put(_END)
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def worker(items: int, worthwhile: int = 20_000) -> Worker:
    """Somebody for about ``items`` pieces: a second process when that is worth its start."""
    return SecondCore() if items >= worthwhile and (os.cpu_count() or 1) > 1 else InPlace()


def _serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """The other side: learn the keys, do what comes, answer once all has come."""
    protection.use_keys(pickle.load(incoming))
    done: list[Any] = []
    while True:
        try:
            module, name, argument = pickle.load(incoming)
        except EOFError:
            break
        except pickle.UnpicklingError:
            # Cut off within a message: whoever gave the work is dead, and nobody waits for an answer.
            return
        done.append(getattr(importlib.import_module(module), name)(argument))
    with suppress(BrokenPipeError):
        pickle.dump(done, outgoing, pickle.HIGHEST_PROTOCOL)
        outgoing.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
