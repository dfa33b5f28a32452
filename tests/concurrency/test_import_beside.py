"""Others keep working during an import, and what they change meanwhile is not written over blindly."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from anlan.kernel import record
from anlan.kernel.actors import CliActor
from anlan.places.models import Area
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.person_add import person_add
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.imports.rowbook import RowBook
from anlan.registers.models import Household, Person, PersonContact
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.tests.importing import (
    DAUGHTER,
    HEAD,
    MARCH,
    MAY,
    OTHER,
    RESIDENTS,
    WIFE,
    county,
    edited,
    household,
    outcome,
    person,
    run,
    told,
)
from anlan.sheets import running
from anlan.sheets.actions.import_write import import_write
from anlan.sheets.tests.books import id_number

LINES = 5000
OTHER_CLERK = CliActor("another")
HEADER = ["乡镇", "村", "组", "户编号", "姓名", "与户主关系", "身份证号", "搬迁时间"]


def many_lines() -> list[Sequence[str]]:
    """Five thousand persons in households of four."""
    rows: list[Sequence[str]] = [HEADER]
    for number in range(LINES):
        relation = "户主" if number % 4 == 0 else "子"
        own = id_number(f"{1950 + number % 40}0{1 + number // 999}01", number % 999 + 1)
        rows.append(["大榕镇", "龙山村", "1组", f"A{number // 4:04}", "冉红军", relation, own, "2001.5"])
    return rows


def test_small_changes_go_on_meanwhile(tmp_path: Path) -> None:
    county(tmp_path)
    stop, waits, errors = threading.Event(), list[float](), list[BaseException]()
    who = person(WIFE)

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                began = time.monotonic()
                contact = ContactFacts("phone", f"139{number:08}")
                contact_add(OTHER_CLERK, person=who, contact=contact, on=MAY)
                waits.append(time.monotonic() - began)
                number += 1
                time.sleep(0.005)
        except BaseException as error:  # noqa: BLE001  (looked at below)
            errors.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=write)
    other.start()
    began = time.monotonic()
    try:
        result = run(tmp_path, many_lines(), as_of=MAY)
        whole = time.monotonic() - began
    finally:
        stop.set()
        other.join()
    # How long in seconds is for the benchmark to say; here, that nobody waits for the import as a whole.
    assert errors == [] and len(waits) > 5 and max(waits) < whole / 2
    assert outcome(result) == (LINES, 0, 0) and Person.objects.count() == LINES + 4
    assert PersonContact.objects.filter(person=who).count() == len(waits)
    assert record.verify() == []


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], list[int]]:
    """Have something done once between the planning of an import and its writing; gives when it was."""

    def arrange(work: Callable[[], object]) -> list[int]:
        done: list[int] = []

        def after_others(*arguments: Any, **keywords: Any) -> Any:
            done.append(len(done))
            if len(done) == 1:
                work()
            return import_write(*arguments, **keywords)

        monkeypatch.setattr(running, "import_write", after_others)
        return done

    return arrange


Meanwhile = Callable[[Callable[[], object]], list[int]]


def test_a_newer_fact_of_another_stands(tmp_path: Path, meanwhile: Meanwhile) -> None:
    county(tmp_path)
    there = Area.objects.get(name="水桥村")
    tries = meanwhile(
        lambda: household_move(OTHER_CLERK, household=household("001"), area=there, on=date(2026, 6, 1))
    )
    sheet = edited(RESIDENTS[:4], {(n, "组"): "7组" for n in (1, 2, 3)} | {(2, "文化程度"): "高中"})
    result = run(tmp_path, sheet, as_of=MAY)
    assert tries == [0, 1] and told(result) == {"register.newer": 1} and outcome(result) == (0, 1, 2)
    assert household("001", "水桥村").area == there and person(HEAD).area == there
    assert person(WIFE).education == "60"
    assert record.verify() == []


def test_what_another_corrected_is_compared_anew(tmp_path: Path, meanwhile: Meanwhile) -> None:
    county(tmp_path)
    tries = meanwhile(
        lambda: record_edit(OTHER_CLERK, record=person(OTHER), values={"education": "60"}, reason="核对证件")
    )
    sheet = edited(RESIDENTS, {(4, "文化程度"): "高中", (1, "联系电话"): "13983000055"})
    result = run(tmp_path, sheet, as_of=MAY)
    assert tries == [0, 1] and outcome(result) == (0, 1, 3)
    actions = [item.entry.action for item in record.history("person", person(OTHER).pk)]
    assert actions == ["registers.record_edit", "sheets.import_write"]


def test_somebody_another_added_is_not_added_twice(tmp_path: Path, meanwhile: Meanwhile) -> None:
    county(tmp_path)
    here = Area.objects.get(name="水泉村")
    facts = PersonFacts("覃玉", DAUGHTER, occupation="教师")
    tries = meanwhile(lambda: person_add(OTHER_CLERK, facts=facts, area=here, on=MARCH))
    line = ["大榕镇", "水泉村", "1组", "001", "覃玉", "女", DAUGHTER, "初中", "", ""]
    result = run(tmp_path, [RESIDENTS[0], line], as_of=MAY)
    assert tries == [0, 1] and outcome(result) == (0, 1, 0)
    assert (person(DAUGHTER).occupation, person(DAUGHTER).education) == ("教师", "70")


def test_what_another_does_elsewhere_asks_for_no_second_plan(tmp_path: Path, meanwhile: Meanwhile) -> None:
    county(tmp_path)
    contact = ContactFacts("phone", "13983000066")
    tries = meanwhile(lambda: contact_add(OTHER_CLERK, person=person(OTHER), contact=contact, on=MAY))
    assert outcome(run(tmp_path, edited(RESIDENTS[:4], {(1, "文化程度"): "高中"}), as_of=MAY)) == (0, 1, 2)
    assert tries == [0]


@pytest.mark.postgres_only
def test_a_change_that_ends_within_our_transaction_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county(tmp_path)
    write, times = RowBook.write, list[int]()

    def other() -> None:
        try:
            contact_add(
                OTHER_CLERK, person=person(HEAD), contact=ContactFacts("phone", "13983000088"), on=MAY
            )
        finally:
            connections.close_all()

    def while_others_write(book: RowBook, change: Any) -> None:
        times.append(1)
        if len(times) == 1:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
        write(book, change)

    monkeypatch.setattr(RowBook, "write", while_others_write)
    result = run(tmp_path, edited(RESIDENTS, {(1, "文化程度"): "高中"}), as_of=MAY)
    assert len(times) == 2 and outcome(result) == (0, 1, 3)
    assert person(HEAD).contacts.count() == 2 and person(HEAD).education == "60"
    assert Household.objects.count() == 2 and record.verify() == []
