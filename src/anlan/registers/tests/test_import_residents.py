"""Residents by sheet: first import, the same again, corrections, blanks and 无, days, what is newer."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from anlan.kernel import record
from anlan.kernel.models import ChangeEntry
from anlan.places.models import Area
from anlan.registers.dimensions.populations import residents_on
from anlan.registers.models import (
    HouseholdMembership,
    HouseholdResidence,
    Person,
    PersonContact,
    ResettlementRecord,
    SupportProgramme,
)
from anlan.registers.queries.finding import persons_matching
from anlan.registers.tests.importing import (
    HEAD,
    JUNE,
    MARCH,
    MAY,
    OTHER,
    RESIDENTS,
    SON,
    START,
    WIFE,
    county,
    edited,
    household,
    only,
    outcome,
    person,
    run,
    sentences,
    sheet_of,
    told,
)
from anlan.sheets.models import ImportBatch
from anlan.sheets.tests.books import id_number

pytestmark = pytest.mark.django_db
EARLY = START - timedelta(days=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def test_lines_become_persons_households_and_records(folder: Path) -> None:
    head = person(HEAD)
    assert (head.name, head.sex, head.birth_date) == ("冉红军", "1", date(1960, 4, 4))
    assert head.plain_id_number() == HEAD and head.contacts.get().plain_value() == "13983000002"
    assert head.area is not None and head.area.name == "1组" and head.area.parent is not None
    home = household("001")
    assert home.head == head and home.memberships.count() == 3 and home.valid_from == START
    moved = ResettlementRecord.objects.get(person=person(SON))
    assert (moved.moved_on, moved.moved_precision) == (date(2001, 5, 6), "day")
    assert set(Person.objects.filter(persons_matching("冉强"))) == {person(SON)}
    assert Area.objects.get(name="1组").path.startswith(Area.objects.get(name="水泉村").path)
    assert record.verify() == []


def test_the_same_again_writes_nothing(folder: Path) -> None:
    before = ChangeEntry.objects.count(), ImportBatch.objects.count()
    for as_of in (START, MAY, None):
        again = run(folder, RESIDENTS, as_of=as_of)
        assert outcome(again) == (0, 0, 4) and again.batch is None and sheet_of(again).written == {}
    assert (ChangeEntry.objects.count(), ImportBatch.objects.count()) == before


def test_a_sheet_with_fewer_columns_takes_nothing_away(folder: Path) -> None:
    fewer = only(RESIDENTS, "村", "户编号", "姓名", "身份证号", lines=[1, 2, 3])
    assert outcome(run(folder, fewer, as_of=MAY)) == (0, 0, 3)
    assert person(HEAD).education and person(HEAD).area == Area.objects.get(name="1组")


def test_only_what_differs_is_changed(folder: Path) -> None:
    sheet = edited(RESIDENTS, {(2, "姓名"): "周芬", (2, "文化程度"): "高中", (3, "联系电话"): "13983000003"})
    changed = run(folder, sheet, as_of=MAY)
    assert outcome(changed) == (0, 2, 2) and sheet_of(changed).written == {
        "person": {"added": 0, "changed": 2}
    }
    assert set(Person.objects.filter(persons_matching("周芬"))) == {person(WIFE)}
    assert not Person.objects.filter(persons_matching("周芳")).exists()
    contact = person(SON).contacts.get()
    assert (contact.plain_value(), contact.source, contact.valid_from) == ("13983000003", "表1.csv", MAY)
    (history,) = [item for item in record.history("person", person(WIFE).pk) if item.entry.sequence > 1][:1]
    assert history.rows and history.rows[0][2] and history.rows[0][2]["name"] == "周芳"


def test_coarser_statements_change_nothing_and_finer_ones_do(folder: Path) -> None:
    coarser = edited(RESIDENTS, {(3, "文化程度"): "大专", (3, "与户主关系"): "子", (3, "搬迁时间"): "2001"})
    assert outcome(run(folder, coarser, as_of=MAY)) == (0, 0, 4)
    finer = edited(RESIDENTS, {(1, "搬迁时间"): "2001.5.20", (2, "搬迁时间"): "2001.5"})
    assert outcome(run(folder, finer, as_of=START)) == (0, 1, 3)
    assert ResettlementRecord.objects.get(person=person(HEAD)).moved_on == date(2001, 5, 20)


def test_nothing_takes_away_and_blank_does_not(folder: Path) -> None:
    blank = edited(RESIDENTS, {(1, "文化程度"): "", (1, "联系电话"): "", (1, "搬迁时间"): ""})
    assert outcome(run(folder, blank, as_of=MAY)) == (0, 0, 4)
    none = edited(
        RESIDENTS, {(1, "文化程度"): "无", (1, "联系电话"): "/", (4, "搬迁时间"): "—", (4, "组"): "无"}
    )
    assert outcome(run(folder, none, as_of=MAY)) == (0, 2, 2)
    head = person(HEAD)
    assert head.education == "" and head.contacts.get().valid_to == MAY
    gone = ResettlementRecord.objects.get(person=person(OTHER), valid_to=None)
    assert gone.moved_on is None and gone.valid_from == MAY
    assert household("001", "龙山村").area.name == "龙山村"
    assert outcome(run(folder, none, as_of=JUNE)) == (0, 0, 4)


def test_changes_hold_from_their_day(folder: Path) -> None:
    village = Area.objects.get(name="水桥村")
    there = edited(
        RESIDENTS, {(n, "乡镇"): "锦溪镇" for n in (1, 2, 3)} | {(n, "村"): "水桥村" for n in (1, 2, 3)}
    )
    moved = run(folder, there, as_of=MAY)
    assert outcome(moved) == (0, 3, 1) and sheet_of(moved).written["household"] == {"added": 0, "changed": 1}
    assert moved.notes["areas"] == ["锦溪镇水桥村1组"]
    before, after = MAY - timedelta(days=1), MAY
    assert residents_on(before, village.path).count() == 0 and residents_on(after, village.path).count() == 3
    old = Area.objects.get(name="水泉村")
    assert residents_on(before, old.path).count() == 3 and residents_on(after, old.path).count() == 0
    assert HouseholdResidence.objects.filter(household=household("001", "水桥村")).count() == 2
    assert outcome(run(folder, there, as_of=JUNE)) == (0, 0, 4)


def test_persons_on_no_line_move_along(folder: Path) -> None:
    lines = edited(only(RESIDENTS, *RESIDENTS[0], lines=[1]), {(1, "村"): "龙山村", (1, "户编号"): "001"})
    lines[1][0], lines[1][3] = "锦溪镇", "001"
    assert outcome(run(folder, lines, as_of=MAY)) == (0, 1, 0)
    areas = {person(number).area_id for number in (HEAD, WIFE, SON)}
    assert areas == {household("001", "锦溪镇").area_id}
    assert residents_on(MAY, Area.objects.get(name="锦溪镇").path).count() == 3
    assert [item.entry.action for item in record.history("person", person(WIFE).pk)] == [
        "sheets.import_write"
    ] * 2


def test_an_earlier_day_does_not_overwrite_what_is_newer(folder: Path) -> None:
    there = edited(RESIDENTS, {(4, "搬迁时间"): "1999.1", (4, "组"): "5组"})
    assert outcome(run(folder, there, as_of=MAY)) == (0, 1, 3)
    older = run(folder, RESIDENTS, as_of=MARCH)
    assert outcome(older) == (0, 0, 4) and told(older) == {"register.newer": 2} and older.batch is None
    assert all("2026-05-31" in sentence for sentence in sentences(older))
    assert ResettlementRecord.objects.get(person=person(OTHER), valid_to=None).moved_on == date(1999, 1, 1)


def test_one_who_left_later_does_not_come_back_earlier(folder: Path) -> None:
    place = HouseholdMembership.objects.get(person=person(OTHER))
    HouseholdMembership.objects.filter(pk=place.pk).update(valid_to=MAY)
    older = run(folder, RESIDENTS, as_of=MARCH)
    assert told(older) == {"register.newer": 1}
    assert HouseholdMembership.objects.get(person=person(OTHER)).valid_to == MAY
    assert outcome(run(folder, RESIDENTS, as_of=JUNE)) == (0, 1, 3)
    assert HouseholdMembership.objects.filter(person=person(OTHER), valid_to=None).exists()


def test_the_dead_stay_as_they_are(folder: Path) -> None:
    Person.objects.filter(pk=person(WIFE).pk).update(died_on=MARCH)
    sheet = edited(RESIDENTS, {(2, "村"): "龙山村", (2, "户编号"): "007", (2, "联系电话"): "13983000009"})
    result = run(folder, sheet, as_of=MAY)
    assert told(result) == {"register.dead": 1}
    assert person(WIFE).contacts.count() == 0
    assert HouseholdMembership.objects.get(person=person(WIFE)).household == household("001")


def test_the_unit_line_dates_a_sheet_but_never_into_the_future(tmp_path: Path) -> None:
    county(tmp_path)
    head = list(RESIDENTS[0])
    titled = [["水泉村移民户花名册"], ["填报日期：2026年3月31日", "单位：人"], head]
    child = ["大榕镇", "水泉村", "1组", "001", "冉小", "孙子", id_number("20200101", 1), "", "", ""]
    run(tmp_path, [*titled, child], as_of=None)
    assert HouseholdMembership.objects.get(person=person(child[6])).valid_from == MARCH
    titled[1][0] = "填报日期：2062年3月31日"
    later = [*child[:4], "冉妹", "孙女", id_number("20220101", 2), "", "", ""]
    run(tmp_path, [*titled, later], as_of=None)
    assert HouseholdMembership.objects.get(person=person(later[6])).valid_from == JUNE


def test_a_day_to_come_is_told(folder: Path) -> None:
    born = id_number("20290101", 1)
    line = ["大榕镇", "水泉村", "1组", "001", "冉未", "孙子", born, "", "2031.5", ""]
    result = run(folder, [RESIDENTS[0], line])
    assert told(result) == {"date.future": 2} and outcome(result) == (1, 0, 0)
    assert any("2029-01-01" in sentence for sentence in sentences(result))


def test_long_texts_are_shortened_and_told(folder: Path) -> None:
    rows = [[*RESIDENTS[0], "家庭住址", "迁出地"], [*RESIDENTS[1], "长" * 300, "远" * 200]]
    result = run(folder, rows, as_of=MAY)
    assert told(result) == {"value.too_long": 2} and outcome(result) == (0, 1, 0)
    assert person(HEAD).address == "长" * 160
    assert outcome(run(folder, rows, as_of=MAY)) == (0, 0, 1)


def test_support_brings_the_programme_and_its_end(folder: Path) -> None:
    SupportProgramme.objects.all().delete()
    programme = SupportProgramme.objects.create(
        code="t", name="后期扶持", valid_from=date(2006, 7, 1), valid_to=date(2026, 7, 1)
    )
    rows = [[*RESIDENTS[0], "扶持方式"], *([*row, "直补到人"] for row in RESIDENTS[1:3])]
    assert outcome(run(folder, rows, as_of=MARCH)) == (0, 2, 0)
    row = ResettlementRecord.objects.get(person=person(HEAD), valid_to=None)
    assert (row.programme, row.support_until, row.valid_from) == (programme, date(2026, 7, 1), MARCH)
    stopped = edited(rows, {(1, "扶持方式"): "无"})
    assert outcome(run(folder, stopped, as_of=MAY)) == (0, 1, 1)
    _, before, after = ResettlementRecord.objects.filter(person=person(HEAD)).order_by("valid_from")
    assert (before.end_reason, after.support_mode, after.programme) == ("support", "", None)
    assert after.support_until == date(2026, 7, 1) and after.moved_on == date(2001, 5, 1)


def test_lines_with_nowhere_to_live_are_refused(folder: Path) -> None:
    rows = [
        RESIDENTS[0],
        ["大榕镇", "", "", "003", "无村", "户主", id_number("19700101", 1), "", "", ""],
        ["", "", "3组", "004", "无处", "户主", id_number("19700101", 3), "", "", ""],
        ["大榕镇", "无此村", "1组", "005", "不明", "户主", id_number("19700101", 5), "", "", ""],
    ]
    unclear = [["村", "户编号", "姓名", "身份证号"], ["龙山村", "006", "两可", id_number("19700101", 7)]]
    result = run(folder, rows, unclear)
    assert told(result) == {"reference.unknown": 3} and told(result, 1) == {"reference.ambiguous": 1}
    assert result.batch is None and not Area.objects.filter(name="3组").exists()
    assert len(sentences(result)) == 4 and "大榕镇龙山村" in "".join(sentences(result))


def test_answers_decide_what_is_ambiguous(folder: Path) -> None:
    rows = [RESIDENTS[0], ["", "龙山村", "1组", "006", "两可", "户主", id_number("19700101", 7), "", "", ""]]
    result = run(folder, rows, answers={"areas": {"龙山村": "500299002202"}})
    assert outcome(result) == (1, 0, 0) and household("006", "锦溪镇").head is not None


def test_absent_persons_are_told_and_left_alone(folder: Path) -> None:
    result = run(folder, only(RESIDENTS, *RESIDENTS[0], lines=[1]), as_of=MAY)
    assert result.absent == {"person": 2} and HouseholdMembership.objects.filter(valid_to=None).count() == 4


def test_phones_of_several_sheets_stand_side_by_side(folder: Path) -> None:
    more = edited(RESIDENTS, {(1, "联系电话"): "13983000004、13983000002"})
    assert outcome(run(folder, more, as_of=MAY)) == (0, 1, 3)
    numbers = {contact.plain_value() for contact in PersonContact.objects.filter(person=person(HEAD))}
    assert numbers == {"13983000002", "13983000004"}
