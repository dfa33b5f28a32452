"""The verbs of areas, and what ``?on=`` reads before and after."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World, make_area

from anlan.kernel import parameters, record
from anlan.kernel.models import ChangeEntry, ParameterValue
from anlan.kernel.problems import NotFound, Refused
from anlan.places.actions.area_create import area_create
from anlan.places.actions.area_edit import area_edit
from anlan.places.actions.area_merge import area_merge
from anlan.places.actions.area_move import area_move
from anlan.places.actions.area_rename import area_rename
from anlan.places.actions.area_split import SplitPart, area_split
from anlan.places.models import Area, AreaSuccession
from anlan.places.queries import (
    areas_on,
    child_counts_on,
    children_on,
    full_names_on,
    name_on,
    path_on,
    subtree_ids_on,
)
from anlan.places.rules import AreaKind

BEFORE, ON, AFTER = date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 2)
FUTURE = date(2999, 1, 1)


def refused(act: Callable[[], object]) -> list[str]:
    """The codes an action is refused with; nothing may have been recorded."""
    entries = ChangeEntry.objects.count()
    with pytest.raises(Refused) as caught:
        act()
    assert ChangeEntry.objects.count() == entries
    return [problem.code for problem in caught.value.problems]


def last_entry() -> ChangeEntry:
    assert record.verify() == []
    return ChangeEntry.objects.latest("sequence")


def create(world: World, **facts: Any) -> Area:
    given: dict[str, Any] = {
        "code": "500299101203",
        "name": "水泉村",
        "kind": AreaKind.VILLAGE,
        "parent": world.east,
        "on": ON,
    }
    return area_create(SYSTEM, **(given | facts))


def test_create(world: World) -> None:
    area = create(world)
    assert area.path == f"{world.east.path}{area.pk}."
    assert full_names_on([area], AFTER) == {area.pk: "安平县/东河镇/水泉村"}
    assert area not in children_on(world.east, BEFORE)
    assert area in children_on(world.east, ON)
    assert child_counts_on([world.east.pk], BEFORE) == {world.east.pk: 2}
    assert child_counts_on([world.east.pk], ON) == {world.east.pk: 3}
    assert last_entry().action == "places.area_create"
    assert [item.entry.action for item in record.history("area", area.pk)] == ["places.area_create"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name.missing"),
        ({"code": "5002"}, "area.code_format"),
        ({"code": "500299101000"}, "area.code_level"),
        ({"code": "500299101201"}, "area.code_taken"),
        ({"name": "石桥村"}, "area.name_taken"),
        ({"on": FUTURE}, "date.future"),
        ({"on": date(2019, 1, 1)}, "date.before_current"),
        ({"parent": None}, "area.parent_kind"),
    ],
)
def test_create_refused(world: World, facts: dict[str, Any], code: str) -> None:
    assert code in refused(lambda: create(world, **facts))


def test_a_second_county_is_refused(world: World) -> None:
    facts = {"code": "500300000000", "name": "乙县", "kind": AreaKind.COUNTY, "parent": None}
    assert refused(lambda: create(world, **facts)) == ["area.county_exists"]


def test_create_needs_the_range(cast: Cast) -> None:
    facts: dict[str, Any] = {
        "code": "500299101203",
        "name": "水泉村",
        "kind": AreaKind.VILLAGE,
        "on": ON,
    }
    with pytest.raises(NotFound):
        area_create(cast.township_officer.person, parent=cast.world.east, **facts)
    area = area_create(cast.county_officer.person, parent=cast.world.east, **facts)
    assert area in children_on(cast.world.east, ON)


def test_rename(world: World) -> None:
    area = area_rename(SYSTEM, area=world.east_village, on=ON, name="石桥社区", kind=AreaKind.COMMUNITY)
    assert (area.name, area.kind, area.code) == ("石桥社区", "community", "500299101201")
    assert (name_on(area, BEFORE), name_on(area, ON)) == ("石桥村", "石桥社区")
    group = world.east_group
    assert full_names_on([group], BEFORE)[group.pk] == "安平县/东河镇/石桥村/1组"
    assert full_names_on([group], ON)[group.pk] == "安平县/东河镇/石桥社区/1组"
    assert last_entry().action == "places.area_rename"


def test_rename_twice_on_one_day_keeps_one_version(world: World) -> None:
    area_rename(SYSTEM, area=world.east_village, on=ON, name="甲村")
    area_rename(SYSTEM, area=world.east_village, on=ON, name="乙村")
    names = list(world.east_village.versions.values_list("name", flat=True))
    assert names == ["石桥村", "乙村"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": "石桥村"}, "area.unchanged"),
        ({"name": "柳湾村"}, "area.name_taken"),
        ({"code": "500299101202"}, "area.code_taken"),
        ({"code": "500299101000"}, "area.code_level"),
        ({"kind": AreaKind.GROUP}, "area.kind_change"),
        ({"name": "甲村", "on": FUTURE}, "date.future"),
        ({"name": "甲村", "on": date(2019, 1, 1)}, "date.before_current"),
    ],
)
def test_rename_refused(world: World, facts: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {"area": world.east_village, "on": ON} | facts
    assert code in refused(lambda: area_rename(SYSTEM, **given))


def test_edit_corrects_without_a_version(world: World) -> None:
    area = area_edit(SYSTEM, area=world.east_village, name="石乔村", reason="录入有误")
    assert name_on(area, BEFORE) == "石乔村"
    assert area.versions.count() == 1
    assert last_entry().reason == "录入有误"
    assert refused(lambda: area_edit(SYSTEM, area=area, name="甲村", reason=" ")) == ["value.required"]
    assert refused(lambda: area_edit(SYSTEM, area=area, name="石乔村", reason="x")) == ["area.unchanged"]


def test_move_takes_the_subtree_along(world: World) -> None:
    village, group = world.east_other_village, world.east_other_group
    old = village.path
    ParameterValue.objects.create(
        code="registers.election_warning_months", path=old, valid_from=BEGINNING, value=3
    )
    moved = area_move(SYSTEM, area=village, parent=world.west, on=ON)
    group.refresh_from_db()
    assert moved.path == f"{world.west.path}{village.pk}."
    assert group.path == f"{moved.path}{group.pk}."
    assert path_on(group.pk, BEFORE) == f"{old}{group.pk}."
    assert full_names_on([group], BEFORE)[group.pk] == "安平县/东河镇/柳湾村/1组"
    assert full_names_on([group], ON)[group.pk] == "安平县/西岭乡/柳湾村/1组"
    east_then, west_then = (set(subtree_ids_on(path, BEFORE)) for path in (world.east.path, world.west.path))
    east_now, west_now = (set(subtree_ids_on(path, ON)) for path in (world.east.path, world.west.path))
    assert east_then - east_now == {village.pk, group.pk} == west_now - west_then
    assert set(subtree_ids_on(moved.path, BEFORE)) == {village.pk, group.pk}
    assert last_entry().facts["paths"] == [[old, moved.path]]
    assert parameters.integer("registers.election_warning_months", on=ON, path=group.path) == 3


def test_move_refused(world: World) -> None:
    village = world.east_village

    def move(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"area": village, "parent": world.west, "on": AFTER} | facts
        return refused(lambda: area_move(SYSTEM, **given))

    assert move() == ["area.name_taken"]
    assert move(parent=world.east) == ["area.unchanged"]
    assert move(parent=world.east_other_village) == ["area.parent_kind"]
    assert move(area=world.east, parent=world.east_village) == ["area.parent_below"]
    other = world.east_other_village
    assert move(area=other, on=FUTURE) == ["date.future"]
    area_rename(SYSTEM, area=world.east_other_group, on=AFTER, name="甲组")
    assert move(area=other, on=ON) == ["date.before_current"]


def test_move_needs_both_ends_in_range(cast: Cast) -> None:
    with pytest.raises(NotFound):
        area_move(cast.neighbour.person, area=cast.world.east_other_village, parent=cast.world.west, on=ON)


def test_merge_into_one_that_stays(world: World) -> None:
    away, stays, group = world.east_other_village, world.east_village, world.east_other_group
    merged = area_merge(SYSTEM, areas=[away], into=stays, on=ON, document="安平府〔2024〕1号")
    assert merged == stays
    away.refresh_from_db()
    group.refresh_from_db()
    assert away.valid_to == ON
    assert (group.name, group.parent_id) == ("柳湾1组", stays.pk)
    assert {area.pk for area in children_on(stays, BEFORE)} == {world.east_group.pk}
    assert {area.pk for area in children_on(stays, ON)} == {world.east_group.pk, group.pk}
    assert [area.pk for area in children_on(world.east, ON)] == [stays.pk]
    assert set(subtree_ids_on(away.path, BEFORE)) == {away.pk, group.pk}
    assert set(subtree_ids_on(away.path, ON)) == set()
    link = AreaSuccession.objects.get()
    assert (link.kind, link.before, link.after, link.document) == ("merge", away, stays, "安平府〔2024〕1号")
    assert last_entry().facts["document"] == "安平府〔2024〕1号"
    assert record.history("area", away.pk)[0].entry.action == "places.area_merge"


def test_merge_into_a_new_one_may_keep_a_code(world: World) -> None:
    areas = [world.east_village, world.east_other_village]
    new = area_merge(
        SYSTEM,
        areas=areas,
        on=ON,
        code="500299101201",
        name="石柳村",
        child_names={world.east_group.pk: "一组", world.east_other_group.pk: "二组"},
    )
    assert new.kind == AreaKind.VILLAGE
    assert [child.name for child in children_on(new, ON)] == ["一组", "二组"]
    assert {version.name for version in areas_on(BEFORE, world.east.path)} == {
        "东河镇",
        "石桥村",
        "柳湾村",
        "1组",
    }
    assert {version.name for version in areas_on(ON, world.east.path)} == {"东河镇", "石柳村", "一组", "二组"}
    assert last_entry().action == "places.area_merge"


def test_merge_refused(world: World) -> None:
    village, other = world.east_village, world.east_other_village

    def merge(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"areas": [other], "into": village, "on": ON} | facts
        return refused(lambda: area_merge(SYSTEM, **given))

    assert merge(into=None, code="500299101203", name="甲村") == ["area.merge_count"]
    assert merge(into=other) == ["area.merge_itself"]
    assert merge(into=world.west) == ["area.merge_level"]
    assert merge(on=BEGINNING) == ["date.before_current"]
    assert merge(on=FUTURE) == ["date.future"]
    both = {"areas": [village, other], "into": None}
    assert merge(**both, code="500299102201", name="甲村") == ["area.code_taken"]
    assert merge(**both, code="500299101203", name="") == ["name.missing"]
    area_merge(SYSTEM, areas=[other], into=village, on=ON)
    assert merge(on=AFTER) == ["area.ended"]


def test_merge_reaches_only_the_own_range(cast: Cast) -> None:
    areas = [cast.world.east_other_village]
    with pytest.raises(Refused):
        area_merge(cast.township_officer.person, areas=areas, into=cast.world.east_village, on=ON)
    merged = area_merge(cast.county_officer.person, areas=areas, into=cast.world.east_village, on=ON)
    assert merged == cast.world.east_village


def test_split_off_a_part(world: World) -> None:
    second = make_area("50029910120102", "2组", AreaKind.GROUP, world.east_village)
    part = SplitPart("500299101203", "新桥村", [second])
    (new,) = area_split(SYSTEM, area=world.east_village, on=ON, parts=[part])
    assert [child.name for child in children_on(world.east_village, BEFORE)] == ["1组", "2组"]
    assert [child.name for child in children_on(world.east_village, ON)] == ["1组"]
    assert [child.name for child in children_on(new, ON)] == ["2组"]
    assert AreaSuccession.objects.get().kind == "split"
    assert last_entry().action == "places.area_split"


def test_split_whole(world: World) -> None:
    area = world.east_village
    second = make_area("50029910120102", "2组", AreaKind.GROUP, area)
    parts = [
        SplitPart("500299101201", "上桥村", [world.east_group]),
        SplitPart("500299101203", "下桥村", [second]),
    ]
    new = area_split(SYSTEM, area=area, on=ON, parts=parts, ends=True)
    area.refresh_from_db()
    assert area.valid_to == ON
    assert [one.name for one in new] == ["上桥村", "下桥村"]
    assert [child.name for child in children_on(new[1], ON)] == ["2组"]
    assert set(subtree_ids_on(area.path, BEFORE)) == {area.pk, world.east_group.pk, second.pk}
    assert record.verify() == []


def test_split_refused(world: World) -> None:
    def split(*parts: SplitPart, **facts: Any) -> list[str]:
        given: dict[str, Any] = {"area": world.east_village, "on": ON, "parts": parts} | facts
        return refused(lambda: area_split(SYSTEM, **given))

    part = SplitPart("500299101203", "新桥村", [world.east_group])
    assert split() == ["area.split_count"]
    assert split(part, ends=True) == ["area.split_count"]
    assert split(SplitPart("500299101203", "新桥村", [world.west_group])) == ["area.split_children"]
    assert split(SplitPart("500299101203", "甲村"), SplitPart("500299101204", "乙村"), ends=True) == [
        "area.split_left"
    ]
    assert split(SplitPart("500299101202", "新桥村")) == ["area.code_taken"]
    assert split(SplitPart("500299101203", "柳湾村")) == ["area.name_taken"]
    assert split(SplitPart("500300000000", "乙县"), area=world.county) == ["area.split_level"]
    assert split(part, on=FUTURE) == ["date.future"]
    assert split(part, on=date(2019, 1, 1)) == ["date.before_current"]
