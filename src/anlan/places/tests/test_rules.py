"""The rules of areas: levels, codes, days, merging and splitting."""

from datetime import date
from typing import Any

import pytest

from anlan.kernel.problems import Problem
from anlan.places.rules import (
    AreaFacts,
    AreaKind,
    area_problems,
    code_problems,
    day_problems,
    kept_apart,
    merge_problems,
    move_problems,
    rename_kind_problems,
    split_problems,
    stem_of,
    taken_problems,
)

ON, TODAY = date(2024, 5, 1), date(2024, 6, 1)


def area(number: int, kind: AreaKind = AreaKind.VILLAGE, **facts: Any) -> AreaFacts:
    base = AreaFacts(number, f"5002991012{number:02d}", f"村{number}", kind, f"1.{number}.", date(2020, 1, 1))
    return base._replace(**facts)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (AreaKind.COUNTY, AreaKind.COUNTY),
        (AreaKind.TOWNSHIP, None),
        (AreaKind.VILLAGE, AreaKind.COUNTY),
        (AreaKind.GROUP, AreaKind.TOWNSHIP),
    ],
)
def test_what_may_not_lie_there(kind: AreaKind, parent: AreaKind | None) -> None:
    problems = area_problems(code="500299101201", name="水泉村", kind=kind, parent_kind=parent)
    assert codes(problems) == ["area.parent_kind"]


def test_a_name_and_a_code_are_needed() -> None:
    problems = area_problems(code="5002", name="", kind=AreaKind.VILLAGE, parent_kind=AreaKind.TOWNSHIP)
    assert codes(problems) == ["name.missing", "area.code_format"]


@pytest.mark.parametrize(
    ("code", "kind", "fits"),
    [
        ("500299000000", AreaKind.COUNTY, True),
        ("500299101000", AreaKind.TOWNSHIP, True),
        ("500299101201", AreaKind.COMMUNITY, True),
        ("500299101201", AreaKind.VILLAGE, True),
        ("500299101000", AreaKind.VILLAGE, False),
        ("500299101201", AreaKind.GROUP, False),
        ("50029910120101", AreaKind.GROUP, True),
        ("50029910120101", AreaKind.VILLAGE, False),
    ],
)
def test_the_digits_speak_of_a_level(code: str, kind: AreaKind, fits: bool) -> None:
    assert codes(code_problems(code, kind)) == ([] if fits else ["area.code_level"])


def test_codes_and_names_in_use() -> None:
    problems = taken_problems(code="1", name="一组", codes={"1"}, sibling_names={"一组"})
    assert codes(problems) == ["area.code_taken", "area.name_taken"]
    assert taken_problems(code="2", name="二组", codes={"1"}, sibling_names={"一组"}) == []


def test_the_day_of_a_change() -> None:
    assert codes(day_problems(date(2024, 6, 2), today=TODAY)) == ["date.future"]
    assert day_problems(TODAY, today=TODAY, since=TODAY) == []
    assert codes(day_problems(ON, today=TODAY, since=TODAY)) == ["date.before_current"]


def test_moving() -> None:
    township = area(5, AreaKind.TOWNSHIP)
    assert move_problems(area(7), township, present_parent=6) == []
    assert codes(move_problems(area(7), township, present_parent=5)) == ["area.unchanged"]
    assert codes(move_problems(area(7), area(8), present_parent=5)) == ["area.parent_kind"]
    below = township._replace(id=9, path="1.7.9.")
    assert codes(move_problems(area(7), below, present_parent=5)) == ["area.parent_below"]


def test_a_village_may_become_a_community_and_nothing_else() -> None:
    assert rename_kind_problems(AreaKind.VILLAGE, AreaKind.COMMUNITY) == []
    assert codes(rename_kind_problems(AreaKind.VILLAGE, AreaKind.TOWNSHIP)) == ["area.kind_change"]


def test_merging() -> None:
    assert merge_problems([area(1)], area(2, AreaKind.COMMUNITY), ON) == []
    assert merge_problems([area(1), area(2)], None, ON) == []
    assert codes(merge_problems([area(1)], None, ON)) == ["area.merge_count"]
    assert codes(merge_problems([area(1), area(1)], area(2), ON)) == ["area.merge_count"]
    assert codes(merge_problems([], area(2), ON)) == ["area.merge_count"]
    assert codes(merge_problems([area(1), area(2)], area(2), ON)) == ["area.merge_itself"]
    assert codes(merge_problems([area(1)], area(2, AreaKind.TOWNSHIP), ON)) == ["area.merge_level"]
    assert codes(merge_problems([area(1, is_open=False)], area(2), ON)) == ["area.ended"]
    assert codes(merge_problems([area(1, since=ON)], area(2), ON)) == ["date.before_current"]


@pytest.mark.parametrize(
    ("parts", "ends", "rest", "code"),
    [
        ([[1], [2, 3]], True, 1, None),
        ([[1]], False, 0, None),
        ([[]], False, 0, None),
        ([[1, 2, 3]], True, 0, "area.split_count"),
        ([], False, 0, "area.split_count"),
        ([[1], [2, 3]], True, 2, "area.split_count"),
        ([[1], [1, 2, 3]], True, 0, "area.split_children"),
        ([[1], [4]], False, 0, "area.split_children"),
        ([[1], [2]], True, 0, "area.split_left"),
    ],
)
def test_splitting(parts: list[list[int]], ends: bool, rest: int, code: str | None) -> None:
    problems = split_problems(area(9), parts=parts, children={1, 2, 3}, ends=ends, rest=rest, on=ON)
    assert codes(problems) == ([code] if code else [])


def test_a_county_is_not_split() -> None:
    county = area(1, AreaKind.COUNTY)
    problems = split_problems(county, parts=[[]], children=(), ends=False, rest=0, on=ON)
    assert codes(problems) == ["area.split_level"]


def test_names_of_groups_after_a_merger() -> None:
    assert stem_of("水泉村") == "水泉"
    assert stem_of("杜村") == "杜村"
    assert kept_apart("三组", "水泉村", {"一组", "二组"}) == "三组"
    assert kept_apart("一组", "水泉村", {"一组"}) == "水泉一组"
    assert kept_apart("一组", "水泉村", {"一组", "水泉一组"}) == "水泉一组2"
