"""A small county with a past, made for tests of figures: two townships with three villages."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from anlan.kernel.actors import Grant, PersonActor
from anlan.kernel.paths import Range, Tree
from anlan.places.models import Area, AreaVersion
from anlan.registers.models import (
    FloatingSpell,
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    OrganizationVersion,
    PartyOrganization,
    Person,
    ResettlementRecord,
)

START = date(2000, 1, 1)
DAY = date(2026, 6, 30)


@dataclass
class World:
    """Everything made so far, by name."""

    areas: dict[str, Area] = field(default_factory=dict)
    organizations: dict[str, PartyOrganization] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def area(self, name: str, kind: str, code: str, parent: str = "") -> Area:
        """An area with its first version."""
        above = self.areas.get(parent)
        area = Area(code=code, name=name, kind=kind, parent=above, path=f"new{code}", valid_from=START)
        area.save()
        area.path = f"{above.path if above else ''}{area.pk}."
        area.save()
        AreaVersion.objects.create(
            area=area, code=code, name=name, kind=kind, parent=above, path=area.path, valid_from=START
        )
        self.areas[name] = area
        return area

    def organization(
        self, name: str, kind: str, area: str, parent: str = "", **facts: object
    ) -> PartyOrganization:
        """An organisation with its first version."""
        above = self.organizations.get(parent)
        own = PartyOrganization(
            name=name,
            kind=kind,
            parent=above,
            area=self.areas[area],
            path=f"new{next(self.numbers)}",
            valid_from=START,
            **facts,
        )
        own.save()
        own.path = f"{above.path if above else ''}{own.pk}."
        own.save()
        OrganizationVersion.objects.create(
            organization=own,
            name=name,
            kind=kind,
            parent=above,
            path=own.path,
            area=own.area,
            valid_from=START,
        )
        self.organizations[name] = own
        return own

    def person(self, **facts: object) -> Person:
        """A person: a Han man of 46 with a junior school, unless the facts say otherwise."""
        stated = {
            "name": f"何{next(self.numbers)}",
            "sex": "1",
            "birth_date": date(1980, 1, 1),
            "birth_precision": "day",
            "ethnic_group": "01",
            "education": "70",
        }
        return Person.objects.create(**{**stated, **facts})

    def member(
        self,
        organization: str,
        *,
        stage: str = "full",
        joined_on: date | None = date(2001, 7, 1),
        valid_from: date = START,
        valid_to: date | None = None,
        floating: str | None = None,
        **facts: object,
    ) -> Membership:
        """A member of an organisation; ``floating`` is the destination of a spell since 2020."""
        person = self.person(**facts)
        if floating is not None:
            FloatingSpell.objects.create(person=person, destination=floating, valid_from=date(2020, 1, 1))
        return Membership.objects.create(
            person=person,
            organization=self.organizations[organization],
            stage=stage,
            joined_on=joined_on,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    def household(self, area: str, *people: dict[str, object], moved_to: str = "") -> Household:
        """A household of people; ``moved_to`` is where it has lived since 2026-01-01."""
        since = date(2026, 1, 1) if moved_to else None
        today = self.areas[moved_to or area]
        household = Household.objects.create(number=str(next(self.numbers)), area=today, valid_from=START)
        HouseholdResidence.objects.create(
            household=household, area=self.areas[area], valid_from=START, valid_to=since
        )
        if since is not None:
            HouseholdResidence.objects.create(household=household, area=today, valid_from=since)
        for facts in people:
            record = {key: facts[key] for key in ("mode", "support_mode", "moved_on") if key in facts}
            person = self.person(**{key: facts[key] for key in facts if key not in record}, area=today)
            HouseholdMembership.objects.create(household=household, person=person, valid_from=START)
            if record:
                ResettlementRecord.objects.create(person=person, valid_from=START, **record)
        return household


def actor(role: str, path: str = "", tree: Tree = "area") -> PersonActor:
    """Somebody with one role in one range ("" is everything)."""
    return PersonActor(1, "何一", (Grant(role, Range(tree, path)),))


def county() -> World:
    """The county: areas, organisations, nobody in them."""
    world = World()
    world.area("澜山县", "county", "500299000000")
    world.area("大榕镇", "township", "500299001000", "澜山县")
    world.area("小榕乡", "township", "500299002000", "澜山县")
    world.area("水泉村", "village", "500299001201", "大榕镇")
    world.area("坝村", "village", "500299001202", "大榕镇")
    world.area("江村", "village", "500299002201", "小榕乡")
    world.area("一组", "group", "50029900120101", "水泉村")
    world.organization("县工委", "working_committee", "澜山县", setup_mode="standalone")
    world.organization("大榕镇党委", "committee", "大榕镇", "县工委", setup_mode="standalone")
    world.organization(
        "水泉村支部",
        "branch",
        "水泉村",
        "大榕镇党委",
        setup_mode="trade",
        founded_on=date(1995, 7, 1),
        elected_on=date(2021, 3, 1),
        election_due_on=date(2026, 3, 1),
    )
    world.organization(
        "坝村支部",
        "branch",
        "坝村",
        "大榕镇党委",
        setup_mode="joint",
        elected_on=date(2021, 12, 1),
        election_due_on=date(2026, 12, 1),
    )
    world.organization("江村支部", "branch", "江村", "县工委", election_due_on=date(2030, 1, 1))
    return world


def populated() -> World:
    """The county with members and residents of every kind."""
    world = county()
    world.member("水泉村支部", sex="2", ethnic_group="15", education="20", birth_date=date(1997, 6, 30))
    world.member("水泉村支部", birth_date=date(1964, 7, 1), education="60", education_text="高中/中专")
    world.member("水泉村支部", stage="probationary", joined_on=None, floating="浙江温州")
    world.member("水泉村支部", stage="activist")
    world.member("坝村支部", floating="重庆主城", education="41", birth_date=date(1950, 1, 1))
    world.member("坝村支部", floating="澜山县大榕镇", birth_date=None, sex="", education="")
    world.member("坝村支部", floating="", ethnic_group="不详", joined_on=date(1948, 1, 1))
    world.member("江村支部", valid_to=date(2026, 1, 1))
    world.member("江村支部", floating="东海某岛", joined_on=date(2012, 11, 8))
    world.household(
        "一组",
        {"mode": "within_county", "support_mode": "cash", "moved_on": date(2004, 6, 6)},
        {"sex": "2", "birth_date": date(2024, 1, 1), "education": "", "ethnic_group": "06"},
        {"died_on": date(2025, 5, 5)},
    )
    world.household(
        "坝村", {"sex": "2", "mode": "插花", "support_mode": ""}, {"birth_date": date(1940, 1, 1)}
    )
    world.household("坝村", {"mode": "scattered", "moved_on": date(2003, 1, 1)}, moved_to="江村")
    return world
