"""What happens to households, persons and roles when the areas they lie in move, merge and split."""

import pytest
from tests.cast import SYSTEM, Cast, World, make_area, make_household, make_person

from anlan.accounts.actors import actor_for
from anlan.accounts.models import RoleGrant
from anlan.kernel.problems import Refused
from anlan.places.actions.area_merge import area_merge
from anlan.places.actions.area_move import area_move
from anlan.places.actions.area_split import SplitPart, area_split
from anlan.places.rules import AreaKind
from anlan.registers.actions.household_move import household_move
from anlan.registers.models import Household, Person
from anlan.registers.queries.details import residences_of
from anlan.registers.tests.refusals import AFTER, BEFORE, ON, fresh, history_of, last_entry, names_on


def grants_of(cast: Cast, name: str) -> list[tuple[str, bool]]:
    user = getattr(cast, name).user
    rows = RoleGrant.objects.filter(user=user).order_by("valid_from", "path")
    return [(row.path, row.valid_to is None) for row in rows]


def in_the_village_itself(world: World) -> Household:
    """A household whose sheet named no group."""
    person = make_person("向前", world.east_village)
    return make_household("E0100", world.east_village, person)


def test_move_takes_roles_along(cast: Cast) -> None:
    world = cast.world
    other = world.east_other_village
    RoleGrant.objects.filter(user=cast.liaison.user).update(path=world.east_other_group.path)
    area_move(SYSTEM, area=other, parent=world.west, on=ON)
    world.east_other_group.refresh_from_db()
    assert grants_of(cast, "liaison") == [(world.east_other_group.path, True)]
    assert world.east_other_group.path.startswith(world.west.path)


def test_merge_takes_households_and_roles_along(cast: Cast) -> None:
    world = cast.world
    household = in_the_village_itself(world)
    into = world.east_other_village
    area_merge(SYSTEM, areas=[world.east_village], into=into, on=ON)
    household.refresh_from_db()
    assert household.area == into
    assert household.head is not None
    assert fresh(household.head).area_id == into.pk
    assert residences_of([household.pk], BEFORE) == {household.pk: world.east_village}
    assert residences_of([household.pk], ON) == {household.pk: into}
    assert {"向前", "何忠孝"} <= names_on(BEFORE, world.east_village.path)
    assert names_on(ON, world.east_village.path) == set()
    assert {"向前", "何忠孝"} <= names_on(ON, into.path)
    assert grants_of(cast, "liaison") == [(world.east_village.path, False), (into.path, True)]
    assert history_of("household", household.pk) == ["places.area_merge"]
    assert cast.liaison.user is not None
    assert history_of("user", cast.liaison.user.pk) == ["places.area_merge"]
    assert last_entry().action == "places.area_merge"


def test_who_was_responsible_still_is(cast: Cast) -> None:
    world = cast.world
    area_merge(SYSTEM, areas=[world.east_village], into=world.east_other_village, on=ON)
    assert cast.liaison.user is not None
    actor = actor_for(cast.liaison.user, AFTER)
    assert world.east_person in Person.objects.visible_to(actor)


def test_a_household_that_moved_later_stops_the_merger(cast: Cast) -> None:
    world = cast.world
    household = in_the_village_itself(world)
    household_move(SYSTEM, household=household, area=world.east_group, on=AFTER)
    household_move(SYSTEM, household=household, area=world.east_village, on=AFTER)
    with pytest.raises(Refused) as caught:
        area_merge(SYSTEM, areas=[world.east_village], into=world.east_other_village, on=ON)
    assert [problem.code for problem in caught.value.problems] == ["date.before_current"]
    world.east_village.refresh_from_db()
    assert world.east_village.valid_to is None


def test_residences_of_the_same_day_are_corrected(world: World) -> None:
    household = in_the_village_itself(world)
    household_move(SYSTEM, household=household, area=world.east_group, on=BEFORE)
    household_move(SYSTEM, household=household, area=world.east_village, on=ON)
    area_merge(SYSTEM, areas=[world.east_village], into=world.east_other_village, on=ON)
    assert residences_of([household.pk], BEFORE) == {household.pk: world.east_group}
    assert residences_of([household.pk], ON) == {household.pk: world.east_other_village}
    assert last_entry().action == "places.area_merge"


def test_split_whole(cast: Cast) -> None:
    world = cast.world
    household = in_the_village_itself(world)
    second = make_area("50029910120102", "2组", AreaKind.GROUP, world.east_village)
    other = make_household("E0200", second, make_person("谭小川", second))
    parts = [
        SplitPart("500299101203", "上桥村", [world.east_group]),
        SplitPart("500299101204", "下桥村", [second]),
    ]
    upper, lower = area_split(SYSTEM, area=world.east_village, on=ON, parts=parts, ends=True, rest=1)
    assert names_on(ON, upper.path) == {"何忠孝"}
    assert names_on(ON, lower.path) == {"向前", "谭小川"}
    assert names_on(BEFORE, world.east_village.path) == {"何忠孝", "向前", "谭小川"}
    assert residences_of([household.pk, other.pk], ON) == {household.pk: lower, other.pk: second}
    assert grants_of(cast, "liaison") == [
        (world.east_village.path, False),
        (upper.path, True),
        (lower.path, True),
    ]


def test_split_off_leaves_the_rest(cast: Cast) -> None:
    world = cast.world
    in_the_village_itself(world)
    part = SplitPart("500299101203", "上桥村", [world.east_group])
    (upper,) = area_split(SYSTEM, area=world.east_village, on=ON, parts=[part])
    assert names_on(ON, upper.path) == {"何忠孝"}
    assert names_on(ON, world.east_village.path) == {"向前"}
    assert grants_of(cast, "liaison") == [(world.east_village.path, True)]
