"""``docs/reference`` is what the code says now."""

import os
import subprocess
import sys
from pathlib import Path

from anlan.config.reference.markdown import COMMAND, table
from tests.architecture.sources import ROOT


def test_reference_pages_are_as_made(tmp_path: Path) -> None:
    # In a process of its own: tests register actions, kinds and sentences that are nobody's business there.
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ANLAN_HOME": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "anlan.config.reference", "--check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"make these anew with {COMMAND}:\n{done.stdout}{done.stderr}"


def test_a_cell_ends_no_row() -> None:
    assert table(("a", "b"), [("x|y", "two\nlines")]) == "| a | b |\n|---|---|\n| x\\|y | two lines |\n"
