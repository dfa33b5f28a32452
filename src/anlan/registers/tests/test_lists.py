"""The register lists: who stands in them for whom, on which day, at which price."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.cast import BEGINNING, Cast, World

from anlan.accounts.models import RoleGrant
from anlan.kernel.uids import new_uid
from anlan.registers.dimensions import residents_on
from anlan.registers.models import Household, HouseholdMembership, Membership, PartyOrganization, Person
from anlan.registers.queries.reach import residents_in_reach
from anlan.registers.tests import people

pytestmark = pytest.mark.django_db
LISTS = ("/persons/", "/households/", "/members/", "/organizations/", "/areas/")
HEAVIEST = 60_000


def fill(world: World, households: int) -> None:
    """Households of three in the east, one of each a member."""
    for number in range(households):
        made = people.household(
            f"014202{number:05d}", world.east_group, ["何中小", "余礼刚", "何英"], number * 3 + 1
        )
        assert made.head is not None
        people.member(made.head, world.east_branch)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("player", ["county_officer", "township_officer", "member"])
def test_a_list_costs_the_same_at_three_and_at_thirty_rows(cast: Cast, address: str, player: str) -> None:
    client = getattr(cast, player).client()
    fill(cast.world, 1)
    few = queries(client, address)
    fill_more(cast.world)
    assert queries(client, address) == few


def fill_more(world: World) -> None:
    for number in range(1, 30):
        made = people.household(
            f"0142021{number:04d}", world.east_group, ["覃玉", "覃兰", "覃花"], number * 3 + 100
        )
        assert made.head is not None
        people.member(made.head, world.east_branch)
        organization = PartyOrganization.objects.create(
            name=f"第{number}支部", kind="branch", area=world.east_village, parent=world.east_branch,
            path=f"{world.east_branch.path}{1000 + number}.", valid_from=BEGINNING,
        )  # fmt: skip
        organization.versions.create(
            name=organization.name, kind="branch", area=world.east_village, parent=world.east_branch,
            path=organization.path, valid_from=BEGINNING,
        )  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_a_full_page_weighs_less_than_sixty_kilobytes(cast: Cast, address: str) -> None:
    fill(cast.world, 1)
    fill_more(cast.world)
    answer = cast.county_officer.client().get(f"{address}?on=2026-06-30&area=500299000000")
    assert 5_000 < len(answer.content) < HEAVIEST


def names(client: Client, address: str) -> list[str]:
    """The first column of a list's CSV file."""
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return [row[0] for row in csv.reader(StringIO(text))][1:-1]


@pytest.mark.parametrize(
    ("player", "persons", "households", "members", "organizations"),
    [
        ("county_officer", {"何忠孝", "覃玉兰"}, {"E0001", "W0001"}, {"何忠孝", "覃玉兰"}, 6),
        ("auditor", {"何忠孝", "覃玉兰"}, {"E0001", "W0001"}, {"何忠孝", "覃玉兰"}, 6),
        ("township_officer", {"何忠孝"}, {"E0001"}, {"何忠孝"}, 3),
        ("neighbour", {"覃玉兰"}, {"W0001"}, {"覃玉兰"}, 2),
        ("liaison", {"何忠孝"}, {"E0001"}, {"何忠孝"}, 1),
        ("member", {"何忠孝"}, set(), {"何忠孝"}, 1),
    ],
)
def test_each_of_the_cast_sees_exactly_their_own(
    cast: Cast, player: str, persons: set[str], households: set[str], members: set[str], organizations: int
) -> None:
    client = getattr(cast, player).client()
    assert set(names(client, "/persons.csv")) == persons
    assert set(names(client, "/households.csv")) == households
    assert set(names(client, "/members.csv")) == members
    assert len(names(client, "/organizations.csv")) == organizations


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sex=2",
        "?q=覃",
        "?area=500299102201",
        "?on=2021-01-01",
        "?sort=-age",
        "?resettlement_mode=concentrated",
    ],
)
def test_no_way_of_asking_shows_somebody_outside(cast: Cast, query: str) -> None:
    people.household("W0002", cast.world.west_group, ["覃秘密"], 40)
    answer = cast.township_officer.client().get(f"/persons/{query}")
    assert answer.status_code == 200
    assert "秘密" not in answer.content.decode()


