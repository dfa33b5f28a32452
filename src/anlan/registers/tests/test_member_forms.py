"""The forms of members: started, next stage, transferred, ended, away and back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, World

from anlan.registers.models import FloatingSpell, Membership, Person
from anlan.registers.tests import people
from anlan.web.tests.typing_forms import look_and_send, refused_fields, send, way_back

YESTERDAY = timezone.localdate() - timedelta(days=1)
START = "/members/new/"


@pytest.fixture
def township(cast: Cast) -> Client:
    return cast.township_officer.client()


@pytest.fixture
def somebody(world: World) -> Person:
    return people.person("余礼刚", world.east_group, 61)


def typed(**fields: Any) -> dict[str, Any]:
    return {"on": YESTERDAY.isoformat(), **fields}


def started(world: World, person: Person, **fields: Any) -> dict[str, Any]:
    stated = {
        "person": str(person.uid),
        "organization": str(world.east_branch.uid),
        "stage": "full",
        "standing": "normal",
        "joined": "1998-07",
        "full_member": "1999-07",
    }
    return typed(**(stated | fields))


def page_of(row: Membership, verb: str = "") -> str:
    return f"/members/{row.uid}/{verb}"


def now(person: Person) -> Membership:
    return person.memberships.get(valid_to=None)


def test_the_buttons_are_for_whoever_may(world: World, township: Client, cast: Cast) -> None:
    page = township.get(page_of(world.east_member)).content.decode()
    for verb in ("transfer/", "end/", "away/"):
        assert page_of(world.east_member, verb) in page
    assert page_of(world.east_member, "stage/") not in page
    assert page_of(world.east_member, "back/") not in page
    secretary = cast.member.client().get(page_of(world.east_member)).content.decode()
    assert page_of(world.east_member, "transfer/") in secretary
    assert page_of(world.east_member, "end/") not in secretary
    assert "transfer/" not in cast.auditor.client().get(page_of(world.east_member)).content.decode()
    assert f'href="{START}"' in township.get("/members/").content.decode()


def test_started_from_a_person_of_the_register(world: World, township: Client, somebody: Person) -> None:
    page = township.get(f"{START}?person={somebody.uid}&organization={world.east_branch.uid}")
    assert "余礼刚" in page.content.decode() and "石桥村党支部" in page.content.decode()
    done = send(township, START, started(world, somebody, is_resettler="yes", post="委员"))
    row = now(somebody)
    assert (row.stage, row.joined_on, row.joined_precision) == ("full", date(1998, 7, 1), "month")
    assert (row.is_resettler, row.post, row.valid_from) == (True, "委员", YESTERDAY)
    assert "编入石桥村党支部" in done
    assert "请办理转接或变动" in refused_fields(township, START, started(world, somebody))["person"]


def test_begun_on_the_page_of_a_person(world: World, township: Client, cast: Cast, somebody: Person) -> None:
    url = f"{START}?person={somebody.uid}"
    assert url in township.get(f"/persons/{somebody.uid}/").content.decode()
    assert url not in cast.liaison.client().get(f"/persons/{somebody.uid}/").content.decode()
    member = world.east_person
    assert f"{START}?person=" not in township.get(f"/persons/{member.uid}/").content.decode()


def test_found_by_name_within_the_range(world: World, township: Client, somebody: Person) -> None:
    data = started(world, somebody)
    del data["person"]
    assert "请填写这一项" in refused_fields(township, START, data)["person"]
    assert "没有找到" in refused_fields(township, START, data | {"person_typed": "覃玉兰"})["person"]
    send(township, START, data | {"person_typed": "余礼刚"})
    assert now(somebody).organization == world.east_branch


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"joined": "1980"}, "joined", "不满 18 周岁"),
        ({"full_member": "1990"}, "full_member", "转正日期早于入党日期"),
        ({"joined": "x"}, "joined", "看不懂"),
        ({"on": "2999-01-01"}, "on", "还没有到"),
        ({"stage": ""}, "stage", "请填写"),
    ],
)
def test_refused_beside_the_field(
    world: World, township: Client, somebody: Person, fields: dict[str, str], field: str, told: str
) -> None:
    assert told in refused_fields(township, START, started(world, somebody, **fields))[field]


def test_the_next_stage_is_shown_before(world: World, township: Client, somebody: Person) -> None:
    send(
        township,
        START,
        started(world, somebody, stage="candidate", joined="", full_member="", on="2024-01-05"),
    )
    url = page_of(now(somebody), "stage/")
    offered = [value for value, _ in township.get(url).context["form"].fields["stage"].choices]
    assert offered == ["activist", "probationary"]
    told, page = look_and_send(township, url, typed(stage="probationary", on="2025-07-01"))
    assert told["人员类别"] == "发展对象 → 预备党员"
    assert told["入党时间"] == "2025年7月1日"
    assert "起为预备党员" in page
    # The address of the earlier membership leads to the same person.
    look_and_send(township, url, typed(stage="full", on="2026-07-01"))
    assert now(somebody).full_member_on == date(2026, 7, 1)
    early = refused_fields(
        township, page_of(world.east_member, "end/"), {"reason": "removed", "on": "2000-01-01"}
    )
    assert "要在它之后" in early["on"]


def test_transferred_also_to_where_one_does_not_see(world: World, township: Client) -> None:
    url = page_of(world.east_member, "transfer/")
    data = typed(organization=str(world.west_branch.uid))
    told, page = look_and_send(township, url, data)
    assert told["党组织"] == "石桥村党支部 → 西岭乡石桥村党支部"
    assert now(world.east_person).organization == world.west_branch
    assert "起转到西岭乡石桥村党支部" in page
    assert township.get(url).status_code == 404


def test_the_same_organisation_is_no_transfer(world: World, township: Client) -> None:
    data = typed(organization=str(world.east_branch.uid))
    told = refused_fields(township, page_of(world.east_member, "transfer/"), data)
    assert "已经在这个党组织" in told["organization"]


def test_only_those_who_hand_over_find_organisations_of_others(cast: Cast) -> None:
    url = "/pick/any_organization/?name=organization&organization_typed=西岭"
    assert "西岭乡石桥村党支部" in cast.township_officer.client().get(url).content.decode()
    assert "西岭乡石桥村党支部" in cast.member.client().get(url).content.decode()
    for player in (cast.liaison, cast.administrator):
        assert "西岭乡石桥村党支部" not in player.client().get(url).content.decode()


def test_ended_for_a_reason(world: World, township: Client) -> None:
    url = page_of(world.east_member, "end/")
    reasons = [value for value, _ in township.get(url).context["form"].fields["reason"].choices]
    assert "dead" not in reasons and "expelled" in reasons
    assert "请填写这一项" in refused_fields(township, url, typed())["reason"]
    early = refused_fields(township, url, {"reason": "removed", "on": "2000-01-01"})
    assert "要在它之后" in early["on"]
    page = send(township, url, typed(reason="transferred", document="介绍信 12 号"))
    world.east_member.refresh_from_db()
    assert (world.east_member.valid_to, world.east_member.end_reason) == (YESTERDAY, "transferred")
    assert "原因：组织关系转出" in page
    assert township.get(url).status_code == 404


def test_corrected(world: World, township: Client) -> None:
    data = {"standing": "kept", "joined": "1990-05", "post": "委员", "is_resettler": "no", "full_member": ""}
    page = send(township, page_of(world.east_member, "edit/"), data)
    world.east_member.refresh_from_db()
    row = world.east_member
    assert (row.standing, row.joined_on, row.post, row.is_resettler) == (
        "kept",
        date(1990, 5, 1),
        "委员",
        False,
    )
    assert "已更正" in page
    told = refused_fields(township, page_of(row, "edit/"), data | {"joined": "1975", "reason": "核对档案"})
    assert "不满 18 周岁" in told["joined"]


def test_a_transfer_is_taken_back(world: World, cast: Cast) -> None:
    county = cast.county_officer.client()
    data = typed(organization=str(world.west_branch.uid))
    _told, page = look_and_send(county, page_of(world.east_member, "transfer/"), data)
    url = way_back(page)
    page = send(county, url, {"reason": "转错了支部"})
    assert now(world.east_person).organization == world.east_branch
    assert "已撤回：转接组织关系" in page


def test_where_somebody_is_away_is_corrected(world: World, township: Client) -> None:
    send(township, page_of(world.east_member, "away/"), typed(destination="广东", since=""))
    send(township, page_of(world.east_member, "away/edit/"), {"destination": "浙江省义乌市", "since": "2023"})
    assert FloatingSpell.objects.get().destination == "浙江省义乌市"


def test_away_and_back(world: World, cast: Cast) -> None:
    secretary = cast.member.client()
    url = page_of(world.east_member, "away/")
    told = refused_fields(secretary, url, typed(destination="", since="2999"))
    assert set(told) == {"destination", "since"}
    page = send(secretary, url, typed(destination="广东省东莞市", since="2024-02"))
    spell = FloatingSpell.objects.get()
    assert (spell.destination, spell.since, spell.since_precision) == (
        "广东省东莞市",
        date(2024, 2, 1),
        "month",
    )
    assert "去向广东省东莞市" in page and page_of(world.east_member, "back/") in page
    assert secretary.get(url).status_code == 404
    page = send(secretary, page_of(world.east_member, "back/"), {"on": timezone.localdate().isoformat()})
    assert "已登记返回" in page
    assert secretary.get(page_of(world.east_member, "back/")).status_code == 404
