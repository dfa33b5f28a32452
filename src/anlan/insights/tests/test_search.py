"""The search on top of every page: what is meant, likeliest first, within the range, as quick at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from anlan.registers.models import Person
from anlan.registers.tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def families(cast: Cast) -> None:
    people.household("01420200001", cast.world.east_group, ["何中", "何中小", "李何中", "余礼刚"], 1)
    people.household("01420200002", cast.world.west_group, ["何中秘"], 31)


def hits(cast: Cast, player: str, text: str) -> dict[str, list[str]]:
    answer = getattr(cast, player).client().get("/search/", {"q": text})
    assert answer.status_code == 200
    return {group.code: [hit.title for hit in group.hits] for group in answer.context["groups"]}


def test_the_very_name_comes_first_then_names_that_begin_so(cast: Cast) -> None:
    assert hits(cast, "township_officer", "何中")["persons"] == ["何中", "何中小", "李何中"]
    assert hits(cast, "county_officer", "hz")["persons"][0] == "何中"


def test_the_dead_come_last_of_their_name(cast: Cast) -> None:
    Person.objects.filter(name="何中").update(died_on="2024-01-01")
    people.household("01420200003", cast.world.east_group, ["何中"], 51)
    answer = cast.township_officer.client().get("/search/?q=何中")
    assert [hit.badge for hit in answer.context["groups"][0].hits[:2]] == ["", "已故"]


@pytest.mark.parametrize(
    ("player", "found"), [("county_officer", True), ("neighbour", True), ("liaison", False)]
)
def test_nobody_outside_the_range_is_found(cast: Cast, player: str, found: bool) -> None:
    assert ("何中秘" in hits(cast, player, "何中秘").get("persons", [])) is found


def test_numbers_organisations_and_areas_are_found(cast: Cast) -> None:
    assert hits(cast, "county_officer", "01420200001")["households"] == ["何中户"]
    assert hits(cast, "county_officer", people.id_number(1)[-4:])["persons"][0] == "何中"
    assert "石桥村党支部" in hits(cast, "county_officer", "石桥村")["organizations"]
    assert hits(cast, "county_officer", "东河")["areas"] == ["东河镇"]
    assert hits(cast, "county_officer", "500299101201")["areas"] == ["石桥村", "1组"]


def test_a_leader_and_an_administrator_find_no_persons(cast: Cast) -> None:
    assert "persons" not in hits(cast, "administrator", "何中")
    assert "areas" in hits(cast, "administrator", "东河")


def test_suggestions_are_a_short_fragment(cast: Cast) -> None:
    client = cast.county_officer.client()
    answer = client.get("/search/?q=何中", headers={"HX-Request": "true", "HX-Target": "suggest"})
    text = answer.content.decode()
    assert "<html" not in text and "data-suggestion" in text and len(text) < 5_000
    assert (
        client.get("/search/?q=%20", headers={"HX-Request": "true", "HX-Target": "suggest"}).content.strip()
        == b""
    )


def test_what_is_not_found_is_said(cast: Cast) -> None:
    page = cast.county_officer.client().get("/search/?q=没有这个人<b>").content.decode()
    assert "没有找到" in page and "<b>”" not in page


@pytest.mark.parametrize("text", ["何", "hz", "0014", "石桥"])
def test_a_search_costs_the_same_for_few_and_many(cast: Cast, text: str) -> None:
    client = cast.county_officer.client()

    def cost() -> int:
        client.get("/search/", {"q": text})
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": text})
        return len(captured)

    few = cost()
    for number in range(10):
        people.household(f"1142020{number:04d}", cast.world.east_group, ["何忠", "何志"], 200 + number * 2)
    assert cost() == few
