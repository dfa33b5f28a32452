"""The pages of one person, household, organisation and member: facts, relations, days, history in words."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from tests.cast import BEGINNING, Cast

from anlan.kernel import protection
from anlan.registers.models import FloatingSpell, HouseholdMembership, Membership, Person, ResettlementRecord
from anlan.registers.tests import people

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def family(cast: Cast) -> Person:
    """A family of three in the east; gives its head, who is a floating member."""
    made = people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚", "何英"], 1)
    assert made.head is not None
    people.phone(made.head, "13942366712")
    people.member(made.head, cast.world.east_branch)
    FloatingSpell.objects.create(person=made.head, destination="浙江温州", valid_from=date(2023, 1, 1))
    return made.head


def test_a_person_shows_who_where_and_which_household_first(cast: Cast, family: Person) -> None:
    shown = page(cast.township_officer.client(), f"/persons/{family.uid}/?on=2026-06-30")
    head = shown[shown.index("head-facts") : shown.index("</header>", shown.index("head-facts"))]
    assert "男，56 岁" in head and "东河镇石桥村1组" in head and "01420200001" in head
    stated = (
        "登记表",
        "老县城",
        "2004年6月6日",
        "集中安置",
        "直补",
        "正式党员",
        "浙江温州",
        "YM0142020000100",
    )
    assert not [fact for fact in stated if fact not in shown]


def test_protected_values_are_masked(cast: Cast, family: Person) -> None:
    shown = page(cast.township_officer.client(), f"/persons/{family.uid}/")
    number = people.id_number(1)
    assert f"{number[:6]}********{number[-4:]}" in shown and "139****6712" in shown
    assert number not in shown and "13942366712" not in shown


def test_the_branch_secretary_sees_the_person_but_no_way_to_the_household(cast: Cast, family: Person) -> None:
    shown = page(cast.member.client(), f"/persons/{family.uid}/")
    assert "01420200001" in shown and "/households/" not in shown.replace('href="/households/"', "")
    assert "/areas/500299101" not in shown


def test_a_page_of_a_past_day_says_so_and_shows_that_day(cast: Cast, family: Person) -> None:
    FloatingSpell.objects.all().delete()
    shown = page(cast.township_officer.client(), f"/persons/{family.uid}/?on=2021-05-01")
    assert "这是 2021年5月1日 的情况" in shown and "男，51 岁" in shown


def test_a_household_shows_its_persons_of_the_day_and_those_who_left(cast: Cast, family: Person) -> None:
    left = HouseholdMembership.objects.get(person__name="何英")
    HouseholdMembership.objects.filter(pk=left.pk).update(valid_to=date(2024, 3, 1), end_reason="marriage")
    address = f"/households/{left.household.uid}/"
    now = page(cast.township_officer.client(), address)
    assert "何中小户" in now and "2 人" in now and "不在户人员" in now and "婚姻" in now
    then = page(cast.township_officer.client(), f"{address}?on=2024-02-29")
    assert "3 人" in then and "不在户人员" not in then


def test_a_household_says_what_is_the_same_for_all_once(cast: Cast, family: Person) -> None:
    home = family.household_memberships.get().household
    shown = page(cast.township_officer.client(), f"/households/{home.uid}/")
    assert "余礼刚、何英、何中小" in shown or "何中小、余礼刚、何英" in shown
    assert shown.count("老县城") == 1


def test_an_organization_shows_posts_branches_and_its_members_make_up(cast: Cast, family: Person) -> None:
    committee = cast.world.east_committee
    committee.appointments.create(
        name="王德", post="secretary", phone=protection.seal("17748785990"), valid_from=BEGINNING
    )
    shown = page(cast.township_officer.client(), f"/organizations/{committee.uid}/?on=2026-06-30")
    for fact in ("王德", "书记", "177****5990", "石桥村党支部", "柳湾村党支部", "东河镇"):
        assert fact in shown, fact
    assert f"/members/?organization={committee.uid}&amp;on=2026-06-30&amp;floating=yes" in shown


def test_every_figure_of_an_organization_is_as_long_as_its_list(cast: Cast, family: Person) -> None:
    client = cast.county_officer.client()
    answer = client.get(f"/organizations/{cast.world.east_committee.uid}/?on=2026-06-30")
    panel = next(one for one in answer.context["page"].panels if one.code == "members")
    assert [figure.value for figure in panel.data["figures"]][:2] == [2, 0]
    for figure in panel.data["figures"]:
        assert client.get(figure.url).context["listing"].page.total == figure.value, figure.label


def test_a_leader_sees_figures_without_ways_to_names(cast: Cast, leader: Client, family: Person) -> None:
    cast.world.east_branch.appointments.create(name="王德", post="secretary", valid_from=BEGINNING)
    shown = page(leader, f"/organizations/{cast.world.east_branch.uid}/")
    assert "王德" not in shown and "/members/?" not in shown and "党员（含下级）" in shown
    figures = page(leader, "/areas/500299101000/")
    assert "移民人口" in figures and "/persons/" not in figures


def test_a_member_shows_branch_and_course_and_leads_to_the_person(cast: Cast, family: Person) -> None:
    member = family.memberships.get()
    shown = page(cast.township_officer.client(), f"/members/{member.uid}/")
    for fact in ("正式党员", "石桥村党支部", "1995年7月1日", "外出流动", f"/persons/{family.uid}/"):
        assert fact in shown, fact


def test_the_address_of_a_former_membership_leads_to_the_person_of_today(cast: Cast, family: Person) -> None:
    first = family.memberships.get()
    Membership.objects.filter(pk=first.pk).update(valid_to=date(2024, 1, 1), end_reason="transfer")
    Membership.objects.create(
        person=family, organization=cast.world.east_other_branch, stage="full", valid_from=date(2024, 1, 1)
    )
    client = cast.township_officer.client()
    assert "柳湾村党支部" in page(client, f"/members/{first.uid}/")
    assert "组织关系转接" in page(client, f"/members/{first.uid}/")


def test_a_former_branch_does_not_see_who_has_moved_out_of_its_range(cast: Cast, family: Person) -> None:
    first = family.memberships.get()
    assert cast.member.client().get(f"/members/{first.uid}/").status_code == 200
    Membership.objects.filter(pk=first.pk).update(valid_to=date(2024, 1, 1))
    Membership.objects.create(
        person=family, organization=cast.world.west_branch, stage="full", valid_from=date(2024, 1, 1)
    )
    assert cast.member.client().get(f"/members/{first.uid}/").status_code == 404


def test_rows_that_never_held_are_not_shown(cast: Cast, family: Person) -> None:
    ResettlementRecord.objects.create(
        person=family, from_place="误登记的地方", valid_from=date(2021, 1, 1), valid_to=date(2021, 1, 1)
    )
    assert "误登记的地方" not in page(cast.township_officer.client(), f"/persons/{family.uid}/")


def test_nobody_by_that_number_is_not_found(cast: Cast) -> None:
    for kind in ("persons", "households", "organizations", "members"):
        assert cast.county_officer.client().get(f"/{kind}/{uuid4()}/").status_code == 404