def test_filters_of_the_statistics_narrow_the_list(cast: Cast) -> None:
    fill(cast.world, 1)
    client = cast.county_officer.client()
    assert set(names(client, "/persons.csv?resettlement_mode=concentrated")) == {"何中小", "余礼刚", "何英"}
    assert set(names(client, "/persons.csv?moved_year=2004&sex=2")) == {"余礼刚"}
    assert set(names(client, f"/members.csv?organization={cast.world.east_committee.uid}")) == {
        "何忠孝",
        "何中小",
    }
    assert set(names(client, "/members.csv?area=500299102000")) == {"覃玉兰"}
    assert client.get("/persons.csv?sex=nonsense").status_code == 400


def test_a_past_day_shows_who_lived_here_then(cast: Cast) -> None:
    fill(cast.world, 1)
    moved = Person.objects.get(name="何英")
    HouseholdMembership.objects.filter(person=moved).update(valid_to=date(2024, 1, 1))
    HouseholdMembership.objects.create(
        person=moved, household=cast.world.west_household, relation="20", valid_from=date(2024, 1, 1)
    )
    Person.objects.filter(pk=moved.pk).update(area=cast.world.west_group)
    county, client = cast.county_officer.client(), cast.township_officer.client()
    assert "何英" in names(county, "/persons.csv?on=2023-12-31&area=500299101000")
    assert "何英" not in names(county, "/persons.csv?area=500299101000")
    assert "何英" not in names(client, "/persons.csv?on=2023-12-31")
    then = client.get("/persons/?on=2023-12-31")
    assert then.context["listing"].page.total == 3
    assert "还有 1 人，现在已不在您的管辖范围内" in then.content.decode()
    assert "还有" not in client.get("/persons/?on=2023-12-31&q=何英").content.decode()
    assert "何英" in names(cast.neighbour.client(), "/persons.csv")
    assert "何英" not in names(cast.neighbour.client(), "/persons.csv?on=2023-12-31")


def move_east_household_west(cast: Cast) -> None:
    """The household of 何英 and its branch member, in the east until the end of 2023."""
    fill(cast.world, 1)
    home = Household.objects.get(number="01420200000")
    moved_on, home.area = date(2024, 1, 1), cast.world.west_group
    home.save()
    home.residences.update(valid_to=moved_on)
    home.residences.create(area=cast.world.west_group, valid_from=moved_on)
    Person.objects.filter(household_memberships__household=home).update(area=cast.world.west_group)
    member = Membership.objects.get(person=home.head)
    Membership.objects.filter(pk=member.pk).update(valid_to=moved_on)
    member.pk, member.uid, member.organization = None, new_uid(), cast.world.west_branch
    member.valid_from = moved_on
    member.save()


@pytest.mark.parametrize(
    ("address", "today"), [("/persons", 1), ("/households", 1), ("/members", 1), ("/organizations", 3)]
)
def test_a_past_day_names_only_whom_todays_range_holds(cast: Cast, address: str, today: int) -> None:
    move_east_household_west(cast)
    then = cast.township_officer.client().get(f"{address}/?on=2023-12-31")
    listing = then.context["listing"]
    assert listing.page.total == today
    links = set(
        re.findall(
            r'href="(/(?:persons|households|members|organizations)/[0-9a-f-]{36}/\?[^"]*)"', str(listing.body)
        )
    )
    assert links
    for link in links:
        assert cast.township_officer.client().get(link).status_code == 200, link


def test_a_household_whose_head_has_left_stands_without_a_name(cast: Cast) -> None:
    fill(cast.world, 1)
    head = Person.objects.get(name="何中小")
    HouseholdMembership.objects.filter(person=head).update(valid_to=date(2024, 1, 1))
    Person.objects.filter(pk=head.pk).update(area=cast.world.west_group)
    Membership.objects.filter(person=head).update(valid_to=date(2024, 1, 1))
    page = cast.township_officer.client().get("/households/?on=2023-12-31").content.decode()
    assert "01420200000" in page and "何中小" not in page
    assert "何中小" in cast.county_officer.client().get("/households/?on=2023-12-31").content.decode()


