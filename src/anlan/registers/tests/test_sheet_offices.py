"""Sheets of other offices: their words, their orders, what they write between the lines."""

from datetime import date
from typing import Any

from anlan.kernel.partial_dates import DAY, MONTH, PartialDate
from anlan.registers.tests.test_sheet_layouts import book, codes, table, tables, values
from anlan.sheets.lines import NOTHING
from anlan.sheets.tests.books import Rows, id_number, text, xlsx

HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)
OTHER, OTHER_WIFE = id_number("19550101", 5), id_number("19570202", 4)
THIRD, THIRD_WIFE = id_number("19700101", 7), id_number("19720202", 8)
BOTH = ["水泉村党支部", "龙山村党支部"]


def month(year: int, number: int) -> PartialDate:
    return PartialDate(date(year, number, 1), MONTH)


def test_sheets_named_by_village_with_the_household_on_its_first_line_only() -> None:
    header = ["序号", "户号", "户主", "成员姓名", "与户主关系", "公民身份号码", "人口状态"]
    east: Rows = [
        ["移民花名册"],
        header,
        [1, "1", "冉红军", "冉红军", "户主", HEAD, "在册"],
        ["", "", "", "周芳", "之妻", WIFE, "在册"],
        ["", "", "", "冉强", "户主的儿子", SON, "在册"],
        [2, "2", "谭富文", "谭富文", "户主", OTHER, "在册"],
        ["村主任签字：", "", "", "审核："],
    ]
    west: Rows = [
        ["移民花名册"],
        header,
        [1, "1", "田军", "田军", "本人", THIRD, "在册"],
        ["", "", "", "吴秀", "媳妇", THIRD_WIFE, ""],
        ["制表：李四", "", "", "2026年5月"],
    ]
    first, second = tables(xlsx({"水泉村": east, "龙山村": west}))
    assert values(first, "village") == ["水泉村"] * 4 and values(second, "village") == ["龙山村"] * 2
    assert first.households == [0, 0, 0, 1] and values(first, "household_number") == ["1", "1", "1", "2"]
    assert values(first, "head_name")[:3] == ["冉红军"] * 3
    assert values(first, "relation") == ["02", "12", "20", "02"] and values(second, "relation") == [
        "01",
        "10",
    ]
    assert first.left_out == [7] and second.left_out == [5] and first.unread == ["人口状态"]
    assert codes(first) == codes(second) == {}


def test_branches_once_above_their_members_with_totals_between() -> None:
    rows: Rows = [
        ["大榕镇党员名册"],
        ["支部名称", "姓名", "证件号", "性别", "何时入党", "何时转正", "党员类别"],
        [BOTH[0], "冉红军", HEAD, "男", "一九八五年七月", "一九八六年七月", "正式"],
        ["", "周芳", WIFE, "女", "2001-7", "2002-7", "正式党员"],
        ["小计", "2人"],
        [BOTH[1], "谭富文", OTHER, "男", "75.7.1", "76.7", "正"],
        ["", "王秀", OTHER_WIFE, "女", 34000, 34400, "预备"],
        ["合计", "4人"],
        ["联系人：张主任 电话：023-58123456"],
    ]
    found = table(book(rows))
    assert found.kind == "members" and values(found, "branch") == [BOTH[0]] * 2 + [BOTH[1]] * 2
    assert found.row_numbers == [3, 4, 6, 7] and found.left_out == [5, 8, 9]
    assert found.column("joined_on") == [
        month(1985, 7),
        month(2001, 7),
        PartialDate(date(1975, 7, 1), DAY),
        PartialDate(date(1993, 1, 31), DAY),
    ]
    assert values(found, "stage") == ["full", "full", "full", "probationary"] and codes(found) == {}


