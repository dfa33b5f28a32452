"""Paths and ranges: what Python says and what the database says are the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import World

from anlan.kernel.paths import Range, child_path, path_ids, subtree
from anlan.kernel.permissions import in_ranges

ids = st.lists(st.integers(1, 10**9), min_size=1, max_size=5)


def path_of(numbers: list[int]) -> str:
    path = ""
    for number in numbers:
        path = child_path(path, number)
    return path


@given(ids)
def test_a_path_tells_its_ids(numbers: list[int]) -> None:
    assert path_ids(path_of(numbers)) == numbers


@given(ids, ids)
def test_a_range_holds_what_lies_below_it(above: list[int], below: list[int]) -> None:
    reach = Range("area", path_of(above))
    assert reach.holds(path_of(above)) and reach.holds(path_of(above + below))
    assert reach.holds(path_of(below)) == (below[: len(above)] == above)


@given(ids, st.integers(0, 9))
def test_a_sibling_whose_number_begins_alike_is_outside(numbers: list[int], digit: int) -> None:
    sibling = [*numbers[:-1], int(f"{numbers[-1]}{digit}")]
    assert not Range("area", path_of(numbers)).holds(path_of(sibling))


def test_the_whole_is_the_empty_path_or_one_root() -> None:
    assert Range("area", "").is_whole and Range("area", "1.").is_whole
    assert not Range("area", "1.5.").is_whole


@pytest.mark.django_db
def test_the_database_finds_the_same_subtree(world: World) -> None:
    model: Any = type(world.county)
    rows = list(model.objects.all())
    for top in rows:
        found = set(model.objects.filter(subtree("path", top.path)))
        assert found == {row for row in rows if Range("area", top.path).holds(row.path)}
    assert set(model.objects.filter(subtree("path", ""))) == set(rows)


@pytest.mark.django_db
def test_ranges_are_joined_and_none_finds_nothing(world: World) -> None:
    model: Any = type(world.county)
    east, west = Range("area", world.east_village.path), Range("area", world.west.path)
    found = set(model.objects.filter(in_ranges([east, west], {"area": "path"})))
    assert found == {world.east_village, world.east_group, world.west, world.west_village, world.west_group}
    assert not model.objects.filter(in_ranges([], {"area": "path"})).exists()
    organization = Range("organization", world.east_branch.path)
    assert not model.objects.filter(in_ranges([organization], {"area": "path"})).exists()
    everything = in_ranges([west, Range("area", "")], {"area": "path"})
    assert model.objects.filter(everything).count() == model.objects.count()


@pytest.mark.django_db
@pytest.mark.postgres_only
def test_paths_are_compared_byte_by_byte(world: World) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = 'places_area' AND column_name = 'path'"
        )
        assert cursor.fetchone() == ("C",)
