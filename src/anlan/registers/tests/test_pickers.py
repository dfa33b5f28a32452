"""Picking areas, persons, households and organisations in forms: within the actor's range, with and without
scripts.
"""

from typing import Any

import pytest
from tests.cast import Cast, Player

from anlan.registers.tests.people import household, person
from anlan.web.forms import ActorForm
from anlan.web.pickers import PickerField


class ProbeForm(ActorForm):
    """Each kind."""

    home = PickerField("home", label="住在哪里", required=False)
    person = PickerField("person", label="谁", required=False)
    household = PickerField("household", label="哪一户", required=False)
    organization = PickerField("organization", label="党组织", required=False)


def picked(player: Player, **data: str) -> Any:
    """A form with what was picked or typed."""
    return ProbeForm(data, actor=player.actor)


def test_what_is_found_alone_is_taken(cast: Cast) -> None:
    one = person("冉红军", cast.world.east_group, 1)
    form = picked(
        cast.township_officer,
        home_typed="柳湾村1组",
        person_typed="rhj",
        household_typed="E0001",
        organization_typed="柳湾村",
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "home": cast.world.east_other_group,
        "person": one,
        "household": cast.world.east_household,
        "organization": cast.world.east_other_branch,
    }


@pytest.mark.parametrize(
    "typed", ["柳湾村一组", "东河镇柳湾村1社", "柳湾村 第1村民小组", "柳湾 1组", "50029910120201"]
)
def test_a_group_is_found_however_it_is_written(cast: Cast, typed: str) -> None:
    form = picked(cast.township_officer, home_typed=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["home"] == cast.world.east_other_group


def test_several_are_offered_and_one_is_chosen(cast: Cast) -> None:
    form = picked(cast.county_officer, home_typed="石桥村")
    assert form.errors["home"].as_data()[0].code == "reference.ambiguous"
    shown = str(form["home"])
    assert "东河镇石桥村1组" in shown and "西岭乡石桥村" in shown and 'value="石桥村"' in shown
    chosen = picked(cast.county_officer, home_typed="石桥村", home=cast.world.west_group.code)
    assert chosen.is_valid() and chosen.cleaned_data["home"] == cast.world.west_group
    narrower = picked(cast.county_officer, home_typed="西岭乡 石桥村1组")
    assert narrower.is_valid() and narrower.cleaned_data["home"] == cast.world.west_group


def test_nobody_lives_in_a_township(cast: Cast) -> None:
    assert picked(cast.county_officer, home=cast.world.east.code).errors["home"]


@pytest.mark.parametrize("kind", ["home", "person", "household", "organization"])
def test_what_lies_outside_is_not_there(cast: Cast, kind: str) -> None:
    stranger = person("冉红军", cast.world.west_group, 1)
    own = household("W0002", cast.world.west_group, ["冉红梅"], 2)
    values = {
        "home": (cast.world.west_group.code, "西岭乡石桥村"),
        "person": (str(stranger.uid), "冉红军"),
        "household": (str(own.uid), "W0002"),
        "organization": (str(cast.world.west_branch.uid), "西岭乡"),
    }
    value, text = values[kind]
    by_value = picked(cast.township_officer, **{kind: value})
    assert by_value.errors[kind].as_data()[0].code == "reference.unknown"
    by_text = picked(cast.township_officer, **{f"{kind}_typed": text})
    assert by_text.errors[kind].as_data()[0].code == "reference.unknown"
    assert picked(cast.neighbour, **{kind: value}).is_valid()
    url = f"/pick/{kind}/?name=x&x_typed={text}"
    assert "radio" not in cast.township_officer.client().get(url).content.decode()
    assert 'name="x"' in cast.neighbour.client().get(url).content.decode()


def test_the_few_there_are_are_offered_at_once(cast: Cast) -> None:
    shown = str(ProbeForm(actor=cast.liaison.actor)["home"])
    assert "东河镇石桥村1组" in shown and "柳湾村" not in shown


def test_persons_are_told_apart_without_their_whole_number(cast: Cast) -> None:
    one = person("冉红军", cast.world.east_group, 1)
    other = person("冉红军", cast.world.east_other_group, 3)
    answer = cast.township_officer.client().get("/pick/person/?name=p&p_typed=冉红军").content.decode()
    assert str(one.uid) in answer and str(other.uid) in answer
    assert one.plain_id_number() not in answer and one.plain_id_number()[-4:] in answer


def test_queries_do_not_grow_with_what_is_found(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for serial in range(12):
        person("冉红军", cast.world.east_group, serial)
    client = cast.township_officer.client()
    client.get("/pick/person/?name=p&p_typed=冉红军")
    with django_assert_max_num_queries(10):
        client.get("/pick/person/?name=p&p_typed=冉红军")
