"""Counts of lists hold until something changes, and not a moment longer."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlan.kernel import stamps, unchanged
from anlan.kernel.actors import SystemActor
from anlan.kernel.changes import Change
from anlan.kernel.record import write_entry
from anlan.web.listing.counts import count_of
from anlan.web.tests.registers import make_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    """As in an installation, with nothing kept from another test."""
    settings.KEEP_WHILE_UNCHANGED = True
    unchanged.forget()


def samples() -> Any:
    return Permission.objects.filter(content_type__app_label="sample")


def note_a_change() -> None:
    """One entry, as every action leaves it."""
    change = Change(SystemActor("test"), date(2026, 6, 30))
    change.mention(("person", 1))
    write_entry(change, "test.change", datetime(2026, 6, 30, tzinfo=UTC))


def queries(rows: Any) -> tuple[int, int]:
    """(the count, how many queries it took)."""
    with CaptureQueriesContext(connection) as seen:
        found = count_of(rows)
    return found, len(seen)


def test_a_count_is_taken_once_until_something_changes() -> None:
    make_rows(3)
    assert queries(samples()) == (3, 2)
    assert queries(samples()) == (3, 1)
    samples().filter(name="名00000").delete()
    note_a_change()
    assert queries(samples()) == (2, 2)


def test_another_question_has_a_count_of_its_own() -> None:
    make_rows(4)
    assert count_of(samples()) == 4
    assert count_of(samples().filter(content_type__model="a")) == 2
    assert count_of(samples().filter(content_type__model="b")[:1]) == 1
    assert count_of(samples().filter(pk__in=[])) == 0


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "MOST_KEPT", 2)
    for name in ("a", "b", "c"):
        count_of(samples().filter(name=name))
    assert queries(samples().filter(name="a"))[1] == 2


def test_one_look_asks_once_and_sees_its_own_changes() -> None:
    make_rows(3)
    with stamps.one_look():
        assert queries(samples()) == (3, 2)
        assert queries(samples()) == (3, 0)
        samples().filter(name="名00000").delete()
        note_a_change()
        assert queries(samples()) == (2, 2)


def test_without_the_record_nothing_is_kept(settings: Any) -> None:
    settings.KEEP_WHILE_UNCHANGED = False
    make_rows(2)
    assert count_of(samples()) == 2
    samples().filter(name="名00000").delete()
    assert count_of(samples()) == 1
