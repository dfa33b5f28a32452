"""The record of changes: appended, readable, and no alteration goes unnoticed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F

from anlan.kernel import protection, record
from anlan.kernel.actors import SystemActor
from anlan.kernel.calendar_actions import calendar_set
from anlan.kernel.changes import Change, RowChange, RowMade, opened_with, payload
from anlan.kernel.models import CalendarDay, ChainHead, ChangedRecord, ChangeEntry
from anlan.kernel.parameter_actions import parameter_set
from anlan.kernel.parameters import record_number

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
DAY = date(2026, 3, 1)


def set_minutes(minutes: int, day: date = DAY) -> Any:
    return parameter_set(
        SYSTEM, code="accounts.lockout_minutes", value=minutes, valid_from=day, source="测试文件"
    )


@pytest.fixture
def chain() -> list[ChangeEntry]:
    """Five entries after those of the shipped tables."""
    start = record.current_sequence()
    for number in range(4):
        set_minutes(number + 1)
    calendar_set(SYSTEM, day=date(2026, 3, 7), kind="work", name="补班", source="测试文件")
    assert record.verify() == []
    return list(ChangeEntry.objects.filter(sequence__gt=start).order_by("sequence"))


def test_entries_follow_each_other_and_history_reads_them_back(chain: list[ChangeEntry]) -> None:
    numbers = [entry.sequence for entry in chain]
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    row = set_minutes(9)
    items = record.history("parameter", record_number(row.code), 5)
    assert [item.entry.action for item in items] == ["kernel.parameter_set"] * 5
    first, last = items[-1].rows, items[0].rows
    assert first is not None and last is not None
    assert first[0][2] is None and first[0][3] is not None and first[0][3]["value"] == 1
    assert list(last[0][2:]) == [{"value": 4}, {"value": 9}]


def test_what_was_touched_since_is_known(chain: list[ChangeEntry]) -> None:
    touched = record.touched_since(chain[2].sequence)
    assert ("calendar", 2026) in touched and len(touched) == 2
    assert record.touched_since(record.current_sequence()) == set()


def test_rows_made_by_the_thousand_are_kept_without_the_names_of_their_columns() -> None:
    rows: list[RowChange | RowMade] = [
        ("person", 7, ("何忠孝", "", None, b"\x01\xff")),
        ("person", 8, {"name": "何忠"}, {"name": "何忠孝"}),
    ]
    sealed = protection.seal(payload(rows))
    assert b"number" not in payload(rows)
    opened = opened_with("area", sealed, None, {"person": ["name", "phone", "until", "number"]})
    assert opened is not None
    made, changed = opened
    assert made == ("person", 7, None, {"name": "何忠孝", "number": "01ff"})
    assert list(changed) == list(rows[1])


def test_one_entry_names_the_columns_of_a_table_once() -> None:
    change = Change(SYSTEM, DAY)
    change.name_columns("person", ["name", "sex"])
    change.name_columns("person", ["name", "sex"])
    change.name_columns("household", ["number"])
    assert change.facts == {"columns": {"person": ["name", "sex"], "household": ["number"]}}
    with pytest.raises(ValueError, match="person"):
        change.name_columns("person", ["sex", "name"])


HEADER: dict[str, Any] = {
    "at": lambda entry: entry.at + timedelta(microseconds=1),
    "action": lambda entry: "accounts.user_view",
    "actor_kind": lambda entry: "person",
    "actor_id": lambda entry: 7,
    "actor_label": lambda entry: "别人",
    "reason": lambda entry: "改过",
    "facts": lambda entry: {"a": 1},
    "digest": lambda entry: b"\x00" * 32,
    "chain": lambda entry: bytes(entry.digest),
    "sequence": lambda entry: entry.sequence + 1000,
}


@pytest.mark.parametrize("column", sorted(HEADER))
@pytest.mark.parametrize("place", [0, 2, 4])
def test_no_column_of_an_entry_can_be_altered(chain: list[ChangeEntry], column: str, place: int) -> None:
    entry = chain[place]
    ChangeEntry.objects.filter(pk=entry.pk).update(**{column: HEADER[column](entry)})
    assert record.verify()


def test_every_column_of_an_entry_is_tried() -> None:
    columns = {field.attname for field in ChangeEntry._meta.concrete_fields} - {"id"}
    assert columns == set(HEADER)


@pytest.mark.parametrize(
    "values",
    [{"kind": "person"}, {"object_id": 1}, {"sealed": b"\x01" + b"\x00" * 40}, {"sealed": b""}],
    ids=["kind", "object", "sealed", "emptied"],
)
@pytest.mark.parametrize("place", [0, 4])
def test_no_column_of_a_changed_record_can_be_altered(
    chain: list[ChangeEntry], values: dict[str, Any], place: int
) -> None:
    ChangedRecord.objects.filter(entry=chain[place]).update(**values)
    assert record.verify()


def test_a_changed_record_cannot_move_to_another_entry(chain: list[ChangeEntry]) -> None:
    ChangedRecord.objects.filter(entry=chain[1]).update(entry=chain[2])
    assert record.verify()


@pytest.mark.parametrize("place", [0, 2, 4])
def test_no_entry_can_be_left_out(chain: list[ChangeEntry], place: int) -> None:
    ChangedRecord.objects.filter(entry=chain[place]).delete()
    assert record.verify()
    ChangeEntry.objects.filter(pk=chain[place].pk).delete()
    assert record.verify()


def test_no_entry_can_be_slipped_in(chain: list[ChangeEntry]) -> None:
    ChangeEntry.objects.filter(sequence__gt=chain[2].sequence).update(sequence=F("sequence") + 100)
    copy = chain[2]
    copy.pk, copy.sequence = None, chain[2].sequence + 1
    copy.save(force_insert=True)
    assert record.verify()


def test_no_record_can_be_added_to_an_entry(chain: list[ChangeEntry]) -> None:
    ChangedRecord.objects.create(entry=chain[3], kind="person", object_id=1, sealed=b"")
    assert record.verify()


def test_two_entries_cannot_change_places(chain: list[ChangeEntry]) -> None:
    one, two = chain[1], chain[2]
    for pk, number in ((one.pk, 10**6), (two.pk, one.sequence), (one.pk, two.sequence)):
        ChangeEntry.objects.filter(pk=pk).update(sequence=number)
    assert record.verify()


@pytest.mark.parametrize("values", [{"sequence": 3}, {"chain": b"x" * 32}, {"seal": b"x" * 32}])
def test_the_head_cannot_be_altered(chain: list[ChangeEntry], values: dict[str, Any]) -> None:
    ChainHead.objects.update(**values)
    assert record.verify()


def test_the_end_cannot_be_cut_off_and_the_head_set_back(chain: list[ChangeEntry]) -> None:
    last = [entry.pk for entry in chain[3:]]
    ChangedRecord.objects.filter(entry__in=last).delete()
    ChangeEntry.objects.filter(pk__in=last).delete()
    ChainHead.objects.update(sequence=chain[2].sequence, chain=bytes(chain[2].chain))
    assert record.verify()
    ChainHead.objects.all().delete()
    assert record.verify()


def test_the_first_broken_link_is_named_first(chain: list[ChangeEntry]) -> None:
    for place in (4, 1):
        ChangeEntry.objects.filter(pk=chain[place].pk).update(reason="改过")
    assert record.verify()[0].startswith(f"#{chain[1].sequence} ")


def test_long_labels_and_odd_characters_verify() -> None:
    actor = SystemActor("长" * 200)
    parameter_set(
        actor,
        code="accounts.lockout_minutes",
        value=3,
        valid_from=DAY,
        source="“引号” ' \\ \u2028 😀",
    )
    assert record.verify() == []
    assert CalendarDay.objects.exists()
