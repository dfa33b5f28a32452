"""Import of a whole county's residents, beside its floors and a peer, on both databases.

Prints for SQLite and PostgreSQL: our time for 68,443 lines with every check, floor A (reading and a raw
insert of one flat table), floor B (reading and a raw insert of the final rows into the final tables with
their indexes), django-import-export on the same lines with the same checks, the unchanged re-import, peak
memory, and the longest another writer waited. All measured in the same run, on sheets made here.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench._stage import DATABASES, installation, run_part
from bench.inputs import write_county

STEPS = "bench._import_steps"
LINES = 68_443
PEER_LINES = 5_000


def step(environment: dict[str, str], name: str, *files: Path) -> dict[str, Any]:
    """Run one step in its own process."""
    printed = run_part(STEPS, [name, *map(str, files)], environment)
    return dict(json.loads(printed.strip().splitlines()[-1]))


def measure(database: str, areas: Path, residents: Path, few: Path) -> dict[str, Any]:
    """All figures on one database."""
    with installation(database) as environment:
        step(environment, "prepare", areas)
        ours = step(environment, "import", residents)
        again = step(environment, "import", residents)
        table_floor = step(environment, "tables", residents)
        flat_floor = step(environment, "flat", residents)
        peer = step(environment, "peer", few)
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
    return {
        "ours": ours,
        "again": again,
        "A": flat_floor,
        "B": table_floor,
        "peer": peer,
        "writer": json.loads(written.strip().splitlines()[-1]),
    }


def report(database: str, lines: int, found: dict[str, Any]) -> None:
    """Print the figures of one database."""
    ours, floor_a, floor_b = (found[name]["seconds"] for name in ("ours", "A", "B"))
    again = found["again"]["seconds"]
    peer = found["peer"]["seconds"] / found["peer"]["rows"] * lines
    print(f"\n{database}: {lines} lines, {found['ours']['added']} added, {found['ours']['refused']} refused")
    print(f"  ours                     {ours:7.2f} s   peak {found['ours']['peak']:.0f} MB")
    print(f"  floor A (flat table)     {floor_a:7.2f} s   ratio {ours / floor_a:.2f} (at most 5)")
    print(f"  floor B (final tables)   {floor_b:7.2f} s   ratio {ours / floor_b:.2f} (at most 2.5)")
    print(f"  unchanged re-import      {again:7.2f} s   ratio {again / ours:.2f} (at most 0.5)")
    few = found["peer"]["rows"]
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
