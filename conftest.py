"""How the suite is run: once whole on SQLite, once again on PostgreSQL with what touches the database.

``./anlan test`` starts both runs (see ``tests/running.py``) and passes the options defined here.
"""

import json
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["tests.cast"]

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}

BROWSER_LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("anlan")
    group.addoption("--only-database", action="store_true", help="only tests that touch the database")
    group.addoption("--without-browser", action="store_true", help="leave out journeys in a real browser")
    group.addoption("--tally", type=Path, default=None, help="write the counts of this run to a JSON file")


def touches_database(item: pytest.Item) -> bool:
    """Whether a test reads or writes the database: by its mark, its fixtures or Django's own test classes."""
    if item.get_closest_marker("django_db") is not None:
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def _belongs(item: pytest.Item, config: pytest.Config, vendor: str) -> bool:
    browser = item.get_closest_marker("browser") is not None
    if config.getoption("--without-browser") and browser:
        return False
    if config.getoption("--only-database") and (browser or not touches_database(item)):
        return False
    other = "postgres_only" if vendor == "sqlite" else "sqlite_only"
    return item.get_closest_marker(other) is None


def pytest_itemcollected(item: pytest.Item) -> None:
    if "tests/e2e/" in item.nodeid:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.db import connection

    chosen = [item for item in items if _belongs(item, config, connection.vendor)]
    kept = set(chosen)
    left_out = [item for item in items if item not in kept]
    config.stash[BROWSER_LEFT_OUT] = sum(
        item.get_closest_marker("browser") is not None
        for item in left_out
        if config.getoption("--without-browser")
    )
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen


def pytest_sessionfinish(session: pytest.Session) -> None:
    # A worker of xdist tells the process that counts.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["browser_left_out"] = session.config.stash.get(BROWSER_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    left_out = getattr(node, "workeroutput", {}).get("browser_left_out", 0)
    node.config.stash[BROWSER_LEFT_OUT] = max(left_out, node.config.stash.get(BROWSER_LEFT_OUT, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    target: Path | None = config.getoption("--tally")
    if target is None:
        return
    kinds = ("passed", "failed", "error", "skipped", "xfailed", "deselected")
    counts = {kind: len(terminalreporter.stats.get(kind, [])) for kind in kinds}
    counts["browser_left_out"] = config.stash.get(BROWSER_LEFT_OUT, 0)
    target.write_text(json.dumps(counts), "utf-8")
