"""Units, contact points and covers for the table of the sweeps: their addresses, their targets."""

from collections.abc import Callable, Mapping
from functools import partial

from anlan.places.models import Area
from anlan.registers.models import (
    ContactPoint,
    ContactPointDuty,
    Cover,
    OfficerCover,
    PartyOrganization,
    Unit,
    UnitVersion,
)
from tests.architecture.access_rows import (
    EAST_OFFICERS,
    FIGURES,
    NOWHERE,
    OFFICERS_ONLY,
    WEST_OFFICERS,
    Case,
    Statuses,
    api,
    at,
    row,
)
from tests.cast import BEGINNING, World

#                    county east west liaison member auditor admin leader unknown
EAST_UNIT = row(200, 200, 404, 200, 404, 200, 404, 200, 302)
WEST_UNIT = row(200, 404, 200, 404, 404, 200, 404, 200, 302)


def unit_in(area: Area) -> Unit:
    """A cooperative of a village, the same one when asked again."""
    found = Unit.objects.filter(area=area).first()
    if found is not None:
        return found
    facts = {"name": "脐橙合作社", "kind": "cooperative", "area": area, "valid_from": BEGINNING}
    unit = Unit.objects.create(**facts)
    UnitVersion.objects.create(unit=unit, **facts)
    return unit


def contact_point_in(area: Area) -> ContactPoint:
    """A contact point of a village, the same one when asked again."""
    found = ContactPoint.objects.filter(area=area).first()
    if found is not None:
        return found
    point = ContactPoint.objects.create(name="联系点", tier="village", area=area, valid_from=BEGINNING)
    ContactPointDuty.objects.create(contact_point=point, valid_from=BEGINNING)
    return point


def cover_of(organization: PartyOrganization) -> Cover:
    """An organisation's cover of the village it lies in."""
    return Cover.objects.create(
        organization=organization, area=organization.area, setup_mode="joint", valid_from=BEGINNING
    )


def officer_of(area: Area) -> OfficerCover:
    """A liaison officer of a village."""
    return OfficerCover.objects.create(duty="liaison", name="陈石", area=area, valid_from=BEGINNING)


def _list(name: str, route: str, statuses: Statuses) -> dict[str, tuple[Case, ...]]:
    return {
        f"registers:{name}": (at(f"/{route}/", statuses), at(f"/{route}/?on=2021-01-01", statuses)),
        f"registers:{name}_csv": (at(f"/{route}.csv", statuses),),
        f"registers:{name}_xlsx": (at(f"/{route}.xlsx", statuses),),
        f"registers:{name}_export": (at(f"/export/{route}/", statuses),),
    }


def _unit_page(side: str, page: str, world: World) -> str:
    unit = unit_in(world.east_village if side == "east" else world.west_village)
    return f"/units/{unit.uid}/{page}/"


def _contact_point_page(side: str, page: str, world: World) -> str:
    point = contact_point_in(world.east_village if side == "east" else world.west_village)
    return f"/contact-points/{point.uid}/{page}/"


def _both(page: Callable[[str, str, World], str], *pages: str) -> dict[str, tuple[Case, ...]]:
    """Forms of officers on something of the east and of the west."""
    return {
        f"registers:{name}": (
            Case(partial(page, "east", path), EAST_OFFICERS),
            Case(partial(page, "west", path), WEST_OFFICERS),
        )
        for name, _colon, path in (one.partition(":") for one in pages)
    }


def _ended(world: World, kind: str) -> str:
    """The form that ends what covers the village of the east."""
    if kind == "cover":
        cover_of(world.east_branch)
        return f"/cover/area/{world.east_village.code}/end/"
    officer_of(world.east_village)
    return f"/cover/area/{world.east_village.code}/officers/liaison/end/"


COVERAGE: Mapping[str, tuple[Case, ...]] = {
    **_list("units", "units", FIGURES),
    **_list("contact_points", "contact-points", FIGURES),
    **_list("covered_areas", "covered-areas", FIGURES),
    "registers:unit": (
        Case(lambda world: f"/units/{unit_in(world.east_village).uid}/", EAST_UNIT),
        Case(lambda world: f"/units/{unit_in(world.west_village).uid}/", WEST_UNIT),
    ),
    "registers:contact_point": (
        Case(lambda world: f"/contact-points/{contact_point_in(world.east_village).uid}/", EAST_UNIT),
        Case(lambda world: f"/contact-points/{contact_point_in(world.west_village).uid}/", WEST_UNIT),
    ),
    "registers:unit_add": (at("/units/new/", OFFICERS_ONLY),),
    "registers:contact_point_add": (at("/contact-points/new/", OFFICERS_ONLY),),
    **_both(
        _unit_page,
        "unit_edit:edit",
        "unit_rename:rename",
        "unit_move:move",
        "headcount_state:headcount",
        "unit_end:end",
    ),
    **_both(_contact_point_page, "contact_point_change:change", "contact_point_end:end"),
    "registers:cover_assign": (
        at("/cover/area/500299101201/", EAST_OFFICERS),
        at("/cover/area/500299102201/", WEST_OFFICERS),
        at("/cover/area/500299101000/", NOWHERE),
        at("/cover/unit/nothing/", NOWHERE),
        Case(lambda world: f"/cover/unit/{unit_in(world.west_village).uid}/", WEST_OFFICERS),
    ),
    "registers:officer_assign": (
        at("/cover/area/500299101201/officers/", EAST_OFFICERS),
        at("/cover/area/500299102201/officers/", WEST_OFFICERS),
    ),
    "registers:cover_end": (
        at("/cover/area/500299101201/end/", NOWHERE),
        Case(partial(_ended, kind="cover"), EAST_OFFICERS),
    ),
    "registers:officer_end": (
        at("/cover/area/500299101201/officers/liaison/end/", NOWHERE),
        Case(partial(_ended, kind="officer"), EAST_OFFICERS),
    ),
    "api:units": (at("/api/v1/units", api(FIGURES)),),
    "api:unit": (
        Case(lambda world: f"/api/v1/units/{unit_in(world.east_village).uid}", api(EAST_UNIT)),
        Case(lambda world: f"/api/v1/units/{unit_in(world.west_village).uid}", api(WEST_UNIT)),
    ),
    "api:contact_points": (at("/api/v1/contact-points", api(FIGURES)),),
    "api:contact_point": (
        Case(
            lambda world: f"/api/v1/contact-points/{contact_point_in(world.east_village).uid}", api(EAST_UNIT)
        ),
        Case(
            lambda world: f"/api/v1/contact-points/{contact_point_in(world.west_village).uid}", api(WEST_UNIT)
        ),
    ),
    "api:covered_areas": (at("/api/v1/covered-areas", api(FIGURES)),),
    "insights:coverage": (
        at("/coverage/", FIGURES),
        at("/coverage/?area=500299102201", row(200, 404, 200, 404, 404, 200, 404, 200, 302)),
    ),
    "insights:proposals": (at("/coverage/proposals/", FIGURES),),
}
"""Who may open the pages of coverage."""
