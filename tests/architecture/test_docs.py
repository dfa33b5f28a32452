"""The documents hang together: links lead somewhere, and every decision is in the list."""

import re
from pathlib import PurePosixPath

from tests.architecture.sources import ROOT, files

LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
FENCED = re.compile(r"```.*?```", re.DOTALL)


def test_links_lead_somewhere() -> None:
    broken = []
    for name in files():
        if not name.endswith(".md"):
            continue
        for target in LINK.findall(FENCED.sub("", (ROOT / name).read_text("utf-8"))):
            if "://" not in target and not (ROOT / PurePosixPath(name).parent / target).exists():
                broken.append(f"{name}: {target}")
    assert not broken, f"these links lead nowhere: {broken}"


def test_every_decision_is_listed_once_by_number() -> None:
    listed = LINK.findall((ROOT / "docs/decisions/README.md").read_text("utf-8"))
    there = [name.rsplit("/", 1)[1] for name in files() if re.match(r"docs/decisions/\d{4}-.*\.md$", name)]
    assert sorted(listed) == there
    numbers = [name[:4] for name in there]
    assert len(numbers) == len(set(numbers)), f"a number is given twice: {numbers}"