def test_blocks_with_their_branch_and_header_above_each() -> None:
    header = ["姓名", "身份证", "入党时间", "转正时间", "职务"]
    rows: Rows = [
        ["中共大榕镇委员会党员花名册"],
        [f"党支部：{BOTH[0]}"],
        header,
        ["冉红军", HEAD, "1985.7", "1986.7", "书记"],
        ["周芳", WIFE, "2001.7", "2002.7", ""],
        [f"党支部：{BOTH[1]}"],
        header,
        ["谭富文", OTHER, "1975.7", "1976.7", "书记"],
    ]
    found = table(book(rows))
    assert found.row_numbers == [4, 5, 8] and values(found, "branch") == [BOTH[0], BOTH[0], BOTH[1]]


def test_two_header_rows_nobody_merged_above_instructions_and_an_example() -> None:
    rows: Rows = [
        ["基本情况", "", "", "", "移民情况", "", "扶持", "", ""],
        ["姓名", "证件号码", "民族", "户主关系", "搬迁年月", "原籍", "方式", "卡号", "开户行"],
        ["必填", "必填 18位", "", "", "例：2001.5", "", "直补/项目", "", ""],
        ["示例：张三", id_number("19900101"), "汉族", "户主", "2001.5", "某镇", "直补", "622…", "农商行"],
        ["冉红军", HEAD, "汉", "户主", "2001.5", "旧镇沿村", "直补", "6228480402564890018", "农商行"],
    ]
    found = table(book(rows))
    assert found.header_rows == [1, 2] and found.row_numbers == [5] and found.unread == []
    assert values(found, "support_mode") == ["cash"] and values(found, "from_place") == ["旧镇沿村"]
    assert values(found, "bank_account") == ["6228480402564890018"]


def test_days_in_every_way_people_write_them() -> None:
    moved: list[Any] = ["九八年七月", "98.7", 36000, "1998年7月份", "二〇〇一年五月"]
    births = ["60年4月4日", "一九六二年五月十日", 31382, "1955年元月1日", "57/2/2"]
    people = [("冉红军", HEAD), ("周芳", WIFE), ("冉强", SON), ("谭富文", OTHER), ("王秀", OTHER_WIFE)]
    rows: list[list[Any]] = [["姓名", "身份证", "与户主的关系", "出生", "搬迁入住"]]
    for (name, number), born, day in zip(people, births, moved, strict=True):
        rows.append([name, number, "户主", born, day])
    found = table(book(rows))
    assert found.column("moved_on") == [
        month(1998, 7),
        month(1998, 7),
        PartialDate(date(1998, 7, 24), DAY),
        month(1998, 7),
        month(2001, 5),
    ]
    assert codes(found) == {}, "every birth agrees with its id number"


def test_cells_typed_in_a_hurry() -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in HEAD)
    rows: Rows = [
        ["人员姓名", "身份证", "家庭关系", "村别", "组别", "手机号"],
        ["冉 红 军", wide, "户主本人", "水泉村委", "第三组", "139-8300-0001"],
        ["周　芳", f"{WIFE[:6]} {WIFE[6:14]} {WIFE[14:]}", "户主之妻", "水泉村委", "三", 13983000002],
        ["冉强", f"'{SON.lower()}\t", "儿", "水泉村委会", "3", "无"],
        ["吴秀", THIRD_WIFE, "儿媳", "水泉村", "3社", "13983000003/13983000004"],
    ]
    found = table(book(rows))
    assert values(found, "name") == ["冉红军", "周芳", "冉强", "吴秀"]
    assert values(found, "id_number") == [HEAD, WIFE, SON, THIRD_WIFE]
    assert values(found, "relation") == ["02", "12", "20", "38"] and values(found, "group") == ["3组"] * 4
    assert found.headers["村别"] == "village" and codes(found) == {}
    assert found.column("phone")[2:] == [NOTHING, ("13983000003", "13983000004")]


