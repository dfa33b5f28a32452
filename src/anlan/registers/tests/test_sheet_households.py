"""Sheets with one row for a household: persons where they can be told apart, a clear reason where not."""

from pathlib import Path

import pytest

from anlan.registers.imports.resident_plan import RESIDENTS
from anlan.registers.tests.test_sheet_layouts import book, codes, table, values
from anlan.sheets.annotate import returned_books
from anlan.sheets.kinds import words
from anlan.sheets.lines import SheetTable
from anlan.sheets.results import row_message
from anlan.sheets.tests.books import Rows, id_number
from anlan.sheets.tests.kinds import known

HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)
OTHER, OTHER_WIFE = id_number("19550101", 5), id_number("19570202", 4)
WRONG = SON[:-1] + ("1" if SON[-1] != "1" else "2")


def people(found: SheetTable) -> list[tuple[str, str | None, str]]:
    """Who is in it: name, id number, relation."""
    rows = zip(found.column("name"), found.column("id_number"), values(found, "relation"), strict=True)
    return [(name, number, relation or "") for name, number, relation in rows]


def test_columns_for_each_person_become_persons() -> None:
    rows: Rows = [
        ["水泉村移民户登记表"],
        words(
            "序号 组别 户主姓名 户主身份证号 配偶姓名 配偶身份证号 成员1姓名 成员1身份证号 成员1关系 搬迁时间"
        ),
        [1, "一组", "冉红军", HEAD, "周芳", WIFE, "冉强", SON, "长子", "2001.5"],
        [2, "二组", "谭富文", OTHER, "", "", "", "", "", "1998年9月"],
        ["合计", "2户4人"],
    ]
    found = table(book(rows, [(0, 0, 0, 9)]))
    assert found.kind == "residents" and found.row_numbers == [3, 3, 3, 4] and found.left_out == [5]
    assert people(found) == [
        ("冉红军", HEAD, "02"),
        ("周芳", WIFE, "10"),
        ("冉强", SON, "22"),
        ("谭富文", OTHER, "02"),
    ]
    assert found.households == [0, 0, 0, 1] and values(found, "group") == ["1组"] * 3 + ["2组"]
    assert codes(found) == {}


def test_persons_below_a_merged_header_of_two_rows() -> None:
    rows: Rows = [
        ["村", "家庭成员一", "", "", "家庭成员二", "", ""],
        ["", "姓名", "身份证号", "与户主关系", "姓名", "身份证号", "与户主关系"],
        ["水泉村", "冉红军", HEAD, "户主", "周芳", WIFE, "妻"],
        ["水泉村", "谭富文", OTHER, "户主", "无", "", ""],
    ]
    found = table(book(rows, [(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 6)]))
    assert people(found) == [("冉红军", HEAD, "02"), ("周芳", WIFE, "12"), ("谭富文", OTHER, "02")]
    assert found.header_rows == [1, 2] and found.households == [0, 0, 1]


@pytest.mark.parametrize("between", ["、", "\n", "，", " ", "；"])
def test_several_persons_in_one_cell_become_persons(between: str) -> None:
    names, numbers = between.join(["冉红军", "周芳"]), between.join([HEAD, WIFE])
    rows: Rows = [
        ["村", "户主姓名", "家庭成员姓名", "身份证号码", "性别", "联系电话"],
        ["水泉村", "冉红军", names, numbers, "男、女", "13983000001"],
        ["水泉村", "谭富文", "谭富文", OTHER, "男", ""],
    ]
    found = table(book(rows))
    assert [one[:2] for one in people(found)] == [("冉红军", HEAD), ("周芳", WIFE), ("谭富文", OTHER)]
    assert found.households == [0, 0, 1] and found.row_numbers == [2, 2, 3]
    assert values(found, "sex") == ["1", "2", "1"] and values(found, "village") == ["水泉村"] * 3
    assert found.column("phone") == [("13983000001",), None, None]
    assert codes(found) == {}


def test_heads_apart_and_members_in_one_cell() -> None:
    rows: Rows = [
        ["户编号", "户主姓名", "户主身份证号", "家庭成员姓名", "家庭成员身份证号"],
        ["007", "冉红军", HEAD, "周芳、冉强", f"{WIFE}、{SON}"],
    ]
    found = table(book(rows))
    assert [one[:2] for one in people(found)] == [("冉红军", HEAD), ("周芳", WIFE), ("冉强", SON)]
    assert values(found, "household_number") == ["007"] * 3 and found.households == [0, 0, 0]


def test_names_that_do_not_go_with_the_numbers_are_refused_with_the_reason() -> None:
    rows: Rows = [
        ["村", "户主姓名", "家庭成员姓名", "身份证号码"],
        ["水泉村", "冉红军", "冉红军、周芳、冉强", f"{HEAD}、{WIFE}"],
        ["水泉村", "谭富文", "谭富文", OTHER],
    ]
    found = table(book(rows))
    assert len(found) == 2 and found.refused == {0} and codes(found) == {"id_number.format": 1}
    assert "分不清各是谁的" in row_message(found.problems[0])


def test_a_list_of_persons_with_the_head_beside_each_is_left_as_it_is() -> None:
    rows: Rows = [
        ["户主姓名", "户主身份证号", "姓名", "身份证号", "与户主关系", "配偶姓名"],
        ["冉红军", HEAD, "冉红军", HEAD, "户主", "周芳"],
        ["冉红军", HEAD, "周芳", WIFE, "妻", "冉红军"],
    ]
    found = table(book(rows))
    assert people(found) == [("冉红军", HEAD, "02"), ("周芳", WIFE, "12")] and found.row_numbers == [2, 3]


def test_returned_lines_are_persons_with_what_their_household_says() -> None:
    rows: Rows = [
        ["村", "户主姓名", "户主身份证号", "成员1姓名", "成员1身份证号", "成员1与户主关系"],
        ["水泉村", "冉红军", HEAD, "冉强", WRONG, "长子"],
    ]
    content = book(rows)
    found = table(content)
    assert found.refused == {1}
    found.source_path = Path("户.xlsx")
    with known(RESIDENTS):
        (returned,) = returned_books([found], lambda _path: content)
    again = table(returned.content)
    assert people(again) == [("冉强", None, "22")] and values(again, "village") == ["水泉村"]
    assert codes(again) == {"id_number.checksum": 1}
