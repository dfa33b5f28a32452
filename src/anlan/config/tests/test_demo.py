"""``anlan demo``: makes the county once, goes on with it, never touches other data."""

import json
from pathlib import Path

import pytest

from anlan.config import installation
from anlan.config.commands import demo
from anlan.config.refusals import EnvironmentRefused


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANLAN_HOME", str(tmp_path))
    monkeypatch.setattr(demo, "_has_data", lambda: False)
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The calls of the builder, which here makes nothing: what it makes is its own tests' matter."""
    calls: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "anlan.demo.build.build_county", lambda persons, seed, progress: calls.append((persons, seed))
    )
    return calls


@pytest.mark.django_db
def test_made_once_then_gone_on_with(own_home: Path, built: list[tuple[int, int]]) -> None:
    assert installation.state() == installation.READY
    demo.prepare(500, 7)
    demo.prepare(500, 7)
    demo.prepare(900, 8)
    assert built == [(500, 7)]
    assert json.loads((own_home / demo.MARK).read_text("utf-8"))["finished"] is True


@pytest.mark.django_db
def test_other_data_is_left_alone(built: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_has_data", lambda: True)
    with pytest.raises(EnvironmentRefused):
        demo.prepare(500, 7)
    assert built == []


@pytest.mark.django_db
def test_a_mark_of_another_database_is_refused(own_home: Path, built: list[tuple[int, int]]) -> None:
    made = {"persons": 500, "seed": 7, "database": "postgresql elsewhere:5432/county", "finished": True}
    (own_home / demo.MARK).write_text(json.dumps(made), "utf-8")
    with pytest.raises(EnvironmentRefused):
        demo.prepare(500, 7)
    assert built == []


@pytest.mark.django_db
def test_what_was_broken_off_is_made_anew(
    own_home: Path, built: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    discarded: list[bool] = []
    monkeypatch.setattr(demo, "_discard_sqlite", lambda: discarded.append(True))
    made = {"persons": 500, "seed": 7, "database": demo._database_name(), "finished": False}
    (own_home / demo.MARK).write_text(json.dumps(made), "utf-8")
    demo.prepare(500, 7)
    assert built == [(500, 7)]
    assert discarded == ([True] if made["database"] == "sqlite" else [])
