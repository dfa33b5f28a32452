"""Organisations by sheet: order, parents, names, places, terms, secretaries and their phones."""

from datetime import date
from pathlib import Path

import pytest

from anlan.kernel import protection, record
from anlan.registers.models import Appointment, OrganizationVersion, PartyOrganization
from anlan.registers.tests.importing import (
    JUNE,
    MARCH,
    MAY,
    ORGANIZATIONS,
    county,
    edited,
    only,
    outcome,
    run,
    sentences,
    sheet_of,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def branch(name: str = "水泉村党支部") -> PartyOrganization:
    """An organisation by its name."""
    return PartyOrganization.objects.get(name=name)


def secretaries(name: str = "水泉村党支部") -> list[tuple[str, date, date | None]]:
    """Who held the post, from when to when."""
    posts = Appointment.objects.filter(organization=branch(name), post="secretary").order_by(
        "valid_from", "pk"
    )
    return [(post.name, post.valid_from, post.valid_to) for post in posts]


def test_parents_come_first_whatever_the_order(folder: Path) -> None:
    one = branch()
    assert one.parent is not None and one.parent.name == "中共大榕镇委员会"
    assert one.path.startswith(one.parent.path) and one.area.name == "水泉村"
    assert branch("中共安澜县委员会").parent is None and OrganizationVersion.objects.count() == 6
    assert outcome(run(folder, ORGANIZATIONS, as_of=MAY)) == (0, 0, 6) and record.verify() == []


def test_a_second_line_under_another_parent_is_another_organisation(folder: Path) -> None:
    assert PartyOrganization.objects.filter(name="龙山村移民党支部").count() == 2
    areas = PartyOrganization.objects.filter(name="龙山村移民党支部").values_list("area__path", flat=True)
    assert len(set(areas)) == 2


def test_a_sheet_without_places_or_parents_takes_nothing_away(folder: Path) -> None:
    fewer = only(ORGANIZATIONS, "党组织名称", "类别", "书记", lines=[1, 3, 4, 6])
    assert outcome(run(folder, fewer, as_of=MAY)) == (0, 0, 4)
    with_parents = only(ORGANIZATIONS, "党组织名称", "上级党组织", "类别")
    assert outcome(run(folder, with_parents, as_of=MAY)) == (0, 0, 6)
    assert branch().area.name == "水泉村"


def test_terms_follow_from_the_election_and_the_parameters(folder: Path) -> None:
    assert (branch().elected_precision, branch().election_due_on) == ("month", date(2029, 3, 31))
    later = edited(ORGANIZATIONS, {(1, "换届时间"): "2026.5.10"})
    assert outcome(run(folder, later, as_of=MAY)) == (0, 1, 5)
    assert branch().election_due_on == date(2031, 5, 10)
    stated = [[*row, "届满时间" if n == 0 else "2030.1.1" if n == 1 else ""] for n, row in enumerate(later)]
    assert outcome(run(folder, stated, as_of=MAY)) == (0, 1, 5)
    assert branch().election_due_on == date(2030, 1, 1)


def test_another_name_holds_from_its_day(folder: Path) -> None:
    renamed = edited(ORGANIZATIONS, {(1, "党组织名称"): "清泉村党支部", (1, "类别"): "党总支"})
    names = ("曾用名", "水泉村党支部", "", "", "", "", "")
    renamed = [[*row, names[n]] for n, row in enumerate(renamed)]
    assert outcome(run(folder, renamed, as_of=MAY)) == (0, 1, 5)
    one = branch("清泉村党支部")
    before, after = one.versions.order_by("valid_from")
    assert (before.name, before.valid_to) == ("水泉村党支部", MAY)
    assert (after.name, after.kind, after.valid_from) == ("清泉村党支部", "general_branch", MAY)
    assert one.initials == "qqcdzb"
    assert outcome(run(folder, renamed, as_of=JUNE)) == (0, 0, 6)
    older = run(folder, ORGANIZATIONS, as_of=MARCH)
    assert told(older) == {"register.newer": 1} and outcome(older) == (0, 0, 6)


def test_secretaries_follow_each_other(folder: Path) -> None:
    assert secretaries() == [("何忠孝", date(2024, 3, 1), None)]
    post = Appointment.objects.get(organization=branch(), valid_to=None)
    assert post.phone is not None and protection.open_text(bytes(post.phone)) == "13983000001"
    assert b"13983000001" not in bytes(post.phone) and post.term_ends_on == date(2029, 3, 31)
    changed = edited(ORGANIZATIONS, {(1, "书记"): "冉强", (1, "书记电话"): ""})
    assert outcome(run(folder, changed, as_of=MAY)) == (0, 1, 5)
    assert secretaries() == [("何忠孝", date(2024, 3, 1), MAY), ("冉强", MAY, None)]
    older = run(folder, ORGANIZATIONS, as_of=MARCH)
    assert told(older) == {"register.newer": 1} and len(secretaries()) == 2
    none = edited(ORGANIZATIONS, {(1, "书记"): "无", (1, "书记电话"): ""})
    assert outcome(run(folder, none, as_of=JUNE)) == (0, 1, 5)
    assert secretaries()[-1] == ("冉强", MAY, JUNE)


def test_another_phone_of_the_same_secretary(folder: Path) -> None:
    changed = edited(ORGANIZATIONS, {(1, "书记电话"): "13983000009"})
    assert outcome(run(folder, changed, as_of=MAY)) == (0, 1, 5)
    (post,) = Appointment.objects.filter(organization=branch())
    assert post.phone is not None and protection.open_text(bytes(post.phone)) == "13983000009"
    assert outcome(run(folder, changed, as_of=MAY)) == (0, 0, 6)


def test_a_code_finds_an_organisation_and_another_parent_is_told(folder: Path) -> None:
    codes = ("党组织代码", "A1", "A2", "A3", "A4", "A5", "A6")
    coded = [[*row, codes[n]] for n, row in enumerate(ORGANIZATIONS)]
    assert outcome(run(folder, coded, as_of=MARCH)) == (0, 6, 0)
    moved = edited(coded, {(1, "党组织名称"): "新泉村党支部", (1, "上级党组织"): "中共锦溪镇委员会"})
    result = run(folder, moved, as_of=MAY)
    assert told(result) == {"organization.parent_differs": 1} and outcome(result) == (0, 1, 5)
    one = branch("新泉村党支部")
    assert one.parent is not None and one.parent.name == "中共大榕镇委员会"


def test_what_is_not_known_is_refused_and_odd_days_are_told(folder: Path) -> None:
    rows = [
        [*ORGANIZATIONS[0], "成立时间"],
        ["新村党支部", "中共无此镇委员会", "党支部", "水泉村", "", "", "", ""],
        ["新二村党支部", "中共大榕镇委员会", "党支部", "无此村", "", "", "", ""],
        ["新三村党支部", "中共大榕镇委员会", "党支部", "水泉村", "", "", "2001.7", "2010.7"],
    ]
    result = run(folder, rows)
    assert told(result) == {"reference.unknown": 2, "election.before_founding": 1}
    assert outcome(result) == (1, 0, 0) and len(sentences(result)) == 3
    assert branch("新三村党支部").valid_from == date(2010, 7, 1)


def test_two_that_stand_under_each_other(folder: Path) -> None:
    rows = [ORGANIZATIONS[0], ["甲党支部", "乙党支部", *[""] * 5], ["乙党支部", "甲党支部", *[""] * 5]]
    result = run(folder, rows)
    assert told(result) == {"reference.unknown": 2} and sheet_of(result).refused == 2
