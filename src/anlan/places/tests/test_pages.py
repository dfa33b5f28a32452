"""Areas as a list and as pages: names of the day, what they came from and went into, what lies below."""

from datetime import date

import pytest
from tests.cast import SYSTEM, Cast

from anlan.places.actions.area_merge import area_merge
from anlan.places.actions.area_rename import area_rename

pytestmark = pytest.mark.django_db
RENAMED = date(2024, 7, 1)


def page(cast: Cast, address: str, player: str = "county_officer") -> str:
    answer = getattr(cast, player).client().get(address)
    assert answer.status_code == 200, address
    return str(answer.content, "utf-8")


def test_an_area_shows_what_it_is_and_what_lies_below_with_figures_that_lead_on(cast: Cast) -> None:
    shown = page(cast, "/areas/500299101201/?on=2026-06-30")
    for fact in ("石桥村", "500299101201", "1组", "石桥村党支部", "东河镇"):
        assert fact in shown, fact
    assert "/households/?area=500299101201&amp;on=2026-06-30" in shown


def test_every_figure_of_an_area_is_as_long_as_its_list(cast: Cast) -> None:
    client = cast.county_officer.client()
    for code, expected in (
        ("500299000000", [2, 2, 6, 2]),
        ("500299101000", [1, 1, 3, 1]),
        ("500299101202", [0, 0, 1, 0]),
    ):
        answer = client.get(f"/areas/{code}/?on=2026-06-30")
        figures = next(one for one in answer.context["page"].panels if one.code == "figures").data["figures"]
        assert [figure.value for figure in figures] == expected
        for figure in figures:
            assert client.get(figure.url).context["listing"].page.total == figure.value, (code, figure.label)


def test_a_renamed_area_is_called_as_on_the_day_asked_for(cast: Cast) -> None:
    area_rename(SYSTEM, area=cast.world.east_village, on=RENAMED, name="新桥村")
    now, then = page(cast, "/areas/500299101201/"), page(cast, "/areas/500299101201/?on=2024-06-30")
    assert "<h1>新桥村</h1>" in now and "<h1>石桥村</h1>" in then
    assert "名称与隶属沿革" in now and "变更区划名称" in now
    assert "新桥村" in page(cast, "/areas/?q=石桥村", "liaison")
    listed = page(cast, "/areas/?on=2024-06-30", "liaison")
    assert "石桥村" in listed and "新桥村" not in listed


def test_merged_areas_lead_to_each_other_and_the_past_stays(cast: Cast) -> None:
    world = cast.world
    area_merge(
        SYSTEM,
        areas=[world.east_other_village],
        into=world.east_village,
        on=RENAMED,
        document="县府〔2024〕7号",
        child_names={world.east_other_group.pk: "2组"},
    )
    gone, stays = page(cast, "/areas/500299101202/"), page(cast, "/areas/500299101201/")
    assert "已撤销" in gone and "并入或分出" in gone and "/areas/500299101201/" in gone
    assert "由它而来" in stays and "县府〔2024〕7号" in stays and "2组" in stays
    assert "已撤销" not in page(cast, "/areas/500299101202/?on=2024-06-30")
    assert "柳湾村" not in page(cast, "/areas/?kind=village")
    assert "柳湾村" in page(cast, "/areas/?kind=village&on=2024-06-30")


def test_lists_walk_the_areas_level_by_level(cast: Cast) -> None:
    client = cast.township_officer.client()

    def walked(address: str) -> tuple[list[str], list[str]]:
        trail = client.get(address).context["listing"].trail
        return [one.label for one in trail], [one.label for one in trail[-1].below]

    assert walked("/persons/") == (["安平县", "东河镇"], ["石桥村", "柳湾村"])
    assert walked("/persons/?area=500299101201") == (["安平县", "东河镇", "石桥村"], ["1组"])


def test_somebody_of_two_ranges_starts_from_both(cast: Cast) -> None:
    user = cast.liaison.user
    assert user is not None
    grant = user.grants.get()
    grant.pk, grant.path, grant.tier = None, cast.world.west.path, "township"
    grant.save()
    client = cast.liaison.client()
    whole = client.get("/persons/").context["listing"].trail
    assert [one.label for one in whole] == ["全部管辖范围"]
    below = [one.label for one in whole[0].below]
    assert len(below) == 2 and cast.world.west.name in below
    trail = client.get(f"/persons/{whole[0].below[-1].url}").context["listing"].trail
    assert trail[0].url == "/persons/" and trail[-1].label == below[-1]


def test_the_path_above_a_list_leads_up_as_far_as_the_range_goes(cast: Cast) -> None:
    page = cast.township_officer.client().get("/persons/?area=500299101201&sex=1").content.decode()
    crumbs = page[page.index("crumbs") : page.index("</nav>", page.index("crumbs"))]
    assert "<span>安平县</span>" in crumbs and '<a href="?sex=1">东河镇</a>' in crumbs
    assert "sex=1" in crumbs


def test_a_household_that_moved_is_found_where_it_lived_on_the_day(cast: Cast) -> None:
    household = cast.world.east_household
    household.residences.update(valid_to=RENAMED)
    household.residences.create(area=cast.world.west_group, valid_from=RENAMED)
    household.area = cast.world.west_group
    household.save(update_fields=["area"])
    client = cast.county_officer.client()

    def total(query: str) -> int:
        return int(client.get(f"/households/?{query}").context["listing"].page.total)

    assert total("area=500299101201") == 0
    assert total("area=500299101201&on=2024-06-30") == 1
    assert total("area=500299102201") == 2
