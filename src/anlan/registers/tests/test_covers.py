"""Who covers a point, a village or a unit: assigned, one at a time, ended; what ends with something else."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from tests.cast import SYSTEM, Cast, World, make_area

from anlan.kernel.problems import NotFound
from anlan.places.actions.area_merge import area_merge
from anlan.places.rules import AreaKind
from anlan.registers.actions.cover_assign import cover_assign
from anlan.registers.actions.cover_end import cover_end
from anlan.registers.actions.officer_assign import officer_assign
from anlan.registers.actions.officer_end import officer_end
from anlan.registers.actions.organization_end import organization_end
from anlan.registers.actions.unit_end import unit_end
from anlan.registers.models import Cover, OfficerCover, Unit
from anlan.registers.rules.coverage import Seat, covering_seat
from anlan.registers.tests.refusals import EARLY, FUTURE, ON, history_of, last_entry, refused
from anlan.registers.tests.units import PHONE, make_unit

LATER = date(2025, 3, 1)


def test_an_organization_covers_a_unit_from_a_day(world: World) -> None:
    unit = make_unit(world)
    cover = cover_assign(SYSTEM, target=unit, organization=world.east_branch, setup_mode="joint", on=LATER)
    assert cover.target == unit
    assert last_entry().action == "registers.cover_assign"
    assert history_of("unit", unit.pk)[0] == "registers.cover_assign"
    assert history_of("organization", world.east_branch.pk) == ["registers.cover_assign"]
    assert not Cover.objects.open_on(ON).exists() and Cover.objects.open_on(LATER).get() == cover


def test_one_organization_at_a_time(world: World) -> None:
    unit = make_unit(world)
    facts: dict[str, Any] = {"target": unit, "setup_mode": "trade", "on": LATER}
    first = cover_assign(SYSTEM, organization=world.east_branch, **facts)
    other = world.east_other_branch
    assert refused(lambda: cover_assign(SYSTEM, organization=other, **facts)) == ["cover.held"]
    cover_end(SYSTEM, cover=first, on=LATER)
    assert cover_assign(SYSTEM, organization=other, **facts).organization == other
    assert refused(lambda: cover_end(SYSTEM, cover=first, on=LATER)) == ["cover.ended"]


def test_assign_refused(world: World) -> None:
    unit = make_unit(world)
    facts: dict[str, Any] = {"target": unit, "organization": world.east_branch, "setup_mode": "joint"}
    facts["on"] = LATER
    for changed, code in (
        ({"setup_mode": "together"}, "organization.setup_mode"),
        ({"target": world.east}, "cover.target"),
        ({"target": world.east_group}, "cover.target"),
        ({"on": FUTURE}, "date.future"),
        ({"on": EARLY}, "date.before_current"),
    ):
        given = facts | changed
        assert refused(partial(cover_assign, SYSTEM, **given)) == [code]
    unit_end(SYSTEM, unit=unit, on=LATER)
    assert refused(lambda: cover_assign(SYSTEM, **facts)) == ["cover.target_ended"]


def test_an_organization_outside_the_range_is_not_found(world: World, cast: Cast) -> None:
    facts: dict[str, Any] = {"target": world.east_village, "setup_mode": "joint", "on": LATER}
    with pytest.raises(NotFound):
        cover_assign(cast.township_officer.person, organization=world.west_branch, **facts)
    assert cover_assign(cast.township_officer.person, organization=world.east_branch, **facts).pk


def test_an_officer_of_each_duty(world: World) -> None:
    point = make_area("50029910120190", "石桥移民居民点", AreaKind.POINT, world.east_village)
    facts: dict[str, Any] = {"target": point, "name": "陈 石", "on": LATER}
    officer = officer_assign(SYSTEM, duty="resettlement_officer", phone="139 1234 5678", **facts)
    assert (officer.name, officer.plain_phone(), officer.target) == ("陈石", PHONE, point)
    assert officer_assign(SYSTEM, duty="liaison", **facts).pk
    assert refused(lambda: officer_assign(SYSTEM, duty="liaison", **facts)) == ["officer.held"]
    assert refused(lambda: officer_assign(SYSTEM, duty="chairman", **facts)) == ["officer.duty"]
    officer_end(SYSTEM, officer=officer, on=LATER)
    assert refused(lambda: officer_end(SYSTEM, officer=officer, on=LATER)) == ["officer.ended"]
    nobody = facts | {"name": " ", "duty": "resettlement_officer"}
    assert refused(lambda: officer_assign(SYSTEM, **nobody)) == ["name.missing"]
    assert history_of("area", point.pk)[0] == "registers.officer_end"


def test_covers_end_with_what_they_join(world: World) -> None:
    one, two = make_unit(world), make_unit(world, "石桥花椒协会", kind="association")
    for unit in (one, two):
        cover_assign(SYSTEM, target=unit, organization=world.east_other_branch, setup_mode="trade", on=ON)
    officer_assign(SYSTEM, target=one, duty="liaison", name="陈石", on=ON)
    unit_end(SYSTEM, unit=one, on=LATER)
    assert Cover.objects.get(unit=one).valid_to == OfficerCover.objects.get().valid_to == LATER
    organization_end(SYSTEM, organization=world.east_other_branch, on=LATER)
    assert Cover.objects.get(unit=two).valid_to == LATER


def test_a_village_that_ends_takes_its_covers_along(world: World) -> None:
    village = world.east_other_village
    cover_assign(SYSTEM, target=village, organization=world.east_branch, setup_mode="joint", on=ON)
    area_merge(SYSTEM, areas=[village], into=world.east_village, on=LATER)
    assert Cover.objects.get().valid_to == LATER


def test_a_secretary_sees_the_units_the_branch_covers(world: World, cast: Cast) -> None:
    unit = make_unit(world, area=world.west_village)
    cover = cover_assign(SYSTEM, target=unit, organization=world.east_branch, setup_mode="trade", on=ON)
    assert Unit.objects.visible_to(cast.member.person).get() == unit
    cover_end(SYSTEM, cover=cover, on=LATER)
    assert not Unit.objects.visible_to(cast.member.person).exists()


def test_the_nearest_place_covers_and_a_township_covers_no_single_one() -> None:
    seats = [
        Seat(1, "committee", "township", 10),
        Seat(2, "group", "village", 20),
        Seat(3, "branch", "village", 20),
        Seat(4, "branch", "point", 30),
    ]
    assert covering_seat(seats, [20, 10]) == seats[2]
    assert covering_seat(seats, [30, 20, 10]) == seats[3]
    assert covering_seat(seats, [40, 10]) is None
