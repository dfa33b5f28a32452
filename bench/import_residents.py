"""Import of a whole county's residents, beside its floors and a peer, on both databases.

Prints for SQLite and PostgreSQL: our time for 68,443 lines with every check, floor A (reading and a raw
insert of one flat table), floor B (reading and a raw insert of the final rows into the final tables with
their indexes), django-import-export on the same lines with the same checks, the unchanged re-import, peak
memory, and the longest another writer waited. All measured in the same run, on sheets made here; the import
and its floors in turn several times, of which the medians count, so that a busy moment does not decide.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench._stage import DATABASES, installation, run_part
from bench.inputs import write_county

STEPS = "bench._import_steps"
LINES = 68_443
ROUNDS = 3
MOST_OF_FLOOR_A = {"sqlite": 5, "postgresql": 8}
"""Why they differ: docs/decisions/0011-postgresql-may-take-eight-times-floor-a.md."""
PEER_LINES = 5_000


def step(environment: dict[str, str], name: str, *files: Path) -> dict[str, Any]:
    """Run one step in its own process."""
    printed = run_part(STEPS, [name, *map(str, files)], environment)
    return dict(json.loads(printed.strip().splitlines()[-1]))


def measure(database: str, areas: Path, residents: Path, few: Path) -> dict[str, Any]:
    """All figures on one database: the import and its floors several times in turn, the rest once."""
    rounds: dict[str, list[dict[str, Any]]] = {"ours": [], "again": [], "B": [], "A": []}
    peer: dict[str, Any] = {}
    for _round in range(ROUNDS):
        with installation(database) as environment:
            step(environment, "prepare", areas)
            rounds["ours"].append(step(environment, "import", residents))
            rounds["again"].append(step(environment, "import", residents))
            rounds["B"].append(step(environment, "tables", residents))
            rounds["A"].append(step(environment, "flat", residents))
            peer = peer or step(environment, "peer", few)
    return {**rounds, "peer": peer, "writer": measure_writer(database, areas, residents)}


def measure_writer(database: str, areas: Path, residents: Path) -> dict[str, Any]:
    """How long another person's small changes take while the sheet is imported."""
    with installation(database) as environment:
        step(environment, "prepare", areas)
        stop = Path(environment["ANLAN_HOME"], "stop")
        other = subprocess.Popen(
            [sys.executable, "-m", STEPS, "writer", str(stop)],
            env={**environment, "PYTHONPATH": ".:src"},
            stdout=subprocess.PIPE,
            text=True,
        )
        step(environment, "import", residents)
        stop.touch()
        written, _ = other.communicate(timeout=60)
    return dict(json.loads(written.strip().splitlines()[-1]))


def report(database: str, lines: int, found: dict[str, Any]) -> None:
    """Print the figures of one database: medians, and behind them what each round took."""
    took = {name: [one["seconds"] for one in found[name]] for name in ("ours", "again", "A", "B")}
    ours, again, floor_a, floor_b = (median(took[name]) for name in ("ours", "again", "A", "B"))
    first, few = found["ours"][0], found["peer"]["rows"]
    peak = max(one["peak"] for one in found["ours"])
    peer = found["peer"]["seconds"] / few * lines
    print(f"\n{database}: {lines} lines, {first['added']} added, {first['refused']} refused")
    for name, label, seconds, told in (
        ("ours", "ours", ours, f"peak {peak:.0f} MB (at most 700)"),
        (
            "A",
            "floor A (flat table)",
            floor_a,
            f"ratio {ours / floor_a:.2f} (at most {MOST_OF_FLOOR_A[database]})",
        ),
        ("B", "floor B (final tables)", floor_b, f"ratio {ours / floor_b:.2f} (at most 2.5)"),
        ("again", "unchanged re-import", again, f"ratio {again / ours:.2f} (at most 0.5)"),
    ):
        each = ", ".join(f"{one:.2f}" for one in took[name])
        print(f"  {label:<24} {seconds:7.2f} s   {told}   of {each}")
    print(f"  django-import-export     {peer:7.2f} s   ratio {peer / ours:.1f} (from {few} lines)")
    longest, changes = found["writer"]["longest"], found["writer"]["changes"]
    print(f"  longest wait of another  {longest:7.2f} s   over {changes} changes (at most 3)")


def main() -> None:
    """Measure on both databases, or on the one named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--json", type=Path, help="also write the raw figures here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anlan-bench-") as folder:
        full = write_county(Path(folder, "full"), lines=arguments.lines)
        few = write_county(Path(folder, "few"), lines=min(PEER_LINES, arguments.lines))
        found = {}
        for database in [arguments.database] if arguments.database else DATABASES:
            found[database] = measure(database, full["areas"], full["residents"], few["residents"])
            report(database, arguments.lines, found[database])
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2), "utf-8")


if __name__ == "__main__":
    main()
