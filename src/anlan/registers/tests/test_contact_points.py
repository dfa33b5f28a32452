"""Contact points of the three tiers: set up, changed, given up; who was there on a day."""

from datetime import date
from typing import Any

import pytest
from tests.cast import SYSTEM, World

from anlan.registers.actions.contact_point_change import contact_point_change
from anlan.registers.actions.contact_point_end import contact_point_end
from anlan.registers.actions.contact_point_rows import DutyFacts
from anlan.registers.models import ContactPoint
from anlan.registers.tests.refusals import AFTER, BEFORE, ON, history_of, last_entry, refused
from anlan.registers.tests.units import PHONE, make_contact_point

LATER = date(2025, 3, 1)
DUTY = DutyFacts("石桥村便民服务中心", "陈石", PHONE, "周一至周五 9:00 至 17:00")


def test_add(world: World) -> None:
    point = make_contact_point(world)
    duty = point.duties.get()
    assert (duty.officer_name, duty.plain_phone(), duty.valid_from) == ("陈石", PHONE, ON)
    assert not point.is_open(BEFORE) and point.is_open(ON)
    assert last_entry().action == "registers.contact_point_add"
    assert history_of("contact_point", point.pk) == ["registers.contact_point_add"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name.missing"),
        ({"tier": "province"}, "contact_point.tier"),
        ({"duty": DutyFacts(phone="没有")}, "contact.format"),
    ],
)
def test_add_refused(world: World, facts: dict[str, Any], code: str) -> None:
    assert refused(lambda: make_contact_point(world, **facts)) == [code]


def test_a_tier_lies_no_higher_than_itself(world: World) -> None:
    assert refused(lambda: make_contact_point(world, area=world.east)) == ["contact_point.area"]
    county: dict[str, Any] = {"area": world.county, "tier": "township"}
    assert refused(lambda: make_contact_point(world, **county)) == ["contact_point.area"]
    assert make_contact_point(world, tier="county", area=world.east_village).pk
    assert refused(lambda: make_contact_point(world)) == ["contact_point.name_taken"]


def test_change_is_dated(world: World) -> None:
    point = make_contact_point(world)
    contact_point_change(
        SYSTEM, contact_point=point, duty=DUTY._replace(officer_name="李桥", phone=""), on=LATER
    )
    rows = [(row.officer_name, row.plain_phone(), row.valid_to) for row in point.duties.all()]
    assert rows == [("陈石", PHONE, LATER), ("李桥", PHONE, None)]
    same = DUTY._replace(officer_name="李桥")
    codes = refused(lambda: contact_point_change(SYSTEM, contact_point=point, duty=same, on=LATER))
    assert codes == ["contact_point.unchanged"]
    codes = refused(lambda: contact_point_change(SYSTEM, contact_point=point, duty=DUTY, on=AFTER))
    assert codes == ["date.before_current"]


def test_end(world: World) -> None:
    point = make_contact_point(world)
    contact_point_end(SYSTEM, contact_point=point, on=LATER)
    assert not ContactPoint.objects.open_on(LATER).exists()
    assert point.duties.get().valid_to == LATER
    again: dict[str, Any] = {"contact_point": point, "on": LATER}
    assert refused(lambda: contact_point_end(SYSTEM, **again)) == ["contact_point.ended"]
    assert refused(lambda: contact_point_change(SYSTEM, duty=DUTY, **again)) == ["contact_point.ended"]
