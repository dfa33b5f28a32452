"""The board: figures that lead to their lists, what changed since, one level down, nothing small."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, make_household, make_person, make_player

from anlan.accounts.roles import Role, Tier
from anlan.insights.queries.statistics import HIDDEN
from anlan.insights.rules import day_before
from anlan.registers.models import PartyOrganization
from anlan.registers.tests import people
from anlan.web.board import Board, BoardCell

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def board(client: Client, query: str = "") -> Board:
    answer = client.get(f"/board/?on={DAY}{query}")
    assert answer.status_code == 200
    found = answer.context["board"]
    assert isinstance(found, Board)
    return found


def cells(found: Board, name: str) -> dict[str, BoardCell]:
    row = next(row for row in (*found.rows, found.total) if row.name == name)
    return {str(heading): cell for heading, cell in zip(found.headings, row.cells, strict=True)}


def test_every_figure_is_as_long_as_the_list_it_leads_to(cast: Cast) -> None:
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    client = cast.county_officer.client()
    found = board(client)
    assert [row.name for row in found.rows] == ["东河镇", cast.world.west.name]
    led = 0
    for row in (*found.rows, found.total):
        for cell in row.cells:
            if cell.url:
                led += 1
                assert client.get(cell.url).context["listing"].page.total == int(cell.text), (row.name, cell)
            else:
                assert cell.text == "0"
    assert led > 6


def test_it_tells_what_changed_since_a_year_or_a_month_ago(cast: Cast) -> None:
    place = cast.world.east_group
    make_household("01420200001", place, make_person("何中小", place), since=date(2026, 3, 1))
    client = cast.county_officer.client()
    now = cells(board(client), "东河镇")["移民户"]
    assert (now.change, now.change_text) == (1, "+1")
    assert cells(board(client, "&since=month"), "东河镇")["移民户"].change_text == ""
    assert cells(board(client, "&since=none"), "东河镇")["移民户"].change is None
    assert "2025年6月30日" in client.get(f"/board/?on={DAY}").content.decode()


def test_before_the_county_there_is_nothing_to_compare_to(cast: Cast) -> None:
    found = cast.county_officer.client().get("/board/?on=2020-06-30").context["board"]
    assert found.before is None and found.compared == ""


def test_the_names_lead_one_level_down_to_the_page_of_a_village(cast: Cast) -> None:
    client = cast.county_officer.client()
    down = next(row.url for row in board(client).rows if row.name == "东河镇")
    answer = client.get(down)
    assert [row.name for row in answer.context["board"].rows] == ["石桥村", "柳湾村"]
    assert [step.label for step in answer.context["crumbs"]] == ["安平县", "东河镇"]
    assert answer.context["board"].rows[0].url == "/areas/500299101201/"


def test_what_asks_for_something_is_marked(cast: Cast) -> None:
    PartyOrganization.objects.filter(pk=cast.world.east_branch.pk).update(election_due_on=date(2020, 1, 1))
    found = cells(board(cast.county_officer.client()), "东河镇")
    assert found["超期未换届"].tone == "attention" and found["党组织"].tone is None


def test_a_leader_sees_no_small_group_and_no_way_to_persons(cast: Cast) -> None:
    leader = make_player("leader", "韩领", Role.LEADER, Tier.COUNTY, cast.world.county.path).client()
    found = cells(board(leader), "东河镇")
    assert found["移民人口"].text == HIDDEN and found["移民人口"].change is None
    assert found["移民人口"].url == "" and found["党组织"].url != ""
    assert "人数太少" in leader.get(f"/board/?on={DAY}").content.decode()


def test_a_day_or_a_level_that_makes_no_sense_is_said(cast: Cast) -> None:
    client = cast.township_officer.client()
    for query in ("on=2026-02-31", "on=2010-06-30&area=500299101000"):
        answer = client.get(f"/board/?{query}")
        assert answer.status_code == 422 and "看今天的" in answer.content.decode()
    assert client.get("/board/?area=500299102000").status_code == 404


def test_it_costs_the_same_however_many_live_there(cast: Cast) -> None:
    client = cast.county_officer.client()
    board(client)
    with CaptureQueriesContext(connection) as few:
        board(client)
    for at in range(10):
        people.household(f"0142020000{at}", cast.world.east_group, [f"何{at}", f"余{at}"], 2 * at + 1)
    with CaptureQueriesContext(connection) as many:
        board(client)
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("day", "since", "expected"),
    [
        (date(2026, 6, 30), "year", date(2025, 6, 30)),
        (date(2024, 2, 29), "year", date(2023, 2, 28)),
        (date(2026, 3, 31), "month", date(2026, 2, 28)),
        (date(2026, 1, 15), "month", date(2025, 12, 15)),
        (date(2026, 1, 15), "none", None),
    ],
)
def test_the_day_before_is_the_same_day_or_the_months_last(
    day: date, since: str, expected: date | None
) -> None:
    assert day_before(day, since) == expected
