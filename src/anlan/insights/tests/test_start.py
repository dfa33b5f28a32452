"""The start page: the figures of one's own range, what waits, and what to do while the register is empty."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import Cast, make_area, make_player

from anlan.accounts.models import RoleGrant
from anlan.accounts.roles import Role, Tier
from anlan.places.rules import AreaKind
from anlan.registers.models import Appointment, Household, PartyOrganization
from anlan.registers.tests import people
from anlan.sheets.models import ImportBatch

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[str, tuple[int, str]]:
    answer = client.get("/")
    assert answer.status_code == 200
    return {str(one.label): (one.value, one.url) for one in answer.context["figures"]}


@pytest.mark.parametrize(
    "player", ["county_officer", "township_officer", "neighbour", "liaison", "member", "auditor"]
)
def test_every_figure_is_as_long_as_the_list_it_leads_to(cast: Cast, player: str) -> None:
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    PartyOrganization.objects.filter(pk=cast.world.east_branch.pk).update(election_due_on=date(2020, 1, 1))
    client = getattr(cast, player).client()
    found = figures(client)
    assert set(found) == {"移民户", "移民人口", "党组织", "党员", "外出流动党员", "超期未换届"}
    for label, (value, url) in found.items():
        assert client.get(url).context["listing"].page.total == value, label


def test_a_leader_sees_the_countys_figures_and_only_ways_to_organisations(cast: Cast) -> None:
    leader = make_player("leader", "韩领", Role.LEADER, Tier.COUNTY, cast.world.county.path).client()
    found, officers = figures(leader), figures(cast.county_officer.client())
    assert {label: value for label, (value, _) in found.items()} == {
        label: value for label, (value, _) in officers.items()
    }
    assert {label for label, (_, url) in found.items() if url} == {"党组织", "超期未换届"}
    page = leader.get("/").content.decode()
    assert "不含个人信息" in page and "何忠孝" not in page


def test_what_waits_stands_on_the_page_with_its_way(cast: Cast) -> None:
    PartyOrganization.objects.filter(pk=cast.world.east_branch.pk).update(election_due_on=date(2020, 1, 1))
    Household.objects.filter(pk=cast.world.east_household.pk).update(head=None)
    page = cast.township_officer.client().get("/").content.decode()
    assert "石桥村党支部" in page and "2020年1月1日任期届满" in page
    assert "还没有户主的户" in page and "/households/?head=without" in page
    assert ">石桥村党支部<" not in cast.neighbour.client().get("/").content.decode()


def test_vacancies_terms_and_gaps_wait_with_lists_as_long(cast: Cast) -> None:
    Appointment.objects.create(
        organization=cast.world.east_branch,
        post="secretary",
        name="何中小",
        valid_from=date(2020, 1, 1),
        term_ends_on=date(2021, 1, 1),
    )
    client = cast.township_officer.client()
    work = {panel.code: panel.data for panel in client.get("/").context["work"]}
    assert [item.title for item in work["terms-over"]["items"]] == ["石桥村党支部"]
    for code, count in (("secretaries-vacant", 2), ("terms-over", 1)):
        assert work[code]["count"] == count
        assert client.get(work[code]["more_url"]).context["listing"].page.total == count, code
    (gap,) = work["coverage"]["items"]
    assert gap.title == "村和居民点缺专干、联络员：1 个"
    assert client.get(gap.url).context["listing"].page.total == 1
    assert "coverage" not in {panel.code for panel in cast.auditor.client().get("/").context["work"]}


def test_imports_are_shown_to_those_who_work_on_the_whole_county_and_to_who_made_them(cast: Cast) -> None:
    ImportBatch.objects.create(
        state="written", made_on=date(2026, 3, 1), actor_label="郑东", kinds=["residents"]
    ).files.create(name="水泉村.xlsx", size=1, digest=b"1", place="x")
    for player, seen in (
        ("county_officer", True),
        ("township_officer", True),
        ("neighbour", False),
        ("liaison", False),
    ):
        assert ("水泉村.xlsx" in getattr(cast, player).client().get("/").content.decode()) is seen, player


def test_an_empty_register_says_what_to_do_first(db: None) -> None:
    county = make_area("500299000000", "安平县", AreaKind.COUNTY)
    officer = make_player("first", "周县", Role.COUNTY_OFFICER, Tier.COUNTY, county.path)
    page = officer.client().get("/").content.decode()
    assert "底册还是空的" in page and "/imports/new/" in page
    auditor = make_player("auditor", "卫审", Role.AUDITOR, Tier.COUNTY, county.path)
    assert "/imports/new/" not in auditor.client().get("/").content.decode()


def test_an_account_without_a_role_is_told_so(cast: Cast) -> None:
    RoleGrant.objects.filter(user=cast.liaison.user).delete()
    assert "没有角色" in cast.liaison.client().get("/").content.decode()


def test_an_administrator_is_led_to_what_there_is_to_do(cast: Cast) -> None:
    page = cast.administrator.client().get("/").content.decode()
    assert "系统管理员" in page and "可以做的事" in page and "/users/" in page
