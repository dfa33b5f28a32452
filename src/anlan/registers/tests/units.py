"""Units and contact points of the small county, for the tests of coverage."""

from datetime import date
from typing import Any

from tests.cast import SYSTEM, World

from anlan.registers.actions.contact_point_add import ContactPointFacts, contact_point_add
from anlan.registers.actions.contact_point_rows import DutyFacts
from anlan.registers.actions.unit_add import unit_add
from anlan.registers.models import ContactPoint, Unit
from anlan.registers.rules.units import UnitFacts
from anlan.registers.tests.refusals import ON

CREDIT_CODE = "91110000600037341L"
OTHER_CREDIT_CODE = "91110000710925243E"
PHONE = "13912345678"


def make_unit(
    world: World, name: str = "石桥脐橙专业合作社", *, on: date = ON, area: Any = None, **facts: Any
) -> Unit:
    """A cooperative in the east village, unless said otherwise."""
    stated = {"kind": "cooperative", "trade": "脐橙"} | facts
    return unit_add(SYSTEM, facts=UnitFacts(name, **stated), area=area or world.east_village, on=on)


def make_contact_point(world: World, *, on: date = ON, area: Any = None, **facts: Any) -> ContactPoint:
    """A contact point of the east village, with somebody there."""
    duty = DutyFacts("石桥村便民服务中心", "陈石", PHONE, "周一至周五 9:00 至 17:00")
    stated = {"name": "石桥村移民群众联系点", "tier": "village", "duty": duty} | facts
    return contact_point_add(
        SYSTEM, facts=ContactPointFacts(**stated), area=area or world.east_village, on=on
    )
