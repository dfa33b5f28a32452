"""List and record pages of a whole county, on the server as ``anlan serve`` runs it.

Prints for each kind of page: median and 95th percentile of the time inside the server, the same of the
processor time of its thread (which a busy machine does not stretch), and the heaviest body. Then how many
answers a second several connections get from each list, beside a trivial database page measured in turns on
the same server (the same middleware and sign-in, one row by its key, its name as text). Last the resident
memory of all processes together. Loads only 127.0.0.1, with a fixed number of requests.
"""

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench._stage import DATABASES, installation, run_part

STEPS = "bench._pages_steps"
ROOT = Path(__file__).parents[1]
TRIVIAL = "/bench/row/"
CONNECTIONS, TURNS = 4, 3
MOST_MS, MOST_BYTES, LEAST_RATIO, MOST_MB = 50.0, 60_000, 0.40, 512.0
_SAFE = "/?=&-%"
_DURATION = re.compile(r"dur=([\d.]+)")


class Answer(NamedTuple):
    """What one address was answered: status, bytes, milliseconds in the server, of processor time."""

    status: int
    size: int
    spent: float
    used: float


@dataclass(slots=True)
class Kind:
    """What was seen of one kind of page."""

    spent: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    heaviest: int = 0
    slowest: tuple[float, str] = (0.0, "")


def p95(numbers: list[float]) -> float:
    """The figure that 95 of 100 keep."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def get(connection: http.client.HTTPConnection, address: str, cookie: str) -> Answer:
    """Ask for one address."""
    connection.request("GET", urllib.parse.quote(address, safe=_SAFE), headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    spent, used = map(float, _DURATION.findall(answer.headers.get("Server-Timing", "dur=0 dur=0")))
    return Answer(answer.status, size, spent, used)


def look(port: int, cookie: str, asked: dict[str, list[str]], rounds: int) -> dict[str, Kind]:
    """Ask for every address one after the other; the first round warms up and is not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    found = {kind: Kind() for kind in asked}
    for turn in range(rounds + 1):
        for kind, addresses in asked.items():
            for address in addresses:
                answer, seen = get(connection, address, cookie), found[kind]
                if answer.status != 200:
                    raise SystemExit(f"{address} answered {answer.status}")
                if turn:
                    seen.spent.append(answer.spent)
                    seen.used.append(answer.used)
                    seen.heaviest = max(seen.heaviest, answer.size)
                    seen.slowest = max(seen.slowest, (answer.used, address))
    return found


def rate(port: int, cookie: str, address: str, seconds: float) -> float:
    """Answers a second over several connections, each asking again as soon as it is answered."""
    counts, stop, begin = [0] * CONNECTIONS, time.perf_counter() + seconds, time.perf_counter()

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < stop:
            if get(connection, address, cookie).status == 200:
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begin)


