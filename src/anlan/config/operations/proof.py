"""Is an installation whole: asked in a process of its own, which sees a home as the program does.

``python -m anlan.config.operations.proof`` looks at ``ANLAN_HOME`` and prints what it found as JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found: ``state`` of the structure, the chain's head, how much was looked at, what is wrong."""

    state: str
    sequence: int
    sealed: int
    files: int
    wrong: list[str]


def prove(home: Path, *, sqlite: bool) -> Proof:
    """Look at a home in a new process; ``sqlite`` keeps it from a server's database."""
    environment = {
        **os.environ,
        "ANLAN_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH", "")])),
        "PYTHONWARNINGS": "ignore",
    }
    if sqlite:
        environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    try:
        return Proof(**json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError):
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        return Proof("", 0, 0, 0, [f"检查没有完成：{said}"])


def look() -> Proof:
    """Look at the installation this process was set up for."""
    from anlan.config import installation
    from anlan.kernel import record

    state = installation.state()
    if state != installation.READY:
        return Proof(state, 0, 0, 0, [])
    sealed, files, wrong = 0, 0, [f"变更记录的链条不完整：{line}" for line in record.verify()]
    for count, line in _sealed_columns():
        sealed += count
        wrong += [line] if line else []
    for line in _kept_files():
        files += 1
        wrong += [line] if line else []
    return Proof(state, record.current_sequence(), sealed, files, wrong)


def _sealed_columns() -> Iterator[tuple[int, str]]:
    """For each sealed column how many values there are, and what is wrong with them."""
    from anlan.kernel import sealed_columns

    for column in sealed_columns.declared():
        found = sealed_columns.look_through(column)
        name = f"{column.model._meta.db_table}.{column.value}"
        told = f"{name} 有 {found.unreadable} 个值用现有的密钥打不开" if found.unreadable else ""
        if not told and found.misfiled:
            told = f"{name} 有 {found.misfiled} 个值的索引与现有的密钥不符"
        yield found.values, told


def _kept_files() -> Iterator[str]:
    """For each kept file what is wrong with it, "" when nothing is."""
    import hashlib

    from cryptography.exceptions import InvalidTag

    from anlan.sheets import kept_files
    from anlan.sheets.models import ImportFile

    for place, digest in ImportFile.objects.values_list("place", "digest").iterator():
        try:
            whole = hashlib.sha256(kept_files.read(place)).digest() == bytes(digest)
            yield "" if whole else f"文件 {place} 的内容变了"
        except FileNotFoundError:
            yield f"缺少文件 {place}"
        except InvalidTag:
            yield f"文件 {place} 用现有的密钥打不开"


def main() -> None:
    """Set up, look, print."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    django.setup()
    found: Any = look()
    sys.stdout.write(
        json.dumps({name: getattr(found, name) for name in Proof.__slots__}, ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    main()