def test_an_organisation_stands_for_what_lay_below_it_on_the_day(cast: Cast) -> None:
    branch, county = cast.world.east_branch, cast.world.county_committee
    branch.versions.update(valid_to=date(2024, 1, 1))
    path = f"{county.path}{branch.pk}."
    branch.versions.create(
        name=branch.name,
        kind="branch",
        parent=county,
        path=path,
        area=branch.area,
        valid_from=date(2024, 1, 1),
    )
    PartyOrganization.objects.filter(pk=branch.pk).update(path=path, parent=county)
    client, below = cast.county_officer.client(), f"organization={cast.world.east_committee.uid}"
    assert names(client, f"/members.csv?{below}&on=2023-12-31") == ["何忠孝"]
    assert names(client, f"/members.csv?{below}") == []
    own = f"organization={branch.uid}"
    assert (
        names(client, f"/members.csv?{own}&on=2023-12-31")
        == names(client, f"/members.csv?{own}")
        == ["何忠孝"]
    )
    assert "石桥村党支部" in names(client, f"/organizations.csv?{below}&on=2023-12-31")
    assert "石桥村党支部" not in names(client, f"/organizations.csv?{below}")


def test_a_range_follows_its_organisation_to_where_it_stood(cast: Cast) -> None:
    branch, county = cast.world.east_branch, cast.world.county_committee
    branch.versions.update(valid_to=date(2024, 1, 1))
    path = f"{county.path}{branch.pk}."
    branch.versions.create(
        name=branch.name,
        kind="branch",
        parent=county,
        path=path,
        area=branch.area,
        valid_from=date(2024, 1, 1),
    )
    PartyOrganization.objects.filter(pk=branch.pk).update(path=path, parent=county)
    RoleGrant.objects.filter(user__username="member").update(path=path)
    client = cast.member.client()
    assert names(client, "/members.csv") == names(client, "/members.csv?on=2023-12-31") == ["何忠孝"]
    assert names(client, "/members.csv?on=2019-12-31") == []


def test_the_dead_leave_the_list_on_the_day_they_died(cast: Cast) -> None:
    Person.objects.filter(pk=cast.world.east_person.pk).update(died_on=date(2024, 5, 5))
    client = cast.county_officer.client()
    assert "何忠孝" in names(client, "/persons.csv?on=2024-05-04")
    assert "何忠孝" not in names(client, "/persons.csv?on=2024-05-05")


def test_id_numbers_are_masked_on_the_page_and_in_every_file(cast: Cast) -> None:
    fill(cast.world, 1)
    client = cast.county_officer.client()
    number = people.id_number(1)
    masked = f"{number[:6]}********{number[-4:]}"
    page = client.get("/persons/").content.decode()
    assert masked in page and number not in page
    sheet = b"".join(client.get("/persons.xlsx").streaming_content)  # type: ignore[attr-defined]
    cells = [cell for row in load_workbook(BytesIO(sheet)).active.iter_rows(values_only=True) for cell in row]
    assert masked in cells and number not in cells


def test_the_election_stands_in_words(cast: Cast) -> None:
    PartyOrganization.objects.filter(pk=cast.world.east_branch.pk).update(election_due_on=date(2020, 5, 1))
    client = cast.county_officer.client()
    assert names(client, "/organizations.csv?election=overdue") == ["石桥村党支部"]
    assert "超期未换届" in client.get("/organizations/?election=overdue").content.decode()


def test_a_leader_sees_organisations_and_no_office_holder(cast: Cast, leader: Client) -> None:
    cast.world.east_branch.appointments.create(name="王德", post="secretary", valid_from=BEGINNING)
    assert "王德" in cast.county_officer.client().get("/organizations/").content.decode()
    page = leader.get("/organizations/").content.decode()
    assert "石桥村党支部" in page and "王德" not in page


def test_applicants_are_no_members(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.world.east_member.pk).update(stage="activist")
    assert names(cast.township_officer.client(), "/members.csv") == []


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2026, 6, 30), date(2019, 1, 1)])
def test_the_quick_way_over_the_county_finds_the_same_residents(cast: Cast, day: date) -> None:
    fill(cast.world, 2)
    HouseholdMembership.objects.filter(person__name="何英").update(valid_to=date(2024, 1, 1))
    Person.objects.filter(name="余礼刚").update(died_on=date(2022, 2, 2))
    quick = residents_in_reach(cast.county_officer.person, day).values_list("pk", flat=True)
    slow = residents_on(day, "").values_list("pk", flat=True)
    assert sorted(quick) == sorted(slow)
