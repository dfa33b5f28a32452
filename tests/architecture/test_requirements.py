"""The lock files: hashes, no hosts, and the developer's contains the one that runs."""

import re

import pytest

from tests.architecture.sources import ROOT

PINNED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["run.lock", "dev.lock", "uv.lock", "build.lock"])
def test_every_package_is_pinned_by_hash_and_no_host_is_named(name: str) -> None:
    text = _text(name)
    blocks = re.split(r"\n(?=\S)", text.strip())
    unhashed = [block.split()[0] for block in blocks if PINNED.match(block) and "--hash=sha256:" not in block]
    assert not unhashed, f"without a hash: {unhashed}"
    assert "://" not in text
    assert "--index" not in text


def test_the_developers_packages_contain_the_ones_that_run() -> None:
    run, dev = dict(PINNED.findall(_text("run.lock"))), dict(PINNED.findall(_text("dev.lock")))
    differing = {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version}
    assert not differing, f"compile dev.lock again: {differing}"


@pytest.mark.parametrize(
    ("source", "lock"), [(f"{name}.in", f"{name}.lock") for name in ("run", "dev", "uv", "build")]
)
def test_what_is_asked_for_is_locked(source: str, lock: str) -> None:
    asked = re.findall(r"^([A-Za-z0-9][\w.-]*)", _text(source), re.MULTILINE)
    locked = {name for name, _ in PINNED.findall(_text(lock))}
    assert not [name for name in asked if name.lower() not in locked]