def compare(port: int, cookie: str, address: str, seconds: float) -> tuple[float, float]:
    """(pages a second, trivial pages a second), in turns so that both see the same machine."""
    pages, trivial = [], []
    for _ in range(TURNS):
        trivial.append(rate(port, cookie, TRIVIAL, seconds))
        pages.append(rate(port, cookie, address, seconds))
    return statistics.mean(pages), statistics.mean(trivial)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """(port, process id) of the server on this installation; stopped at the end."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    paths = [str(ROOT / "bench" / "_serving"), str(ROOT / "src")]
    environment = {**environment, "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "anlan", "serve", "--port", str(port)]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=nowhere, stderr=nowhere) as process:
        try:
            _wait_until_up(process, port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not come up")


def resident(process_id: int) -> list[float]:
    """Megabytes of each process of the server; what several share is counted in each."""
    found = []
    for one in [process_id, *_below(process_id)]:
        with suppress(OSError):
            status = Path(f"/proc/{one}/status").read_text("utf-8", "replace")
            kilobytes = re.search(r"VmRSS:\s+(\d+)", status)
            found.append(int(kilobytes[1]) / 1024 if kilobytes else 0.0)
    return found


def _below(process_id: int) -> list[int]:
    children: list[int] = []
    for thread in Path(f"/proc/{process_id}/task").glob("*/children"):
        for child in thread.read_text("ascii").split():
            children += [int(child), *_below(int(child))]
    return children


def pages(
    port: int, cookies: dict[str, str], asked: dict[str, dict[str, list[str]]], rounds: int
) -> list[str]:
    """Print time and weight of each kind of page for each kind of account; gives what is not kept."""
    missed: list[str] = []
    print(
        "  who        page                    n     ms    p95    cpu    p95     KB  most processor time",
        flush=True,
    )
    for player, addresses in asked.items():
        for kind, seen in look(port, cookies[player], addresses, rounds).items():
            spent, used = p95(seen.spent), p95(seen.used)
            print(
                f"  {player:<10} {kind:<20} {len(seen.spent):>4}"
                f" {statistics.median(seen.spent):>6.1f} {spent:>6.1f}"
                f" {statistics.median(seen.used):>6.1f} {used:>6.1f}"
                f" {seen.heaviest / 1000:>6.1f}  {seen.slowest[0]:.1f} {seen.slowest[1]}",
                flush=True,
            )
            if spent >= MOST_MS:
                told = f"p95 {spent:.1f} ms, of them {used:.1f} ms of processor (at most {MOST_MS:.0f})"
                missed.append(f"{player} {kind}: {told}")
            if seen.heaviest >= MOST_BYTES:
                missed.append(f"{player} {kind}: {seen.heaviest} bytes (at most {MOST_BYTES})")
    return missed


def rates(port: int, cookie: str, addresses: list[str], seconds: float) -> list[str]:
    """Print how many answers a second each list gives beside the trivial page; gives what is not kept."""
    missed = []
    for address in addresses:
        ours, trivial = compare(port, cookie, address, seconds)
        told = (
            f"{ours:.1f}/s, trivial page {trivial:.1f}/s, ratio {ours / trivial:.2f} (at least {LEAST_RATIO})"
        )
        print(f"  {address:<18} {told}", flush=True)
        if ours / trivial < LEAST_RATIO:
            missed.append(f"{address}: {told}")
    return missed


def measure(environment: dict[str, str], rounds: int, seconds: float) -> list[str]:
    """Print all figures of one installation; gives what is not kept."""
    cookies = json.loads(run_part(STEPS, ["sessions"], environment).splitlines()[-1])
    asked = json.loads(run_part(STEPS, ["addresses"], environment).splitlines()[-1])
    with served(environment) as (port, process_id):
        missed = pages(port, cookies, asked, rounds)
        lists = [addresses[0] for kind, addresses in asked["county"].items() if kind.endswith("list")]
        missed += rates(port, cookies["county"], lists, seconds)
        memory = resident(process_id)
        told = f"{sum(memory):.0f} MB in {len(memory)} processes (at most {MOST_MB:.0f})"
        print(f"  memory {told}: {', '.join(f'{one:.0f}' for one in memory)}")
    return [*missed, f"memory {told}"] if sum(memory) >= MOST_MB else missed


def main() -> int:
    """Measure on SQLite, or on the database named; exit code 1 where a figure is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--persons", type=int, help="a smaller county than the whole")
    parser.add_argument("--rounds", type=int, default=2, help="how often every address is asked for")
    parser.add_argument(
        "--seconds", type=float, default=3.0, help="how long each rate is measured, three times"
    )
    parser.add_argument("--home", type=Path, help="a home made by anlan demo, instead of a new county")
    arguments = parser.parse_args()
    if arguments.home:
        settings = {"ANLAN_HOME": str(arguments.home), "DJANGO_SETTINGS_MODULE": "anlan.config.settings"}
        missed = measure({**os.environ, **settings}, arguments.rounds, arguments.seconds)
    else:
        with installation(arguments.database) as environment:
            size = ["--persons", str(arguments.persons)] if arguments.persons else []
            run_part("anlan", ["demo", "--no-serve", *size], environment)
            missed = measure(environment, arguments.rounds, arguments.seconds)
    print("\n".join(f"NOT KEPT: {line}" for line in missed) or "all figures kept")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
