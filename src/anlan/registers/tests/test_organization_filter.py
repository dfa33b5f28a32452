"""The filter by organisation walks the tree of the day, within the reach."""

from datetime import date

import pytest
from tests.cast import Cast, Player

from anlan.registers.models import PartyOrganization
from anlan.registers.tables.organization_filter import find_organization, organization_levels

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def levels(player: Player, chosen: PartyOrganization | None = None) -> list[str]:
    value = str(chosen.uid) if chosen else ""
    return [str(choice.label) for choice in organization_levels(value, player.actor, DAY)]


def test_the_county_begins_at_the_top_and_goes_down(cast: Cast) -> None:
    world = cast.world
    assert levels(cast.county_officer) == ["中共安平县委员会", "　中共东河镇委员会", "　中共西岭乡委员会"]
    assert levels(cast.county_officer, world.east_committee) == [
        "中共安平县委员会",
        "　中共东河镇委员会",
        "　　石桥村党支部",
        "　　柳湾村党支部",
    ]
    assert levels(cast.county_officer, world.east_branch)[-1] == "　　石桥村党支部"


def test_nobody_is_offered_what_lies_outside(cast: Cast) -> None:
    world = cast.world
    assert levels(cast.township_officer) == ["中共东河镇委员会", "　石桥村党支部", "　柳湾村党支部"]
    assert levels(cast.township_officer, world.east_branch) == ["中共东河镇委员会", "　石桥村党支部"]
    assert levels(cast.township_officer, world.west_branch) == []
    assert levels(cast.member) == ["石桥村党支部"]
    for value in (str(world.west_branch.uid), "no-uid", ""):
        assert find_organization(value, cast.township_officer.actor, DAY) is None
    answer = cast.township_officer.client().get(f"/members/?organization={world.west_branch.uid}")
    assert "没有「" in answer.content.decode()
    files = cast.township_officer.client().get(f"/members.csv?organization={world.west_branch.uid}")
    assert files.status_code == 400


def test_the_chosen_one_is_marked_and_named_without_its_depth(cast: Cast) -> None:
    listing = (
        cast.county_officer.client()
        .get(f"/members/?organization={cast.world.east_branch.uid}")
        .context["listing"]
    )
    shown = next(one for one in listing.filters if str(one.label) == "党组织")
    assert [str(choice.label).strip("　") for choice in shown.choices if choice.current] == ["石桥村党支部"]
    assert [str(chip.value) for chip in listing.chips] == ["石桥村党支部"]


def test_a_former_name_stands_on_its_days(cast: Cast) -> None:
    branch = cast.world.east_branch
    branch.versions.update(valid_to=date(2024, 1, 1))
    branch.versions.create(
        name="石桥移民党支部", kind="branch", parent=branch.parent, path=branch.path,
        area=branch.area, valid_from=date(2024, 1, 1),
    )  # fmt: skip
    then = find_organization(str(branch.uid), cast.county_officer.actor, date(2023, 12, 31))
    now = find_organization(str(branch.uid), cast.county_officer.actor, DAY)
    assert then is not None and now is not None
    assert (then.label, now.label) == ("石桥村党支部", "石桥移民党支部")
