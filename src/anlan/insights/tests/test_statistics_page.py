"""The statistics page: figures open lists of as many, small groups are hidden, wrong asking is said."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from tests.cast import make_player

from anlan.accounts.roles import Role, Tier
from anlan.insights.queries.levels import level_of
from anlan.insights.queries.places import by_area, by_organization
from anlan.insights.queries.statistics import Statistics
from anlan.insights.tests.world import DAY, World, actor, county, populated
from anlan.kernel.problems import NotFound, Refused
from anlan.web.charts import Chart

pytestmark = pytest.mark.django_db
ON = DAY.isoformat()
FIGURE = re.compile(r'<td class="is-number"[^>]*><a href="([^"]+)">([\d,]+)</a>')


def client_of(world: World, role: Role, area: str = "澜山县", tree: str = "area") -> Client:
    path = world.areas[area].path if tree == "area" else world.organizations[area].path
    tier = Tier.COUNTY if area == "澜山县" else Tier.TOWNSHIP
    return make_player(f"p{role}{area}", "何一", role, tier, path, tree).client()  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["members", "organizations", "residents", "areas", "branches"])
def test_every_figure_opens_a_list_of_as_many(part: str) -> None:
    client = client_of(populated(), Role.COUNTY_OFFICER)
    page = client.get("/statistics/", {"on": ON, "part": part}).content.decode()
    found = FIGURE.findall(page)
    assert len(found) >= 10
    for url, count in found:
        listing = client.get(unescape(url)).context["listing"]
        assert not listing.asked.faults, url
        assert listing.page.total == int(count.replace(",", "")), url


def test_the_figures_on_top_open_their_lists() -> None:
    client = client_of(populated(), Role.COUNTY_OFFICER)
    answer = client.get("/statistics/", {"on": ON})
    figures = {str(one.label): one for one in answer.context["figures"]}
    assert {label: one.value for label, one in figures.items()} == {
        "党组织": 5,
        "党员": 7,
        "移民户": 3,
        "移民人口": 5,
    }
    for one in figures.values():
        assert client.get(one.url).context["listing"].page.total == one.value


def test_balance_is_shown_as_passed_or_with_its_difference() -> None:
    world = populated()
    client = client_of(world, Role.COUNTY_OFFICER)
    assert "平衡核对通过" in client.get("/statistics/", {"on": ON}).content.decode()
    member = world.member("水泉村支部", valid_to=date(2027, 1, 1))
    other = world.member("坝村支部", valid_to=date(2027, 1, 1))
    other.person = member.person
    other.save()
    page = client.get("/statistics/", {"on": ON}).content.decode()
    assert "平衡核对没有通过" in page and "分项合计相差 1" in page


def test_charts_have_a_link_on_every_mark() -> None:
    client = client_of(populated(), Role.COUNTY_OFFICER)
    answer = client.get("/statistics/", {"on": ON})
    drawings = [drawing for _table, drawing in answer.context["tables"] if drawing is not None]
    assert len(drawings) == 6 and all(isinstance(drawing, Chart) for drawing in drawings)
    marks = [mark for drawing in drawings for series in drawing.data.series for mark in series.marks]
    assert all(mark.url for mark in marks)


def test_a_township_sees_its_own_level_and_no_other() -> None:
    world = populated()
    client = client_of(world, Role.TOWNSHIP_OFFICER, "大榕镇")
    assert "大榕镇统计表" in client.get("/statistics/", {"on": ON}).content.decode()
    assert client.get("/statistics/", {"on": ON, "area": "500299001201"}).status_code == 200
    beyond = client.get("/statistics/", {"on": ON, "area": "500299002000"})
    unknown = client.get("/statistics/", {"on": ON, "area": "500299099000"})
    assert beyond.status_code == unknown.status_code == 404
    assert client.get("/statistics.xlsx", {"on": ON, "area": "500299002000"}).status_code == 404
    before = client.get("/statistics/", {"on": "1999-01-01", "area": "500299001201"})
    assert before.status_code == 422 and "500299001201" in before.content.decode()


def test_a_branch_secretary_sees_the_branch() -> None:
    world = populated()
    client = client_of(world, Role.BRANCH_SECRETARY, "水泉村支部", tree="organization")
    answer = client.get("/statistics/", {"on": ON})
    assert "水泉村支部统计表" in answer.content.decode()
    assert [str(tab.label) for tab in answer.context["tabs"]] == ["党员", "党组织", "分组织"]
    for url, count in FIGURE.findall(answer.content.decode()):
        assert client.get(unescape(url)).context["listing"].page.total == int(count), url


@pytest.mark.parametrize("day", ["2026-02-30", "昨天", "30/6/2026", "99999-01-01"])
@pytest.mark.parametrize("address", ["/statistics/", "/statistics.xlsx"])
def test_a_day_that_is_none_is_said(day: str, address: str) -> None:
    answer = client_of(populated(), Role.COUNTY_OFFICER).get(address, {"on": day})
    assert answer.status_code == 422 and "看不懂日期" in answer.content.decode()


def test_a_day_before_the_county_is_said() -> None:
    answer = client_of(populated(), Role.COUNTY_OFFICER).get("/statistics/", {"on": "1990-01-01"})
    assert answer.status_code == 422 and "1990-01-01" in answer.content.decode()


def test_who_may_not_see_statistics_does_not_find_them() -> None:
    world = populated()
    assert client_of(world, Role.ADMINISTRATOR).get("/statistics/").status_code == 404
    assert client_of(world, Role.LEADER).get("/statistics/").status_code == 200
    assert Client().get("/statistics/").status_code == 302


def crowded() -> World:
    """Many in one village, few in another."""
    world = county()
    for number in range(12):
        world.member("水泉村支部", sex="1" if number else "2", education="70" if number < 9 else "20")
        world.household("一组", {"sex": "1"}, {"sex": "2"})
    for _number in range(7):
        world.member("江村支部")
    world.member("坝村支部", ethnic_group="15")
    return world


def test_small_groups_are_hidden_from_a_leader() -> None:
    """One woman, one of a minority: hidden, and so is what would tell them by subtraction."""
    world = crowded()
    leader = actor("leader", world.areas["澜山县"].path)
    found = Statistics(leader, level_of(leader, DAY), DAY)
    sex = {row.code: (row.count, row.url) for row in found.breakdown("members_sex").rows}
    assert sex == {"1": (None, ""), "2": (None, "")}
    assert found.breakdown("members_sex").total.count == 20
    assert found.breakdown("members_sex").balance.holds
    minority = {row.code: row.count for row in found.breakdown("members_minority").rows}
    assert minority == {"han": None, "minority": None}
    assert {row.count for row in found.breakdown("residents_sex").rows} == {12}
    education = {
        row.code: row.count for row in found.breakdown("members_education_level").rows if row.count != 0
    }
    assert education == {"2": None, "6": None}
    assert found.breakdown("organizations_kind").rows[0].url, "organisations are no persons"


def test_small_places_are_hidden_from_a_leader_and_cannot_be_computed() -> None:
    world = crowded()
    leader = actor("leader", world.areas["澜山县"].path)
    found = Statistics(leader, level_of(leader, DAY), DAY)
    for table in (by_area(found), by_organization(found)):
        at = [column.code for column in table.columns].index("members")
        shown = {row.name: row.figures[at].count for row in table.rows}
        assert 1 not in shown.values()
        assert table.total.figures[at].count == 20
    rows = {row.name: row.figures for row in by_area(found).rows}
    at = [column.code for column in by_area(found).columns].index("members")
    assert rows["坝村"][at].count is None and rows["水泉村"][at].count is None
    assert rows["大榕镇"][at].count == 13 and rows["小榕乡"][at].count == 7


def test_the_page_tells_a_leader_nothing_small() -> None:
    client = client_of(crowded(), Role.LEADER)
    for part in ("members", "residents", "areas", "branches"):
        page = client.get("/statistics/", {"on": ON, "part": part}).content.decode()
        assert "/members/?" not in page and "/persons/?" not in page
    assert "＊" in client.get("/statistics/", {"on": ON}).content.decode()


def test_levels_of_a_day_are_those_of_that_day() -> None:
    """A village that lay in another township then counts there, by the version of that day."""
    world = populated()
    village = world.areas["江村"]
    version = village.versions.get()
    version.valid_to = date(2026, 1, 1)
    version.save()
    moved = world.areas["大榕镇"]
    village.path, village.parent = f"{moved.path}{village.pk}.", moved
    village.save()
    village.versions.create(
        code=village.code,
        name="新江村",
        kind="village",
        parent=moved,
        path=village.path,
        valid_from=date(2026, 1, 1),
    )
    system = actor("county_officer")
    before, after = date(2025, 12, 31), date(2026, 1, 1)
    west = "500299002000"
    assert Statistics(system, level_of(system, before, area=west), before).total("members") == 2
    assert Statistics(system, level_of(system, after, area=west), after).total("members") == 0
    names = [row.name for row in by_area(Statistics(system, level_of(system, after), after)).rows]
    assert names == ["大榕镇", "水泉村", "坝村", "新江村", "小榕乡"]


def test_a_level_that_did_not_exist_is_refused() -> None:
    populated()
    system = actor("county_officer")
    with pytest.raises(Refused) as refused:
        level_of(system, date(1999, 1, 1), area="500299001000")
    assert refused.value.problems[0].code == "statistics.level_unknown"
    with pytest.raises(NotFound):
        level_of(system, DAY, organization="no-uid")
