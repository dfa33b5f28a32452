"""The read-only API: the pages' queries, the same ranges, masked values, problem documents."""

from uuid import uuid4

import pytest
from tests.cast import Cast

from anlan.registers.tests import people

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def test_a_list_answers_the_query_of_the_page(cast: Cast) -> None:
    people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    client = cast.township_officer.client()
    found = client.get("/api/v1/persons?sex=2&q=yu").json()
    assert [one["name"] for one in found["items"]] == ["余礼刚"]
    assert (found["total"], found["page"], found["more"]) == (1, 1, False)
    number = people.id_number(2)
    assert found["items"][0]["id_number"] == f"{number[:6]}********{number[-4:]}"
    assert client.get("/api/v1/persons?area=500299101202").json()["total"] == 0


def test_a_value_that_is_not_offered_is_refused_with_its_code(cast: Cast) -> None:
    answer = cast.township_officer.client().get("/api/v1/persons?sex=nonsense&on=yesterday")
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    body = answer.json()
    assert (body["status"], body["code"], len(body["errors"])) == (422, "query.unknown", 2)
    assert body["title"]


def test_a_record_outside_the_range_is_not_found_as_if_there_were_none(cast: Cast) -> None:
    client = cast.township_officer.client()
    outside = client.get(f"/api/v1/persons/{cast.world.west_person.uid}")
    nobody = client.get(f"/api/v1/persons/{uuid4()}")
    assert outside.status_code == nobody.status_code == 404
    assert outside["Content-Type"] == PROBLEM
    assert outside.json() == nobody.json()
    assert outside.json()["code"] == "record.not_found"


def test_an_address_that_cannot_be_one_is_refused_in_words(cast: Cast) -> None:
    client = cast.township_officer.client()
    for address in ("/api/v1/persons/123", f"/api/v1/persons/{cast.world.east_person.uid}?on=yesterday"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
        assert "Input" not in answer.content.decode()


def test_somebody_unknown_is_told_to_sign_in(cast: Cast) -> None:
    answer = cast.anonymous.client().get("/api/v1/persons")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (
        401,
        PROBLEM,
        "account.sign_in",
    )


def test_single_records(cast: Cast) -> None:
    home = people.household("01420200001", cast.world.east_group, ["何中小", "余礼刚"], 1)
    assert home.head is not None
    people.phone(home.head, "13942366712")
    member = people.member(home.head, cast.world.east_branch)
    client = cast.township_officer.client()
    person = client.get(f"/api/v1/persons/{home.head.uid}").json()
    assert person["home"]["household"]["name"] == "01420200001"
    assert person["contacts"][0]["value"] == "139****6712"
    assert person["resettlement"]["moved_on"] == "2004-06-06"
    household = client.get(f"/api/v1/households/{home.uid}").json()
    assert (household["size"], [one["person"]["name"] for one in household["persons"]]) == (
        2,
        ["余礼刚", "何中小"],
    )
    organization = client.get(f"/api/v1/organizations/{cast.world.east_branch.uid}").json()
    assert (organization["members"], organization["parent"]["name"]) == (2, "中共东河镇委员会")
    assert client.get(f"/api/v1/members/{member.uid}").json()["person"]["name"] == "何中小"
    assert client.get("/api/v1/areas/500299101201").json()["children"][0]["name"] == "1组"


def test_the_description_names_every_parameter_of_a_list(cast: Cast) -> None:
    schema = cast.anonymous.client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    named = {one["name"] for one in schema["paths"]["/api/v1/members"]["get"]["parameters"]}
    assert {"q", "area", "on", "page", "sort", "organization", "floating", "age_band"} <= named
    assert set(schema["paths"]) >= {"/api/v1/areas", "/api/v1/persons/{uid}", "/api/v1/households"}


def test_nothing_can_be_written(cast: Cast) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(cast.county_officer.client(), method)("/api/v1/persons")
        assert answer.status_code == 405, method
