"""The cast: everybody who may stand before a door, once, in a small county of two townships.

``make_world()`` and ``make_cast(world)`` write a few dozen rows; the fixtures ``world`` and ``cast`` do it
for a test. Each player has an ``actor`` (None for somebody unknown) and a ``client()`` that is signed in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from anlan.accounts.actors import actor_for
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.roles import Role, Tier
from anlan.kernel.actors import Actor, AnonymousActor, PersonActor, SystemActor, TokenActor
from anlan.kernel.models import ParameterValue
from anlan.kernel.paths import Tree, child_path
from anlan.kernel.shipped import load_shipped
from anlan.places.models import Area, AreaVersion
from anlan.places.rules import AreaKind
from anlan.registers.models import (
    Household,
    HouseholdMembership,
    HouseholdResidence,
    Membership,
    OrganizationVersion,
    PartyOrganization,
    Person,
)

BEGINNING = date(2020, 1, 1)
PASSWORD = "Cast-2026-pass"
SYSTEM = SystemActor("test")


@dataclass(frozen=True)
class World:
    """A county of two townships (east, west), a village each in the west and two in the east, three
    branches.
    """

    county: Area
    east: Area
    west: Area
    east_village: Area
    east_other_village: Area
    west_village: Area
    east_group: Area
    east_other_group: Area
    west_group: Area
    county_committee: PartyOrganization
    east_committee: PartyOrganization
    west_committee: PartyOrganization
    east_branch: PartyOrganization
    east_other_branch: PartyOrganization
    west_branch: PartyOrganization
    east_household: Household
    west_household: Household
    east_person: Person
    west_person: Person
    east_member: Membership
    west_member: Membership


@dataclass(frozen=True)
class Player:
    """One of the cast: its name, its account where it has one, who it is to the actions."""

    name: str
    user: User | None
    actor: Actor | None

    @property
    def person(self) -> PersonActor:
        """The actor of a player with an account."""
        assert isinstance(self.actor, PersonActor)
        return self.actor

    def client(self) -> Client:
        """A browser in which this player is signed in (not, without an account)."""
        browser = Client()
        if self.user is not None:
            browser.force_login(self.user)
        return browser


@dataclass(frozen=True)
class Cast:
    """Everybody. ``member`` is the secretary of the east branch, with a range over the organisation tree."""

    world: World
    county_officer: Player
    township_officer: Player
    colleague: Player
    neighbour: Player
    liaison: Player
    member: Player
    auditor: Player
    administrator: Player
    household: Player
    anonymous: Player

    def __iter__(self) -> Iterator[Player]:
        return iter(getattr(self, field.name) for field in fields(self) if field.name != "world")


PLAYERS = tuple(field.name for field in fields(Cast) if field.name != "world")


def make_area(
    code: str, name: str, kind: AreaKind, parent: Area | None = None, since: date = BEGINNING
) -> Area:
    """An area with its first version, as it stands since ``since``."""
    area = Area.objects.create(
        code=code, name=name, kind=kind, parent=parent, path=f"new-{code}", valid_from=since
    )
    area.path = child_path(parent.path if parent else "", area.pk)
    area.save(update_fields=["path"])
    AreaVersion.objects.create(
        area=area, code=code, name=name, kind=kind, parent=parent, path=area.path, valid_from=since
    )
    return area


def make_organization(
    name: str,
    kind: str,
    area: Area,
    parent: PartyOrganization | None = None,
    since: date = BEGINNING,
    code: str = "",
) -> PartyOrganization:
    """An organisation with its first version, as it stands since ``since``."""
    row = PartyOrganization.objects.create(
        name=name, kind=kind, area=area, parent=parent, path=f"new-{name}", valid_from=since, code=code
    )
    row.path = child_path(parent.path if parent else "", row.pk)
    row.save(update_fields=["path"])
    OrganizationVersion.objects.create(
        organization=row, name=name, kind=kind, parent=parent, path=row.path, area=area, valid_from=since
    )
    return row


def make_person(name: str, area: Area, **facts: object) -> Person:
    """A person living in an area; ``facts`` are further columns."""
    return Person.objects.create(name=name, area=area, **facts)


def make_household(number: str, area: Area, head: Person, since: date = BEGINNING) -> Household:
    """A household of one, at its place since ``since``."""
    household = Household.objects.create(number=number, area=area, head=head, valid_from=since)
    HouseholdResidence.objects.create(household=household, area=area, valid_from=since)
    HouseholdMembership.objects.create(household=household, person=head, relation="head", valid_from=since)
    return household


def make_user(username: str, display_name: str, password: str | None = None) -> User:
    """An account without roles; without ``password`` nobody can sign in by form."""
    user = User(username=username, display_name=display_name)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    return user


def give_role(
    user: User, role: Role, tier: Tier, path: str, tree: Tree = "area", since: date = BEGINNING
) -> RoleGrant:
    """A role within a subtree, open-ended."""
    return RoleGrant.objects.create(user=user, role=role, tier=tier, tree=tree, path=path, valid_from=since)


def make_player(
    name: str, display_name: str, role: Role, tier: Tier, path: str, tree: Tree = "area"
) -> Player:
    """Somebody with an account and one role."""
    user = make_user(name, display_name)
    give_role(user, role, tier, path, tree)
    return Player(name, user, actor_for(user, date(2026, 6, 30)))


def make_world() -> World:
    """The county, as it stands since 2020."""
    county = make_area("500299000000", "安平县", AreaKind.COUNTY)
    east = make_area("500299101000", "东河镇", AreaKind.TOWNSHIP, county)
    west = make_area("500299102000", "西岭乡", AreaKind.TOWNSHIP, county)
    east_village = make_area("500299101201", "石桥村", AreaKind.VILLAGE, east)
    east_other = make_area("500299101202", "柳湾村", AreaKind.VILLAGE, east)
    west_village = make_area("500299102201", "石桥村", AreaKind.VILLAGE, west)
    east_group = make_area("50029910120101", "1组", AreaKind.GROUP, east_village)
    east_other_group = make_area("50029910120201", "1组", AreaKind.GROUP, east_other)
    west_group = make_area("50029910220101", "1组", AreaKind.GROUP, west_village)
    committee = make_organization("中共安平县委员会", "committee", county)
    east_committee = make_organization("中共东河镇委员会", "committee", east, committee)
    west_committee = make_organization("中共西岭乡委员会", "committee", west, committee)
    east_branch = make_organization("石桥村党支部", "branch", east_village, east_committee)
    east_other_branch = make_organization("柳湾村党支部", "branch", east_other, east_committee)
    west_branch = make_organization("西岭乡石桥村党支部", "branch", west_village, west_committee)
    east_person = make_person(
        "何忠孝", east_group, sex="1", birth_date=date(1962, 5, 4), birth_precision="day"
    )
    west_person = make_person(
        "覃玉兰", west_group, sex="2", birth_date=date(1971, 9, 12), birth_precision="day"
    )
    return World(
        county=county,
        east=east,
        west=west,
        east_village=east_village,
        east_other_village=east_other,
        west_village=west_village,
        east_group=east_group,
        east_other_group=east_other_group,
        west_group=west_group,
        county_committee=committee,
        east_committee=east_committee,
        west_committee=west_committee,
        east_branch=east_branch,
        east_other_branch=east_other_branch,
        west_branch=west_branch,
        east_household=make_household("E0001", east_group, east_person),
        west_household=make_household("W0001", west_group, west_person),
        east_person=east_person,
        west_person=west_person,
        east_member=Membership.objects.create(
            person=east_person, organization=east_branch, stage="full", valid_from=BEGINNING
        ),
        west_member=Membership.objects.create(
            person=west_person, organization=west_branch, stage="full", valid_from=BEGINNING
        ),
    )


def make_cast(world: World) -> Cast:
    """Everybody, with the roles they hold since 2020."""
    county, east, west = world.county.path, world.east.path, world.west.path
    officer, village = Role.TOWNSHIP_OFFICER, world.east_village.path
    return Cast(
        world=world,
        county_officer=make_player("county", "周县", Role.COUNTY_OFFICER, Tier.COUNTY, county),
        township_officer=make_player("township", "郑东", officer, Tier.TOWNSHIP, east),
        colleague=make_player("colleague", "吴东", officer, Tier.TOWNSHIP, east),
        neighbour=make_player("neighbour", "冯西", officer, Tier.TOWNSHIP, west),
        liaison=make_player("liaison", "陈石", Role.LIAISON, Tier.VILLAGE, village),
        member=make_player(
            "member", "何忠孝", Role.BRANCH_SECRETARY, Tier.VILLAGE, world.east_branch.path, "organization"
        ),
        auditor=make_player("auditor", "卫审", Role.AUDITOR, Tier.COUNTY, county),
        administrator=make_player("administrator", "蒋管", Role.ADMINISTRATOR, Tier.COUNTY, county),
        household=Player("household", None, TokenActor(world.east_household.pk)),
        anonymous=Player("anonymous", None, AnonymousActor("public")),
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database with the shipped parameters and calendar in it, as an installation has them."""
    with django_db_blocker.unblock():
        load_shipped()


@pytest.fixture(autouse=True)
def shipped(request: pytest.FixtureRequest) -> None:
    """The shipped tables again, where a test with real transactions has emptied the database before."""
    marked = request.node.get_closest_marker("django_db")
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marked is None and not asked:
        return
    real = bool(marked and marked.kwargs.get("transaction")) or asked - {"db"}
    request.getfixturevalue("transactional_db" if real else "db")
    if not ParameterValue.objects.exists():
        load_shipped()


@pytest.fixture
def world(db: None) -> World:
    """The county."""
    return make_world()


@pytest.fixture
def cast(world: World) -> Cast:
    """Everybody in the county."""
    return make_cast(world)
