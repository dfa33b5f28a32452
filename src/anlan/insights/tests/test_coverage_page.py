"""The board of coverage: figures that lead to lists with as many rows, the tree, proposals; its price."""

import csv
import re
from datetime import date
from html import unescape
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import SYSTEM, Cast, World, make_area, make_player

from anlan.accounts.roles import Role, Tier
from anlan.insights.queries.coverage import CoverageBoard
from anlan.insights.queries.levels import level_of
from anlan.places.rules import AreaKind
from anlan.registers.actions.cover_assign import cover_assign
from anlan.registers.actions.headcount_state import headcount_state
from anlan.registers.actions.officer_assign import officer_assign
from anlan.registers.rules.units import Headcount
from anlan.registers.tests.refusals import ON
from anlan.registers.tests.units import make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


@pytest.fixture
def covered(cast: Cast) -> Cast:
    """Units with and without an organisation and an officer, a point, a village nobody covers."""
    world = cast.world
    make_area("50029910120190", "石桥居民点", AreaKind.POINT, world.east_village)
    make_area("500299101203", "新村", AreaKind.VILLAGE, world.east)
    one = make_unit(world)
    make_unit(world, "石桥脐橙协会", kind="association")
    project = make_unit(world, "东河大桥", kind="project", area=world.east, trade="")
    cover_assign(SYSTEM, target=one, organization=world.east_branch, setup_mode="trade", on=ON)
    officer_assign(SYSTEM, target=one, duty="liaison", name="陈石", on=ON)
    headcount_state(SYSTEM, unit=project, count=Headcount(30, 4, 4), on=ON)
    return cast


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def rows_behind(client: Client, url: str) -> int:
    answer = client.get(re.sub(r"/\?", ".csv?", url))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    *rows, mark = csv.DictReader(StringIO(text))
    assert next(iter(mark.values())).startswith("导出人：")
    return len(rows)


def board(cast: Cast) -> CoverageBoard:
    return CoverageBoard(level_of(cast.county_officer.person, TODAY), TODAY)


def test_every_figure_and_mark_leads_to_as_many_rows(covered: Cast) -> None:
    client, one = covered.county_officer.client(), board(covered)
    figures = one.figures()
    assert [figure.value for figure in figures] == [5, 1, 3, 3, 2, 2]
    for figure in figures:
        assert rows_behind(client, figure.url) == figure.value, figure.label
    for series in one.chart().data.series:
        for mark in series.marks:
            assert rows_behind(client, mark.url) == mark.value, (series.label, mark.label)


def test_compared_with_a_year_before(covered: Cast) -> None:
    make_unit(covered.world, "新办企业", kind="enterprise", on=date(2026, 1, 5))
    notes = [str(figure.note) for figure in board(covered).figures()]
    assert notes[3] == "一年前 3 个" and notes[4] == "一年前 2 个"


def test_the_tree_goes_down_one_step_from_the_county(covered: Cast) -> None:
    county = board(covered).tree()
    assert [(node.name, node.targets, node.lacking) for node in county] == [
        ("东河镇", 7, 4),
        ("西岭乡", 1, 1),
    ]
    east = CoverageBoard(level_of(covered.township_officer.person, TODAY), TODAY).tree()
    names = {node.name: [child.name for child in node.children] for node in east}
    assert names["石桥村"] == ["石桥居民点", "石桥脐橙专业合作社", "石桥脐橙协会"]
    assert names["东河大桥"] == names["新村"] == []
    assert next(node for node in east if node.name == "石桥村").lacking == 1


def test_the_pages(covered: Cast) -> None:
    leader = make_player("leader", "韩领", Role.LEADER, Tier.COUNTY, covered.world.county.path).client()
    shown = page(leader, "/coverage/")
    assert "安平县组织覆盖" in shown and "东河镇" in shown and "7 个对象，4 个有缺" in shown
    below = page(covered.township_officer.client(), "/coverage/?on=2026-06-30")
    assert "东河镇组织覆盖" in below and "石桥居民点" in below
    asked = page(covered.township_officer.client(), "/coverage/proposals/")
    assert "单独组建党支部" in asked and "东河大桥" in asked and "没有登记工期" in asked
    assert "先登记党员人数" in asked and "石桥脐橙协会" in asked
    own = page(covered.member.client(), "/coverage/")
    assert "石桥脐橙专业合作社" in own and "东河大桥" not in own
    assert "组建建议按区划看" in page(covered.member.client(), "/coverage/proposals/")


def test_nothing_to_cover_and_a_day_that_cannot_be(cast: Cast) -> None:
    client = cast.county_officer.client()
    assert client.get("/coverage/?on=什么时候").status_code == 422
    assert client.get("/coverage/proposals/?on=什么时候").status_code == 422
    assert "没有要建议的" in page(client, "/coverage/proposals/")


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(world: World, first: int, count: int) -> None:
    for number in range(first, first + count):
        make_area(f"5002991012019{number}", f"居民点{number}", AreaKind.POINT, world.east_village)
        headcount_state(SYSTEM, unit=make_unit(world, f"合作社{number}"), count=Headcount(9, 1, 1), on=ON)


@pytest.mark.parametrize("address", ["/coverage/", "/coverage/proposals/"])
def test_it_costs_the_same_however_many_there_are(cast: Cast, address: str) -> None:
    client = cast.township_officer.client()
    fill(cast.world, 1, 3)
    few = queries(client, address)
    fill(cast.world, 4, 27)
    assert queries(client, address) == few
