"""Units to be covered: added, renamed, moved, counted, ended; read before and after the day."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from tests.cast import SYSTEM, Cast, World

from anlan.kernel.problems import NotFound
from anlan.places.actions.area_merge import area_merge
from anlan.registers.actions.headcount_state import headcount_state
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.actions.unit_add import unit_add
from anlan.registers.actions.unit_end import unit_end
from anlan.registers.actions.unit_move import unit_move
from anlan.registers.actions.unit_rename import unit_rename
from anlan.registers.models import Unit
from anlan.registers.rules.units import Headcount, UnitFacts, credit_code_problems, unit_problems
from anlan.registers.tests.refusals import AFTER, BEFORE, FUTURE, ON, history_of, last_entry, refused
from anlan.registers.tests.units import CREDIT_CODE, PHONE, make_unit

LATER = date(2025, 3, 1)


def test_add(world: World) -> None:
    unit = make_unit(
        world, " 石桥 脐橙专业合作社", credit_code="9111 0000 6000 37341l", phone="139-1234-5678"
    )
    assert (unit.name, unit.credit_code) == ("石桥脐橙专业合作社", CREDIT_CODE)
    assert unit.plain_phone() == PHONE
    assert unit.versions.get().area == world.east_village
    assert not unit.is_open(BEFORE) and unit.is_open(ON)
    assert last_entry().action == "registers.unit_add"
    assert history_of("unit", unit.pk) == ["registers.unit_add"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name.missing"),
        ({"kind": "school"}, "unit.kind"),
        ({"credit_code": "91110000600037341M"}, "credit_code.checksum"),
        ({"credit_code": "9111000060003734IL"}, "credit_code.format"),
        ({"credit_code": "911100006000373"}, "credit_code.format"),
        ({"work_starts_on": LATER, "work_ends_on": ON}, "unit.work_ends_before"),
        ({"phone": "一三九"}, "contact.format"),
    ],
)
def test_add_refused(world: World, facts: dict[str, Any], code: str) -> None:
    stated = UnitFacts("石桥脐橙专业合作社", "cooperative")._replace(**facts)
    assert refused(lambda: unit_add(SYSTEM, facts=stated, area=world.east_village, on=ON)) == [code]


def test_add_twice_or_to_come_is_refused(world: World) -> None:
    make_unit(world, credit_code=CREDIT_CODE)
    assert refused(lambda: make_unit(world)) == ["unit.name_taken"]
    other: dict[str, Any] = {"area": world.west_village, "credit_code": CREDIT_CODE}
    assert refused(lambda: make_unit(world, **other)) == ["unit.credit_code_taken"]
    assert refused(lambda: make_unit(world, "西岭协会", on=FUTURE)) == ["date.future"]
    assert make_unit(world, area=world.west_village).pk


def test_rename_is_dated(world: World) -> None:
    unit = make_unit(world)
    unit_rename(SYSTEM, unit=unit, name="石桥果业有限公司", kind="enterprise", on=LATER)
    names = {row.name: (row.valid_from, row.valid_to) for row in unit.versions.all()}
    assert names == {"石桥脐橙专业合作社": (ON, LATER), "石桥果业有限公司": (LATER, None)}
    assert Unit.objects.get(pk=unit.pk).initials.startswith("sqgy")
    assert refused(lambda: unit_rename(SYSTEM, unit=unit, on=LATER)) == ["unit.unchanged"]
    assert refused(lambda: unit_rename(SYSTEM, unit=unit, name="别名", on=AFTER)) == ["date.before_current"]


def test_move(world: World, cast: Cast) -> None:
    unit = make_unit(world)
    unit_move(cast.township_officer.person, unit=unit, area=world.east_other_village, on=LATER)
    assert [row.area_id for row in unit.versions.all()] == [
        world.east_village.pk,
        world.east_other_village.pk,
    ]
    with pytest.raises(NotFound):
        unit_move(cast.township_officer.person, unit=unit, area=world.west_village, on=LATER)
    codes = refused(lambda: unit_move(SYSTEM, unit=unit, area=world.east_other_village, on=LATER))
    assert codes == ["unit.unchanged"]


def test_headcount_turns(world: World) -> None:
    unit = make_unit(world)
    headcount_state(SYSTEM, unit=unit, count=Headcount(40, 5, 3), on=ON)
    headcount_state(SYSTEM, unit=unit, count=Headcount(38, 5, None), on=LATER)
    rows = [(row.resettlers, row.full_members, row.valid_to) for row in unit.headcounts.all()]
    assert rows == [(40, 3, LATER), (38, None, None)]
    for count, code in (
        (Headcount(), "headcount.nothing"),
        (Headcount(resettlers=-1), "headcount.number"),
        (Headcount(members=2, full_members=3), "headcount.full_members"),
    ):
        state = partial(headcount_state, SYSTEM, unit=unit, count=count, on=LATER)
        assert refused(state) == [code]


def test_end_takes_the_headcount_along(world: World) -> None:
    unit = make_unit(world)
    headcount_state(SYSTEM, unit=unit, count=Headcount(40), on=ON)
    unit_end(SYSTEM, unit=unit, on=LATER, document="注销通知书")
    assert not Unit.objects.open_on(LATER).exists() and Unit.objects.open_on(ON).get() == unit
    assert unit.headcounts.get().valid_to == unit.versions.get().valid_to == LATER
    assert refused(lambda: unit_end(SYSTEM, unit=unit, on=LATER)) == ["unit.ended"]
    assert refused(lambda: unit_rename(SYSTEM, unit=unit, name="别名", on=LATER)) == ["unit.ended"]
    assert make_unit(world).pk


def test_corrected_in_place(world: World) -> None:
    unit = make_unit(world)
    record_edit(SYSTEM, record=unit, values={"credit_code": CREDIT_CODE.lower(), "phone": "139 1234 5678"})
    unit.refresh_from_db()
    assert (unit.credit_code, unit.plain_phone()) == (CREDIT_CODE, PHONE)
    again = {"phone": "139-1234-5678"}
    assert refused(lambda: record_edit(SYSTEM, record=unit, values=again)) == ["edit.unchanged"]
    wrong = {"credit_code": "91110000600037341M"}
    codes = refused(lambda: record_edit(SYSTEM, record=unit, values=wrong, reason="抄错"))
    assert codes == ["credit_code.checksum"]
    days = {"work_starts_on": LATER, "work_ends_on": ON}
    assert refused(lambda: record_edit(SYSTEM, record=unit, values=days)) == ["unit.work_ends_before"]
    assert refused(lambda: record_edit(SYSTEM, record=unit, values={"phone": "无号码"})) == ["contact.format"]


def test_a_merged_village_takes_its_units_over(world: World) -> None:
    unit = make_unit(world, area=world.east_other_village)
    area_merge(SYSTEM, areas=[world.east_other_village], into=world.east_village, on=LATER)
    unit.refresh_from_db()
    assert unit.area == world.east_village
    assert [row.valid_to for row in unit.versions.all()] == [LATER, None]


def test_nobody_reaches_units_of_the_neighbours(world: World, cast: Cast) -> None:
    unit = make_unit(world)
    assert Unit.objects.visible_to(cast.township_officer.person).get() == unit
    assert not Unit.objects.visible_to(cast.neighbour.person).exists()
    assert not Unit.objects.visible_to(cast.member.person).exists()
    with pytest.raises(NotFound):
        unit_rename(cast.neighbour.person, unit=unit, name="西岭果业", on=LATER)


def test_a_missing_credit_code_says_nothing() -> None:
    assert credit_code_problems("") == []
    assert unit_problems(UnitFacts("甲", "project", work_starts_on=ON, work_ends_on=ON)) == []
