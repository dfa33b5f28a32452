"""A second process for pure work over long lists, so that a large batch uses the machine's second core.

A process of its own, not a fork: it is started fresh, knows no database and no request, and is told the keys
through its pipe. Work is a function of the project over a picklable argument; every piece has an answer that
can be waited for by itself. Small batches do everything in place, where starting a process would cost more.
"""

import importlib
import itertools
import os
import pickle
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

from anlan.kernel import protection

if sys.platform == "linux":
    import fcntl

_SOURCE = str(Path(__file__).parents[2])
_END = b""
_AT_ONCE = 1 << 20
"""Bytes that pass at once: each further portion waits until the work here lets another thread run."""
_KEYS, _URGENT, _USUAL, _LAST = range(4)
_Message = tuple[int, int, bytes]
"""How urgent it is, its number, and what is sent."""
_Messages = queue.PriorityQueue[_Message]


class Worker(Protocol):
    """Somebody who does pure work."""

    def give(self, work: Callable[[Any], Any], argument: Any, *, is_urgent: bool = False) -> "Future[Any]":
        """Have a function of a module applied to a picklable argument; what is urgent comes first."""

    def finish(self) -> None:
        """Nothing more will be given."""


class InPlace:
    """Does the work at once, in this process."""

    def give(self, work: Callable[[Any], Any], argument: Any, *, is_urgent: bool = False) -> "Future[Any]":
        """Do the work."""
        answer: Future[Any] = Future()
        answer.set_result(work(argument))
        return answer

    def finish(self) -> None:
        """Everything is done already."""


class _Answers:
    """What is waited for, by number. Once the other side has ended no answer can come any more."""

    def __init__(self) -> None:
        self._open: dict[int, Future[Any]] = {}
        self._has_ended = False
        self._lock = threading.Lock()

    def expect(self, number: int) -> "Future[Any]":
        answer: Future[Any] = Future()
        with self._lock:
            self._open[number] = answer
            ended = self._has_ended
        if ended:
            self.end()
        return answer

    def come(self, number: int, done: Any) -> None:
        with self._lock:
            answer = self._open.pop(number)
        answer.set_result(done)

    def end(self) -> None:
        with self._lock:
            self._has_ended = True
            left, self._open = self._open, {}
        for answer in left.values():
            answer.set_exception(RuntimeError("the second process ended before its work was done"))


class SecondCore:
    """Does the work in a second process while this one goes on.

    An answer raises ``RuntimeError`` when the other process failed.
    """

    def __init__(self) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([_SOURCE, os.environ.get("PYTHONPATH", "")]),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "anlan.kernel.second_core"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=_AT_ONCE,
            env=environment,
        )
        _widen(self._process.stdin, self._process.stdout)
        self._numbers = itertools.count()
        self._messages: _Messages = queue.PriorityQueue()
        self._answers = _Answers()
        self._messages.put((_KEYS, next(self._numbers), pickle.dumps(protection.keys_in_use())))
        # Writing waits while the other side computes, and so does the other side until its answers are
        # read; neither must hold up the work here.
        for talk, arguments in (
            (_send, (self._process.stdin, self._messages)),
            (_receive, (self._process.stdout, self._answers)),
        ):
            threading.Thread(target=talk, args=arguments, daemon=True).start()
        self._finalizer = weakref.finalize(self, _end, self._process, self._messages)

    def give(self, work: Callable[[Any], Any], argument: Any, *, is_urgent: bool = False) -> "Future[Any]":
        """Have the work done over there."""
        number = next(self._numbers)
        answer = self._answers.expect(number)
        message = pickle.dumps((number, work.__module__, work.__name__, argument), pickle.HIGHEST_PROTOCOL)
        self._messages.put((_URGENT if is_urgent else _USUAL, number, message))
        return answer

    def finish(self) -> None:
        """Let the other process end once it has done everything."""
        self._messages.put((_LAST, next(self._numbers), _END))


def _widen(*pipes: IO[bytes] | None) -> None:
    """Let pipes hold a whole portion. A system that gives no more room only makes the work slower."""
    for pipe in pipes:
        if pipe is not None and sys.platform == "linux":
            with suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AT_ONCE)


def _send(pipe: IO[bytes], messages: _Messages) -> None:
    try:
        while (message := messages.get()[2]) != _END:
            pipe.write(message)
            pipe.flush()
        pipe.close()
    except (BrokenPipeError, ValueError):
        # The other side ended, or was ended; whoever waits for an answer is told so.
        return


def _receive(pipe: IO[bytes], answers: _Answers) -> None:
    try:
        # However the other side ends, its pipe does, and perhaps in the middle of an answer.
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                answers.come(*pickle.load(pipe))
    finally:
        answers.end()


def _end(process: "subprocess.Popen[bytes]", messages: _Messages) -> None:
    """Nobody wants the answers any more (all have come, a dry run, a failure): let the process go."""
    messages.put((_LAST, sys.maxsize, _END))
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
    """The other side: learn the keys, then answer what comes, piece by piece."""
    protection.use_keys(pickle.load(incoming))
    # Nobody is left to answer when the pipe ends in the middle of a message or takes no answer any more.
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        while True:
            number, module, name, argument = pickle.load(incoming)
            done = getattr(importlib.import_module(module), name)(argument)
            pickle.dump((number, done), outgoing, pickle.HIGHEST_PROTOCOL)
            outgoing.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
