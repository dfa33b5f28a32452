"""The whole suite: everything on SQLite and in a browser, then what touches the database on PostgreSQL.

``./anlan test [ARGS]`` calls this; ARGS go to both runs of pytest. The last line counts all of it together.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.provision import chromium, postgres

NO_TESTS_COLLECTED = 5
WORKERS = 2


@dataclass(slots=True)
class Run:
    """What one run of pytest came to."""

    title: str
    seconds: float = 0.0
    code: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        """Tests that passed, those expected to fail among them."""
        return self.counts.get("passed", 0) + self.counts.get("xfailed", 0)

    @property
    def failed(self) -> int:
        """Tests that failed or could not be set up; a run that broke off counts as one."""
        counted = self.counts.get("failed", 0) + self.counts.get("error", 0)
        return max(counted, 1) if self.broken else counted

    @property
    def broken(self) -> bool:
        """Whether pytest says that the run as a whole failed."""
        return self.code not in (0, NO_TESTS_COLLECTED)


def main(arguments: Sequence[str]) -> int:
    """Run both rounds; 0 when everything passed and nothing that should have run was missing."""
    runs: list[Run] = []
    missing: list[str] = []
    browser = chromium.find_or_install()
    options = list(arguments)
    environment = {**os.environ}
    environment.pop("DATABASE_URL", None)
    if browser is None:
        missing.append("the journeys in a browser: no Chrome or Chromium could be had")
        options.append("--without-browser")
    else:
        environment[chromium.VARIABLE] = browser
    runs.append(_pytest("SQLite", options, environment))
    # Without a server the round fails: it is never left out.
    with postgres.server() as url:
        title = f"PostgreSQL {postgres.version_of(url)}"
        environment["DATABASE_URL"] = environment[postgres.VARIABLE] = url
        runs.append(_pytest(title, [*arguments, "--only-database"], environment))
    return _conclude(runs, missing)


def _pytest(title: str, options: Sequence[str], environment: dict[str, str]) -> Run:
    print(f"\n=== {title} ===", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="anlan-tally-") as folder:
        tally = Path(folder) / "tally.json"
        command = [sys.executable, "-m", "pytest", "-q", *_workers(options), f"--tally={tally}", *options]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
        counts = json.loads(tally.read_text("utf-8")) if tally.exists() else {}
    return Run(title, time.monotonic() - started, done.returncode, counts)


def _workers(options: Sequence[str]) -> list[str]:
    """Two processes, unless the caller says how many or looks inside with a debugger."""
    said = any(option.startswith(("-n", "--numprocesses", "--pdb")) for option in options)
    return [] if said else ["-n", str(WORKERS), "--dist", "loadfile"]


def _conclude(runs: Sequence[Run], missing: Sequence[str]) -> int:
    print("\n=== all rounds ===")
    for run in runs:
        print(f"{run.title}: {run.passed} passed, {run.failed} failed, {run.seconds:.0f} s")
    for what in missing:
        print(f"not run: {what}")
    passed, failed = sum(run.passed for run in runs), sum(run.failed for run in runs)
    not_run = sum(run.counts.get("skipped", 0) for run in runs)
    if missing:
        not_run += sum(run.counts.get("browser_left_out", 0) for run in runs)
    in_ci = os.environ.get("CI", "").lower() == "true"
    if in_ci and not_run:
        print("in CI everything has to run")
    print(f"{passed} passed, {failed} failed" + (f", {not_run} skipped" if not_run else ""))
    if passed == 0 and not failed:
        print("no test was run", file=sys.stderr)
        return 1
    return 1 if failed or (in_ci and (missing or not_run)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