def test_headers_that_ask_in_whole_phrases() -> None:
    rows: Rows = [
        ["移民后期扶持人口信息表"],
        [
            "户主（当家人）",
            "家庭成员名字",
            "身份证件号",
            "系户主什么人",
            "居住组别",
            "搬来时间",
            "老家地址",
            "享受方式（直补/项目）",
            "存折账号",
        ],
        ["冉红军", "冉红军", HEAD, "户主", "1组", "2001.5", "旧镇沿村", "直补", "6228480402564890018"],
        ["冉红军", "周芳", WIFE, "妻", "1组", "2001.5", "旧镇沿村", "直补", ""],
        ["谭富文", "谭富文", OTHER, "户主", "2组", "1998.9", "旧镇头村", "项目", ""],
    ]
    found = table(book(rows))
    assert [*found.headers.values()] == [
        "head_name",
        "name",
        "id_number",
        "relation",
        "group",
        "moved_on",
        "from_place",
        "support_mode",
        "bank_account",
    ]
    assert found.households == [0, 0, 1]


def test_branches_below_headings_with_totals_between() -> None:
    rows: Rows = [
        ["各支部基本情况"],
        ["支部全称", "上级", "支书", "支书电话", "成立日期", "上次换届时间", "党员数"],
        ["一、云屏街道"],
        ["龙溪社区党支部", "中共云屏街道工委", "付秀", "13983000001", "2011.4", "2021.11", 35],
        ["小计", "", "", "", "", "", 35],
        ["二、柏渡镇"],
        ["凤桥村党支部", "中共柏渡镇委员会", "罗波", "13983000002", "2012.3", "2022.8", 20],
        ["合计", "2个支部", "", "", "", "", 55],
    ]
    found = table(book(rows))
    assert found.kind == "organizations" and found.row_numbers == [4, 7] and found.left_out == [3, 5, 6, 8]
    assert values(found, "secretary_name") == ["付秀", "罗波"]
    assert found.column("elected_on") == [month(2021, 11), month(2022, 8)]


def test_titles_and_page_numbers_printed_again() -> None:
    header = ["", "姓名", "身份证号码", "与户主关系", "性别"]
    rows: Rows = [
        ["", "移民人口登记表"],
        ["", "第1页 共2页"],
        header,
        ["", "冉红军", HEAD, "户主", "男"],
        ["", "周芳", WIFE, "妻", "女"],
        ["", "本页小计：2人"],
        ["", "移民人口登记表（续表）"],
        ["", "第2页 共2页"],
        header,
        ["", "谭富文", OTHER, "户主", "男"],
        ["", "欧阳娜"],
        ["", "填表说明：如实填写"],
    ]
    found = table(book(rows, [(0, 1, 0, 4)]))
    assert found.row_numbers == [4, 5, 10, 11] and found.left_out == [6, 7, 8, 9, 12]
    assert codes(found) == {"id_number.missing": 1}, "somebody with nothing but a name is told"


def test_a_total_right_under_the_header_in_unicode_text() -> None:
    rows: Rows = [
        ["编号", "户主姓名", "姓名", "身份证号码", "关系"],
        ["合计", "2户", "3人", "", ""],
        ["1", "冉红军", "冉红军", HEAD, "户主"],
        ["2", "冉红军", "周芳", WIFE, "配偶"],
        ["3", "谭富文", "谭富文", OTHER, "户主"],
        ["以上数据截止2026年5月31日", "", "", "", ""],
    ]
    found = table(text(rows, "utf-16", "\t"), "移民户.txt")
    assert found.row_numbers == [3, 4, 5] and found.left_out == [2, 6] and found.households == [0, 0, 1]


def test_running_number_in_the_middle_codes_and_days_as_numbers() -> None:
    rows: Rows = [
        ["村民小组", "家庭编号", "姓名", "序号", "性别代码", "出生日期", "公民身份证", "文化", "婚否"],
        ["1组", "0001", "冉红军", 1, 1, 19600404, HEAD, "初中", "已婚"],
        ["1组", "0001", "周芳", 2, 2, 19620510, WIFE, "小学", "已婚"],
        ["1组", "0002", "谭富文", 1, 1, 19550101, OTHER, "文盲", "丧偶"],
    ]
    found = table(book(rows))
    assert found.kind == "residents" and found.households == [0, 0, 1] and codes(found) == {}
    assert values(found, "sex") == ["1", "2", "1"] and values(found, "education") == ["70", "80", "90"]
