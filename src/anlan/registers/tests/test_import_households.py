"""Households by sheet: numbers, splits, moves, heads, groups, lines in several places."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from anlan.kernel import record
from anlan.places.models import Area
from anlan.registers.models import Household, HouseholdMembership
from anlan.registers.queries.reach import households_in_reach
from anlan.registers.tests.importing import (
    CLERK,
    DAUGHTER,
    HEAD,
    JUNE,
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
from anlan.sheets.tests.books import id_number

pytestmark = pytest.mark.django_db
HEADER = ["乡镇", "村", "组", "户编号", "姓名", "与户主关系", "身份证号"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def home_of(number: str) -> Household:
    """The household somebody belongs to now."""
    return HouseholdMembership.objects.get(person=person(number), valid_to=None).household


def line(*cells: str) -> Sequence[str]:
    """A line in group 1 of 水泉村: household number, name, relation, id number."""
    return ["大榕镇", "水泉村", "1组", *cells]


def test_a_number_repeats_in_another_village(folder: Path) -> None:
    assert household("001", "水泉村") != household("001", "龙山村")
    assert Household.objects.filter(number="001").count() == 2


def test_without_numbers_a_household_is_known_by_its_persons(folder: Path) -> None:
    fewer = only(RESIDENTS, "乡镇", "村", "组", "姓名", "与户主关系", "身份证号")
    again = run(folder, fewer, as_of=MAY)
    assert outcome(again) == (0, 0, 4) and Household.objects.count() == 2
    assert household("001").number == "001"


def test_a_number_given_later_is_taken(folder: Path) -> None:
    Household.objects.filter(pk=household("001").pk).update(number="")
    result = run(folder, RESIDENTS, as_of=MAY)
    assert outcome(result) == (0, 3, 1) and sheet_of(result).written == {
        "household": {"added": 0, "changed": 1}
    }
    assert home_of(HEAD) == household("001") and Household.objects.count() == 2


def test_a_whole_household_under_another_number_is_the_same_one(folder: Path) -> None:
    before = home_of(HEAD)
    renumbered = edited(RESIDENTS, {(n, "户编号"): "021" for n in (1, 2, 3)})
    assert outcome(run(folder, renumbered, as_of=MAY)) == (0, 3, 1)
    assert home_of(HEAD) == before == household("021")


def test_part_of_a_household_under_a_new_number_is_split_off(folder: Path) -> None:
    split = edited(RESIDENTS, {(3, "户编号"): "022", (3, "与户主关系"): "户主"})
    result = run(folder, split, as_of=MAY)
    assert outcome(result) == (0, 1, 3) and sheet_of(result).written["household"]["added"] == 1
    assert home_of(SON) == household("022") and home_of(SON).head == person(SON)
    left = HouseholdMembership.objects.get(person=person(SON), household=household("001"))
    assert (left.valid_to, left.end_reason) == (MAY, "split")
    assert home_of(HEAD).head == person(HEAD) and home_of(WIFE) == household("001")
    actions = [item.entry.sequence for item in record.history("household", household("001").pk)]
    assert len(actions) == 2
    assert outcome(run(folder, split, as_of=JUNE)) == (0, 0, 4)


def test_a_split_without_numbers_keeps_the_head_where_he_was(folder: Path) -> None:
    rows = [["村", "组", "户主姓名", "姓名", "与户主关系", "身份证号"]]
    rows += [
        ["水泉村", "1组", "冉强", "冉强", "户主", SON],
        ["水泉村", "1组", "冉红军", "冉红军", "户主", HEAD],
    ]
    rows += [["水泉村", "1组", "冉红军", "周芳", "妻", WIFE]]
    assert outcome(run(folder, rows, as_of=MAY)) == (0, 1, 2)
    assert home_of(HEAD) == home_of(WIFE) == household("001") and home_of(SON).head == person(SON)


def test_a_head_who_goes_leaves_the_household_waiting_for_another(folder: Path) -> None:
    gone = [HEADER, line("030", "冉红军", "户主", HEAD)]
    result = run(folder, gone, as_of=MAY)
    assert outcome(result) == (0, 1, 0)
    assert sheet_of(result).written["household"] == {"added": 1, "changed": 1}
    old = home_of(WIFE)
    assert old.head is None and home_of(HEAD) == household("030")
    assert list(households_in_reach(CLERK, JUNE).filter(head=None)) == [old]
    heir = [HEADER, line("001", "周芳", "户主", WIFE), line("001", "冉强", "长子", SON)]
    assert outcome(run(folder, heir, as_of=JUNE)) == (0, 1, 1) and home_of(SON).head == person(WIFE)


def test_a_household_everybody_left_ends(folder: Path) -> None:
    joined = [HEADER, ["大榕镇", "水泉村", "1组", "001", "谭富文", "其他", OTHER]]
    old = home_of(OTHER)
    assert outcome(run(folder, joined, as_of=MAY)) == (0, 1, 0)
    old.refresh_from_db()
    assert (old.valid_to, old.head) == (MAY, None) and old.residences.get().valid_to == MAY
    assert home_of(OTHER) == household("001")
    assert HouseholdMembership.objects.get(household=old).end_reason == "move"


def test_the_head_whose_line_was_refused_comes_later(folder: Path) -> None:
    wrong = [HEADER, line("040", "何小", "户主", HEAD[:17] + ("0" if HEAD[17] != "0" else "1"))]
    wrong.append(line("040", "何妹", "女", DAUGHTER))
    assert outcome(run(folder, wrong)) == (1, 0, 0)
    assert household("040").head is None
    right = [HEADER, line("040", "何小", "户主", id_number("19700101", 9))]
    result = run(folder, right)
    assert outcome(result) == (1, 0, 0) and household("040").head == person(id_number("19700101", 9))
    assert household("040").memberships.count() == 2


def test_a_new_head_replaces_one_who_is_not_on_the_sheet(folder: Path) -> None:
    result = run(folder, [HEADER, line("001", "周芳", "户主", WIFE)], as_of=MAY)
    assert told(result) == {"household.head_replaced": 1} and household("001").head == person(WIFE)


def test_a_head_who_became_something_else(folder: Path) -> None:
    result = run(folder, edited(RESIDENTS, {(1, "与户主关系"): "父亲"}), as_of=MAY)
    assert outcome(result) == (0, 1, 3) and household("001").head is None
    changed = edited(RESIDENTS, {(1, "与户主关系"): "父亲", (3, "与户主关系"): "户主"})
    assert outcome(run(folder, changed, as_of=JUNE)) == (0, 1, 3) and household("001").head == person(SON)


def test_two_heads_are_told_and_the_known_one_counts(folder: Path) -> None:
    two = edited(RESIDENTS, {(2, "与户主关系"): "户主"})
    result = run(folder, [two[0], two[2], two[1], two[3]], as_of=MAY)
    assert told(result) == {"household.heads": 1} and household("001").head == person(HEAD)
    (sentence,) = sentences(result)
    assert "冉红军" in sentence
    fresh = [HEADER, line("050", "甲一", "户主", id_number("19700101", 1))]
    fresh.append(line("050", "乙二", "户主", id_number("19700101", 3)))
    assert told(run(folder, fresh)) == {"household.heads": 1}
    assert household("050").head == person(id_number("19700101", 1))


def test_lines_of_one_household_in_several_sheets_and_any_order(folder: Path) -> None:
    first = [HEADER, line("060", "丙妻", "妻", id_number("19720101", 2))]
    second = [HEADER, line("060", "丙三", "户主", id_number("19700101", 5))]
    result = run(folder, first, second)
    assert outcome(result) == outcome(result, 1) == (1, 0, 0)
    added = [sheet_of(result, number).written["person"]["added"] for number in (0, 1)]
    assert added == [1, 1] and sheet_of(result).written["household"]["added"] == 1
    assert household("060").memberships.count() == 2 and household("060").head is not None
    turned = run(folder, second, first, as_of=MAY)
    assert outcome(turned) == outcome(turned, 1) == (0, 0, 1) and turned.batch is None


def test_lists_without_households_leave_them_alone(folder: Path) -> None:
    phones = [["村", "姓名", "身份证号", "迁出地"]]
    phones += [
        ["水泉村", "冉红军", HEAD, "旧镇"],
        ["水泉村", "周芳", WIFE, "旧镇"],
        ["水泉村", "冉强", SON, "旧镇"],
    ]
    assert outcome(run(folder, phones, as_of=MAY)) == (0, 3, 0)
    assert Household.objects.count() == 2 and home_of(SON) == household("001")


def test_groups_are_made_and_listed_once(folder: Path) -> None:
    rows = [
        HEADER,
        ["大榕镇", "水泉村", "三社", "070", "丁四", "户主", id_number("19700101", 1)],
        ["大榕镇", "水泉村", "第3村民小组", "071", "戊五", "户主", id_number("19700101", 3)],
        ["大榕镇", "水泉村", "大湾组", "072", "己六", "户主", id_number("19700101", 5)],
    ]
    result = run(folder, rows)
    assert result.notes["areas"] == ["大榕镇水泉村3组", "大榕镇水泉村大湾组"]
    assert Area.objects.get(name="3组").code == "500299001201003"
    assert sheet_of(result).written["area"] == {"added": 2, "changed": 0}
    assert Area.objects.get(name="大湾组").versions.get().valid_from == START


def test_the_first_line_of_a_household_may_name_the_village_only(folder: Path) -> None:
    rows = [HEADER, line("080", "庚七", "户主", id_number("19700101", 1))]
    rows.append(["大榕镇", "水泉村", "", "080", "庚妻", "妻", id_number("19700101", 2)])
    run(folder, [rows[0], rows[2], rows[1]])
    assert household("080").area.name == "1组"
