"""Members by sheet: which branch is meant, stages, transfers, times away, who is no member any more."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from anlan.kernel import record
from anlan.registers.dimensions.populations import members_on
from anlan.registers.models import Appointment, FloatingSpell, Membership, PartyOrganization, Person
from anlan.registers.tests.importing import (
    CLERK,
    DAUGHTER,
    HEAD,
    JUNE,
    MARCH,
    MAY,
    ORGANIZATIONS,
    OTHER,
    RESIDENTS,
    SON,
    START,
    WIFE,
    county,
    edited,
    only,
    outcome,
    person,
    run,
    sentences,
    sheet_of,
    told,
)
from anlan.sheets.running import run_import
from anlan.sheets.tests.books import id_number, xlsx

pytestmark = pytest.mark.django_db
MEMBERS = [
    [
        "姓名",
        "身份证号",
        "所在党支部",
        "入党时间",
        "转正时间",
        "是否流动",
        "外出地点",
        "学历",
        "党内职务",
    ],
    ["冉红军", HEAD, "水泉村党支部", "1985.7", "1986.7", "否", "", "初中", ""],
    ["冉强", SON, "水泉村党支部", "2010.7", "2011.7", "是", "广东", "大专", "委员"],
    ["谭富文", OTHER, "龙山村移民党支部", "1980.7", "1981.7", "", "", "小学", ""],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def branch_of(number: str) -> str:
    """The branch somebody belongs to now, with the one above it."""
    branch = Membership.objects.get(person=person(number), valid_to=None).organization
    return f"{branch.parent}/{branch}"


def roster(*lines: Sequence[str]) -> list[list[str]]:
    """A sheet with name, id number and branch."""
    return [["姓名", "身份证号", "所在党支部", "入党时间"], *([*line, "1985.7"] for line in lines)]


def test_lines_become_memberships(folder: Path) -> None:
    result = run(folder, MEMBERS)
    assert outcome(result) == (3, 0, 0) and told(result) == {}
    row = Membership.objects.get(person=person(SON))
    assert (row.stage, row.standing, row.post, row.joined_precision) == ("full", "normal", "委员", "month")
    assert FloatingSpell.objects.get().destination == "广东"
    assert branch_of(OTHER) == "中共大榕镇委员会/龙山村移民党支部"
    assert Person.objects.count() == 4 and record.verify() == []
    for as_of in (START, MAY):
        again = run(folder, MEMBERS, as_of=as_of)
        assert outcome(again) == (0, 0, 3) and again.batch is None


@pytest.mark.parametrize(
    "name",
    [
        "水泉村党支部",
        "水泉村支部",
        "中共水泉村党支部",
        "大榕镇水泉村党支部",
        "中共大榕镇委员会/水泉村党支部",
        "水泉村移民党支部",
        "水泉村党支部委员会",
    ],
)
def test_a_branch_by_its_name_path_or_short_form(folder: Path, name: str) -> None:
    assert outcome(run(folder, roster(["冉红军", HEAD, name]))) == (1, 0, 0)
    assert branch_of(HEAD) == "中共大榕镇委员会/水泉村党支部"


def test_committees_by_their_short_form(folder: Path) -> None:
    result = run(folder, roster(["冉红军", HEAD, "大榕镇党委"], ["周芳", WIFE, "锦溪镇党委"]))
    assert outcome(result) == (2, 0, 0), sentences(result)
    assert branch_of(WIFE) == "中共安澜县委员会/中共锦溪镇委员会"


def test_a_branch_by_its_former_name(folder: Path) -> None:
    renamed = edited(ORGANIZATIONS, {(1, "党组织名称"): "清泉村党支部"})
    renamed = [
        [*row, "曾用名" if n == 0 else "水泉村党支部" if n == 1 else ""] for n, row in enumerate(renamed)
    ]
    assert outcome(run(folder, renamed, as_of=MARCH))[1] == 1
    run(folder, MEMBERS, as_of=MAY)
    assert branch_of(HEAD) == "中共大榕镇委员会/清泉村党支部"


@pytest.mark.parametrize("place", ["title", "sheet"])
def test_a_branch_by_title_or_sheet_name(folder: Path, place: str) -> None:
    rows = only(MEMBERS, "姓名", "身份证号", "入党时间", lines=[1, 2])
    title = [["水泉村党支部党员花名册"]] if place == "title" else []
    path = folder / "名册.xlsx"
    path.write_bytes(xlsx({"水泉村党支部" if place == "sheet" else "Sheet1": [*title, *rows]}))
    result = run_import([path], actor=CLERK, today=JUNE, as_of=MAY)
    assert outcome(result) == (2, 0, 0) and branch_of(SON) == "中共大榕镇委员会/水泉村党支部"


def test_namesakes_are_decided_by_evidence_or_answers(folder: Path) -> None:
    name = "龙山村移民党支部"
    unclear = roster(["不明", DAUGHTER, name])
    result = run(folder, unclear)
    assert told(result) == {"reference.ambiguous": 1} and "中共锦溪镇委员会" in sentences(result)[0]
    west = PartyOrganization.objects.get(name=name, parent__name="中共锦溪镇委员会")
    answered = run(folder, unclear, answers={"organizations": {name: str(west.uid)}})
    assert outcome(answered) == (1, 0, 0) and branch_of(DAUGHTER).startswith("中共锦溪镇")
    registered = run(folder, roster(["谭富文", OTHER, name]))
    assert outcome(registered) == (1, 0, 0) and branch_of(OTHER).startswith("中共大榕镇")
    placed = [
        ["姓名", "身份证号", "所在党支部", "入党时间", "乡镇"],
        ["周芳", WIFE, name, "1990.7", "锦溪镇"],
    ]
    assert outcome(run(folder, placed)) == (1, 0, 0) and branch_of(WIFE).startswith("中共锦溪镇")


def test_a_refused_line_of_residents_still_tells_where_somebody_lives(folder: Path) -> None:
    number = id_number("19570707", 7)
    unnamed = [RESIDENTS[0], ["锦溪镇", "龙山村", "1组", "009", "", "户主", number, "", "", ""]]
    members = roster(["无名氏", number, "龙山村移民党支部"])
    for _time in range(2):
        result = run(folder, unnamed, members)
        assert told(result) == {"name.missing": 1} and told(result, 1) == {}
    assert branch_of(number).startswith("中共锦溪镇") and Membership.objects.count() == 1


def test_somebody_the_register_does_not_have_is_added(folder: Path) -> None:
    number = id_number("19880808", 8)
    rows = [
        ["姓名", "身份证号", "所在党支部", "入党时间", "村"],
        ["外来", number, "水泉村党支部", "2015.7", "水泉村"],
    ]
    result = run(folder, rows)
    assert sheet_of(result).written == {
        "person": {"added": 1, "changed": 0},
        "membership": {"added": 1, "changed": 0},
    }
    area = person(number).area
    assert area is not None and area.name == "水泉村" and person(number).household_memberships.count() == 0


def test_stages_follow_from_the_days_where_no_column_names_them(folder: Path) -> None:
    header = ["姓名", "身份证号", "所在党支部", "入党时间", "转正时间"]
    waiting = [
        header,
        ["冉强", SON, "水泉村党支部", "2025.7", ""],
        ["周芳", WIFE, "水泉村党支部", "2025.9", "2026.9"],
    ]
    assert outcome(run(folder, waiting, as_of=MARCH)) == (2, 0, 0)
    assert set(Membership.objects.values_list("stage", flat=True)) == {"probationary"}
    converted = edited(waiting, {(1, "转正时间"): "2026.5.20"})
    assert outcome(run(folder, converted, as_of=MAY)) == (0, 1, 1)
    before, after = Membership.objects.filter(person=person(SON)).order_by("valid_from")
    assert (before.end_reason, after.stage, after.valid_from) == ("stage", "full", MAY)
    named = [[*header, "人员类别"], ["周芳", WIFE, "水泉村党支部", "2025.9", "2026.9", "正式党员"]]
    assert outcome(run(folder, named, as_of=JUNE)) == (0, 1, 0)
    without = only(named, "姓名", "身份证号", "所在党支部")
    assert outcome(run(folder, [[*without[0], "党内职务"], [*without[1], ""]], as_of=JUNE)) == (0, 0, 1)


def test_another_branch_is_a_transfer_from_its_day(folder: Path) -> None:
    run(folder, MEMBERS)
    branch = PartyOrganization.objects.get(name="水泉村党支部")
    post = Appointment.objects.create(
        organization=branch, person=person(SON), name="冉强", post="committee", valid_from=START
    )
    moved = edited(MEMBERS, {(2, "所在党支部"): "锦溪镇龙山村移民党支部"})
    result = run(folder, moved, as_of=MAY)
    assert outcome(result) == (0, 1, 2) and branch_of(SON) == "中共锦溪镇委员会/龙山村移民党支部"
    day_before = MAY - timedelta(days=1)
    assert members_on(day_before, "organization", branch.path).count() == 2
    assert members_on(MAY, "organization", branch.path).count() == 1
    old = Membership.objects.get(person=person(SON), organization=branch)
    post.refresh_from_db()
    assert (old.end_reason, old.valid_to, post.valid_to) == ("transfer", MAY, MAY)
    for one in (branch.pk, Membership.objects.get(person=person(SON), valid_to=None).organization_id):
        assert record.history("organization", one)[0].entry.action == "sheets.import_write"
    older = run(folder, MEMBERS, as_of=MARCH)
    assert told(older) == {"register.newer": 1} and outcome(older) == (0, 0, 3)


def test_times_away_begin_change_and_end(folder: Path) -> None:
    run(folder, MEMBERS)
    blank = edited(MEMBERS, {(2, "外出地点"): "", (2, "是否流动"): "√"})
    assert outcome(run(folder, blank, as_of=MARCH)) == (0, 0, 3)
    elsewhere = edited(MEMBERS, {(2, "外出地点"): "福建", (1, "是否流动"): "是"})
    assert outcome(run(folder, elsewhere, as_of=MARCH)) == (0, 2, 1)
    back = edited(MEMBERS, {(2, "是否流动"): "否", (2, "外出地点"): ""})
    assert outcome(run(folder, back, as_of=MAY)) == (0, 2, 1)
    spells = FloatingSpell.objects.filter(person=person(SON)).order_by("valid_from")
    told_of = [(spell.destination, spell.valid_from, spell.valid_to) for spell in spells]
    assert told_of == [("广东", START, MARCH), ("福建", MARCH, MAY)]
    assert FloatingSpell.objects.get(person=person(HEAD)).valid_to == MAY
    again = run(folder, elsewhere, as_of=MARCH)
    assert told(again) == {"register.newer": 2}
    none = [["姓名", "身份证号", "所在党支部", "外出地点"], ["冉强", SON, "水泉村党支部", "上海"]]
    assert outcome(run(folder, none, as_of=MAY)) == (0, 1, 0)
    none[1][3] = "无"
    assert outcome(run(folder, none, as_of=JUNE)) == (0, 1, 0)
    assert not FloatingSpell.objects.filter(valid_to=None).exists()


def test_a_line_that_says_somebody_is_no_member_any_more(folder: Path) -> None:
    run(folder, MEMBERS)
    over = [
        [*MEMBERS[0], "党籍状态"],
        [*MEMBERS[2], "转出"],
        ["周芳", WIFE, "水泉村党支部", *[""] * 6, "除名"],
    ]
    result = run(folder, over, as_of=MAY)
    assert told(result) == {"membership.over": 1} and outcome(result) == (0, 1, 1)
    gone = Membership.objects.get(person=person(SON))
    assert (gone.valid_to, gone.end_reason) == (MAY, "transferred")
    assert not FloatingSpell.objects.filter(valid_to=None).exists()
    assert not Membership.objects.filter(person=person(WIFE)).exists()
    again = run(folder, over, as_of=JUNE)
    assert told(again) == {"membership.over": 2} and again.batch is None


def test_lost_contact_is_a_standing(folder: Path) -> None:
    header = ["姓名", "身份证号", "所在党支部", "入党时间", "是否失联"]
    lost = [header, ["冉强", SON, "水泉村党支部", "2010.7", "是"]]
    run(folder, lost, as_of=MARCH)
    assert Membership.objects.get(person=person(SON)).standing == "lost"
    found = edited(lost, {(1, "是否失联"): "否"})
    assert outcome(run(folder, found, as_of=MAY)) == (0, 1, 0)
    assert Membership.objects.get(person=person(SON), valid_to=None).standing == "normal"


def test_days_that_cannot_be_are_told(folder: Path) -> None:
    header = ["姓名", "身份证号", "所在党支部", "入党时间", "转正时间"]
    rows = [
        header,
        ["冉强", SON, "水泉村党支部", "2001.7", "2000.7"],
        ["周芳", WIFE, "水泉村党支部", "2030.7", ""],
    ]
    result = run(folder, rows)
    codes = {"membership.too_young": 1, "membership.full_before_joined": 1, "date.future": 1}
    assert told(result) == codes and outcome(result) == (2, 0, 0)
    assert any("18" in sentence for sentence in sentences(result))


def test_what_two_sheets_of_one_batch_say_differently_is_settled_once(folder: Path) -> None:
    residents = edited(RESIDENTS, {(3, "文化程度"): "高中"})
    members = edited(MEMBERS, {(2, "学历"): "大学本科"})
    run(folder, residents, members)
    assert person(SON).education.startswith("2")
    again = run(folder, residents, members, as_of=MAY)
    assert outcome(again) == (0, 0, 4) and outcome(again, 1) == (0, 0, 3) and again.batch is None
    alone = run(folder, residents, as_of=MAY)
    assert outcome(alone) == (0, 1, 3)


def test_a_person_unknown_to_the_register_and_absent_members(folder: Path) -> None:
    run(folder, MEMBERS)
    result = run(folder, MEMBERS[:2], as_of=MAY)
    assert result.absent == {"membership": 1} and Membership.objects.filter(valid_to=None).count() == 3
    nobody = roster(["无支部", DAUGHTER, ""])
    assert told(run(folder, nobody)) == {"reference.unknown": 1}
    assert not Person.objects.with_id_number(DAUGHTER).exists()


def test_the_dead_are_no_members_again(folder: Path) -> None:
    Person.objects.filter(pk=person(SON).pk).update(died_on=date(2026, 1, 1))
    result = run(folder, MEMBERS, as_of=MAY)
    assert told(result) == {"register.dead": 1} and outcome(result) == (2, 0, 1)
    assert not Membership.objects.filter(person=person(SON)).exists()
