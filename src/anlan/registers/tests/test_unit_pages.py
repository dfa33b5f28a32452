"""The lists and pages of units, contact points and covered areas: what stands there on which day."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import SYSTEM, Cast, World, make_area

from anlan.places.rules import AreaKind
from anlan.registers.actions.contact_point_change import contact_point_change
from anlan.registers.actions.contact_point_rows import DutyFacts
from anlan.registers.actions.cover_assign import cover_assign
from anlan.registers.actions.headcount_state import headcount_state
from anlan.registers.actions.officer_assign import officer_assign
from anlan.registers.actions.unit_rename import unit_rename
from anlan.registers.rules.units import Headcount
from anlan.registers.tests.refusals import ON
from anlan.registers.tests.units import CREDIT_CODE, PHONE, make_contact_point, make_unit

pytestmark = pytest.mark.django_db
LATER = date(2025, 3, 1)
LISTS = ("/units/", "/contact-points/", "/covered-areas/")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(world: World, first: int, count: int) -> None:
    for number in range(first, first + count):
        unit = make_unit(world, f"合作社{number}")
        cover_assign(SYSTEM, target=unit, organization=world.east_branch, setup_mode="trade", on=ON)
        headcount_state(SYSTEM, unit=unit, count=Headcount(number, 2, 1), on=ON)
        point = make_area(f"5002991012019{number}", f"居民点{number}", AreaKind.POINT, world.east_village)
        officer_assign(SYSTEM, target=point, duty="liaison", name="陈石", on=ON)
        make_contact_point(world, name=f"联系点{number}")


@pytest.mark.parametrize("address", [*LISTS, "/units/?organization=without&officer=without"])
@pytest.mark.parametrize("player", ["county_officer", "township_officer", "member"])
def test_a_list_costs_the_same_at_three_and_at_thirty_rows(cast: Cast, address: str, player: str) -> None:
    client = getattr(cast, player).client()
    fill(cast.world, 1, 3)
    few = queries(client, address)
    fill(cast.world, 4, 27)
    assert queries(client, address) == few


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))[:-1]


def test_the_list_says_who_covers_a_unit(cast: Cast) -> None:
    unit = make_unit(cast.world, credit_code=CREDIT_CODE, phone=PHONE, contact_name="李桥")
    alone = make_unit(cast.world, "石桥果业", kind="enterprise")
    cover_assign(SYSTEM, target=unit, organization=cast.world.east_branch, setup_mode="joint", on=LATER)
    officer_assign(SYSTEM, target=unit, duty="liaison", name="陈石", on=LATER)
    client = cast.township_officer.client()
    (row,) = rows_of(client, "/units.csv?organization=with")
    assert (row["名称"], row["覆盖党组织"], row["覆盖方式"]) == (unit.name, "石桥村党支部", "单位共建")
    assert (row["移民专干、联络员"], row["覆盖情况"]) == ("联络员 陈石", "已覆盖")
    assert (row["联系人"], row["电话"]) == ("李桥", "139****5678")
    (row,) = rows_of(client, "/units.csv?officer=without")
    assert (row["名称"], row["覆盖情况"], row["覆盖党组织"]) == (alone.name, "都没有", "")
    assert len(rows_of(client, f"/units.csv?organization=without&on={ON}")) == 2
    assert rows_of(client, "/units.csv?kind=enterprise") == rows_of(client, "/units.csv?q=sqgy")


def test_villages_are_covered_by_the_branch_whose_place_they_are(cast: Cast) -> None:
    world = cast.world
    make_area("50029910120190", "石桥居民点", AreaKind.POINT, world.east_village)
    make_area("500299101203", "新村", AreaKind.VILLAGE, world.east)
    rows = {row["名称"]: row for row in rows_of(cast.township_officer.client(), "/covered-areas.csv")}
    assert rows["石桥村"]["覆盖党组织"] == rows["石桥居民点"]["覆盖党组织"] == "石桥村党支部"
    assert rows["石桥村"]["覆盖方式"] == "属地覆盖"
    assert rows["石桥村"]["移民专干、联络员"] == "联络员 陈石"
    assert rows["新村"]["覆盖情况"] == "都没有"
    found = rows_of(cast.township_officer.client(), "/covered-areas.csv?organization=without")
    assert [row["名称"] for row in found] == ["新村"]


def test_names_stay_hidden_from_whoever_sees_figures_only(cast: Cast, leader: Client) -> None:
    unit = make_unit(cast.world, contact_name="李桥", phone=PHONE)
    officer_assign(SYSTEM, target=unit, duty="liaison", name="陈小石", on=LATER)
    point = make_contact_point(cast.world)
    for address in ("/units/", f"/units/{unit.uid}/", "/contact-points/", f"/contact-points/{point.uid}/"):
        shown = page(leader, address)
        assert not [word for word in ("陈小石", "李桥", "****5678", PHONE) if word in shown]
    (row,) = rows_of(leader, "/units.csv")
    assert row["覆盖情况"] == "缺党组织" and not row["联系人"] and not row["电话"]
    assert not rows_of(leader, "/contact-points.csv?q=陈石")


def test_the_page_of_a_unit_on_a_day(cast: Cast) -> None:
    unit = make_unit(cast.world, phone=PHONE)
    headcount_state(SYSTEM, unit=unit, count=Headcount(40, 5, 3), on=ON)
    cover_assign(SYSTEM, target=unit, organization=cast.world.east_branch, setup_mode="trade", on=LATER)
    unit_rename(SYSTEM, unit=unit, name="石桥果业合作社", on=LATER)
    client = cast.township_officer.client()
    now = page(client, f"/units/{unit.uid}/")
    assert "石桥果业合作社" in now and "产业支部合建" in now and "缺专干、联络员" in now
    assert "139****5678" in now and PHONE not in now
    assert "确定覆盖党组织" in now, "the history tells the action"
    then = page(client, f"/units/{unit.uid}/?on=2024-06-30")
    assert "石桥脐橙专业合作社</h1>" in then
    assert "都没有" in then
    branch = page(client, f"/organizations/{cast.world.east_branch.uid}/")
    assert "覆盖的村、居民点和单位" in branch and "石桥果业合作社" in branch


def test_the_page_of_a_contact_point_and_of_its_village(cast: Cast) -> None:
    point = make_contact_point(cast.world)
    contact_point_change(SYSTEM, contact_point=point, duty=DutyFacts("村委会", "李桥"), on=LATER)
    client = cast.township_officer.client()
    now = page(client, f"/contact-points/{point.uid}/")
    assert "李桥" in now and "陈石" in now and "139****5678" in now
    then = page(client, f"/contact-points/{point.uid}/?on=2024-06-30")
    assert then.index("石桥村便民服务中心") < then.index("陈石")
    village = page(client, "/areas/500299101201/")
    assert "石桥村移民群众联系点" in village and "属地覆盖：党组织的所在地就在这里" in village


def test_the_api_answers_like_the_lists(cast: Cast) -> None:
    unit = make_unit(cast.world, phone=PHONE)
    cover_assign(SYSTEM, target=unit, organization=cast.world.east_branch, setup_mode="trade", on=ON)
    make_contact_point(cast.world)
    client = cast.township_officer.client()
    (item,) = client.get("/api/v1/units").json()["items"]
    assert item == client.get(f"/api/v1/units/{unit.uid}").json()
    assert item["cover"]["organization"]["by"] == "assigned" and item["phone"] == "139****5678"
    assert client.get(f"/api/v1/units/{unit.uid}?on=2019-01-01").json()["cover"]["organization"] is None
    (point,) = client.get("/api/v1/contact-points").json()["items"]
    assert (point["officer_name"], point["phone"]) == ("陈石", "139****5678")
    areas = client.get("/api/v1/covered-areas").json()["items"]
    assert {one["name"]: one["cover"]["organization"]["by"] for one in areas} == {
        "石桥村": "area",
        "柳湾村": "area",
    }
