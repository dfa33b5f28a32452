"""Sheets of somebody whose range is one township: nothing outside is touched, found or told."""

from pathlib import Path

import pytest
from tests.cast import give_role, make_user

from anlan.accounts.actors import actor_for
from anlan.accounts.models import User
from anlan.accounts.roles import Role, Tier
from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import Refused
from anlan.places.models import Area
from anlan.registers.models import Household, Membership, Person
from anlan.registers.tests.importing import (
    AREAS,
    DAUGHTER,
    HEAD,
    JUNE,
    MAY,
    ORGANIZATIONS,
    RESIDENTS,
    SON,
    WIFE,
    county,
    edited,
    household,
    outcome,
    person,
    run,
    sentences,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def officer(township: str, role: Role = Role.TOWNSHIP_OFFICER) -> PersonActor:
    """The officer of a township."""
    user: User = make_user(f"officer-{role}", "郑")
    give_role(user, role, Tier.TOWNSHIP, Area.objects.get(name=township).path)
    return actor_for(user, JUNE)


def test_lines_of_other_townships_are_not_found(folder: Path) -> None:
    there = [RESIDENTS[0], ["锦溪镇", "水桥村", "1组", "090", "覃玉", "户主", DAUGHTER, "", "", ""]]
    here = [RESIDENTS[0], ["大榕镇", "水泉村", "1组", "091", "覃玉", "户主", DAUGHTER, "", "", ""]]
    actor = officer("大榕镇")
    result = run(folder, there, actor=actor, as_of=MAY)
    assert told(result) == {"reference.unknown": 1} and result.batch is None
    assert outcome(run(folder, here, actor=actor, as_of=MAY)) == (1, 0, 0)
    assert household("091").head == person(DAUGHTER)


def test_a_name_borne_twice_means_the_one_within_the_range(folder: Path) -> None:
    rows = [["村", "户编号", "姓名", "身份证号"], ["龙山村", "092", "覃玉", DAUGHTER]]
    assert outcome(run(folder, rows, actor=officer("锦溪镇"), as_of=MAY)) == (1, 0, 0)
    assert household("092", "锦溪镇").memberships.count() == 1


def test_somebody_registered_elsewhere_is_not_pulled_over(folder: Path) -> None:
    rows = [
        RESIDENTS[0],
        ["锦溪镇", "水桥村", "1组", "093", "冉红军", "户主", HEAD, "大学", "", "13983000099"],
    ]
    result = run(folder, rows, actor=officer("锦溪镇"), as_of=MAY)
    assert told(result) == {"reference.unknown": 1} and result.batch is None
    assert "管理范围以外" in sentences(result)[0]
    assert person(HEAD).education == "70" and person(HEAD).contacts.count() == 1
    assert not Household.objects.filter(number="093").exists()


def test_members_of_other_townships_branches_stay_there(folder: Path) -> None:
    header = ["姓名", "身份证号", "所在党支部", "入党时间"]
    run(folder, [header, ["冉强", SON, "水泉村党支部", "2010.7"]])
    actor = officer("锦溪镇")
    outside = [header, ["冉强", SON, "龙山村移民党支部", "2010.7"], ["周芳", WIFE, "水泉村党支部", "1990.7"]]
    result = run(folder, outside, actor=actor, as_of=MAY)
    assert told(result) == {"reference.unknown": 2} and result.batch is None
    assert Membership.objects.get().organization.name == "水泉村党支部"
    own = [header, ["覃玉", DAUGHTER, "龙山村移民党支部", "2020.7"]]
    assert outcome(run(folder, own, actor=actor, as_of=MAY)) == (1, 0, 0)
    assert Membership.objects.get(person=person(DAUGHTER)).organization.parent is not None
    belongs = [RESIDENTS[0], ["锦溪镇", "水桥村", "1组", "094", "覃玉", "户主", DAUGHTER, "", "", ""]]
    assert outcome(run(folder, belongs, actor=actor, as_of=MAY)) == (0, 1, 0)


def test_organisations_above_stand_in_the_list_unchanged(folder: Path) -> None:
    actor = officer("大榕镇")
    mine = [row for n, row in enumerate(ORGANIZATIONS) if n in (0, 1, 3, 6)]
    result = run(folder, edited(mine, {(1, "书记"): "冉强", (3, "书记"): "某人"}), actor=actor, as_of=MAY)
    assert told(result) == {"organization.out_of_reach": 1} and outcome(result) == (0, 1, 2)
    other = [ORGANIZATIONS[0], ["新党支部", "中共锦溪镇委员会", "党支部", "水桥村", "", "", ""]]
    assert told(run(folder, other, actor=actor, as_of=MAY)) == {"reference.unknown": 1}


def test_what_may_not_be_written_by_hand_is_not_written_by_sheet(folder: Path) -> None:
    resettlement = officer("大榕镇", Role.RESETTLEMENT_OFFICER)
    header = ["姓名", "身份证号", "所在党支部", "入党时间"]
    members = [header, ["冉强", SON, "水泉村党支部", "2010.7"]]
    for rows, actor in ((AREAS, officer("大榕镇")), (members, resettlement), (ORGANIZATIONS, resettlement)):
        with pytest.raises(Refused) as refused:
            run(folder, rows, actor=actor, as_of=MAY)
        assert [problem.code for problem in refused.value.problems] == ["action.permission"]
    assert Person.objects.count() == 4
    assert outcome(run(folder, RESIDENTS[:4], actor=resettlement, as_of=MAY)) == (0, 0, 3)
