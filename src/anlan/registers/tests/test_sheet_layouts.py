"""Sheets as counties write them: other layouts, other words, the same facts."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anlan.kernel.codes import Coded
from anlan.kernel.partial_dates import DAY, MONTH, PartialDate
from anlan.registers.imports.area_plan import AREAS
from anlan.registers.imports.member_plan import MEMBERS
from anlan.registers.imports.organization_plan import ORGANIZATIONS
from anlan.registers.imports.resident_plan import RESIDENTS
from anlan.sheets.assemble import assemble
from anlan.sheets.checks import check_against_id_number, check_repeats
from anlan.sheets.lines import SheetTable
from anlan.sheets.reading import read_bytes
from anlan.sheets.recognise import Recognised, Recogniser
from anlan.sheets.tests.books import Merges, Rows, id_number, ods, text, xls, xlsx

TODAY = date(2026, 11, 23)
KINDS = [AREAS, ORGANIZATIONS, RESIDENTS, MEMBERS]

HEAD, WIFE, SON = id_number("19600404", 3), id_number("19620510", 2), id_number("19851201", 1)
OTHER, OTHER_WIFE = id_number("19550101", 5), id_number("19570202", 4)


def recognised(content: bytes, name: str = "表.xlsx") -> list[Recognised]:
    recogniser = Recogniser(KINDS, TODAY)
    return [recogniser.recognise(sheet) for sheet in read_bytes(name, content)]


def tables(content: bytes, name: str = "表.xlsx") -> list[SheetTable]:
    found = []
    for one in recognised(content, name):
        if one.kind:
            table = assemble(one, TODAY)
            check_against_id_number(table)
            check_repeats(one.kind, [table])
            found.append(table)
    return found


def table(content: bytes, name: str = "表.xlsx") -> SheetTable:
    (only,) = tables(content, name)
    return only


def book(rows: Rows, merges: Merges = (), sheet: str = "Sheet1") -> bytes:
    return xlsx({sheet: rows}, merges)


def codes(found: SheetTable) -> dict[str, int]:
    return dict(Counter(problem.code for problem in found.problems))


def values(found: SheetTable, name: str) -> list[Any]:
    return [value.code if isinstance(value, Coded) else value for value in found.column(name)]


def test_household_block_with_merged_cells_title_unit_line_and_signatures() -> None:
    rows: Rows = [
        ["柏渡镇凤桥村移民户花名册"],
        ["填报单位：凤桥村村民委员会", "", "", "", "填报日期：2026年5月31日", "", "单位：人"],
        ["户号", "户主", "家庭成员姓名", "与户主的关系", "性别", "公民身份号码", "搬迁年月", "备注"],
        ["007", "冉红军", "冉红军", "户主", "男", HEAD, "2001.5", ""],
        ["", "", "周芳", "妻", "女", WIFE, "", ""],
        ["", "", "冉强", "长子", "男", SON, "", "在外务工"],
        ["008", "谭富文", "谭富文", "户主", "男", OTHER, "1998年9月", ""],
        ["", "", "王秀", "配偶", "女", OTHER_WIFE, "", ""],
        ["合计", "2户5人"],
        ["填表人：李勇", "", "", "审核人：", "", "负责人（签字）："],
    ]
    merges = [(0, 0, 0, 7), (3, 0, 5, 0), (3, 1, 5, 1), (6, 0, 7, 0), (6, 1, 7, 1)]
    found = table(book(rows, merges))
    assert found.kind == "residents" and found.header_rows == [3] and len(found) == 5
    assert found.row_numbers == [4, 5, 6, 7, 8] and found.left_out == [9, 10]
    assert values(found, "township") == ["柏渡镇"] * 5 and values(found, "village") == ["凤桥村"] * 5
    assert values(found, "household_number") == ["007"] * 3 + ["008"] * 2
    assert values(found, "head_name") == ["冉红军"] * 3 + ["谭富文"] * 2
    assert found.households == [0, 0, 0, 1, 1]
    assert values(found, "relation") == ["02", "12", "22", "02", "10"]
    assert found.column("moved_on")[:3] == [PartialDate(date(2001, 5, 1), MONTH)] * 3
    assert found.as_of == date(2026, 5, 31)
    assert codes(found) == {}


def test_households_told_by_heads_alone() -> None:
    rows: Rows = [
        ["姓名", "与户主关系", "身份证号", "组别", "迁出地"],
        ["冉红军", "户主", HEAD, "一社", "旧镇沿村"],
        ["周芳", "妻子", WIFE, "", ""],
        ["谭富文", "户主", OTHER, "二社", "旧镇头村"],
        ["王秀", "妻子", OTHER_WIFE, "", ""],
    ]
    found = table(book(rows, sheet="大榕镇水泉村"))
    assert found.households == [0, 0, 1, 1]
    assert values(found, "group") == ["1组", "1组", "2组", "2组"]
    assert values(found, "from_place") == ["旧镇沿村"] * 2 + ["旧镇头村"] * 2
    assert values(found, "village") == ["水泉村"] * 4 and values(found, "township") == ["大榕镇"] * 4


def test_sheet_per_township_beside_instructions_code_list_and_summary() -> None:
    header: list[Any] = [
        "序号",
        "村（社区）",
        "村民小组",
        "家庭编号",
        "*姓名",
        "*身份证号码",
        "性 别",
        "文化\n程度",
    ]
    rows: Rows = [
        header,
        [1, "水泉村", 3, "0001", "冉 红军", HEAD, "男", "大专"],
        [2, "水泉村", 3, "0001", "周芳", WIFE, "女", "31"],
    ]
    summary: Rows = [
        ["各村移民人口汇总表"],
        ["村", "户数", "人数", "男", "女"],
        ["水泉村", 10, 40, 21, 19],
        ["合计", 10, 40, 21, 19],
    ]
    notes: Rows = [["填表说明"], ["1. 身份证号码必须是18位文本"], ["2. 文化程度按代码填写"]]
    lists: Rows = [["文化程度代码", "名称"], ["31", "大学专科毕业"], ["71", "初中毕业"]]
    content = xlsx(
        {
            "填表说明": notes,
            "大榕镇": rows,
            "锦溪镇": [*rows[:1], [1, "水桥村", 1, "0009", "谭富文", OTHER, "男", "小学"]],
            "汇总": summary,
            "代码": lists,
            "空表": [],
        }
    )
    found = recognised(content)
    assert [one.kind.code if one.kind else None for one in found] == [
        None,
        "residents",
        "residents",
        None,
        None,
        None,
    ]
    assert not any(one.match and one.match.missing for one in found)
    first, second = tables(content)
    assert values(first, "township") == ["大榕镇", "大榕镇"] and values(second, "township") == ["锦溪镇"]
    assert values(first, "group") == ["3组", "3组"]
    assert values(first, "education") == ["30", "31"] and values(first, "name") == ["冉红军", "周芳"]


def test_two_header_rows_instruction_row_and_examples() -> None:
    rows: Rows = [
        ["党员信息采集表"],
        ["基本信息", "", "", "", "党籍信息", "", "", "联系方式", ""],
        [
            "姓名*",
            "性别",
            "公民身份证号码*",
            "民族",
            "加入党组织日期",
            "转为正式党员日期",
            "所在党支部",
            "手机号码",
            "现居住地",
        ],
        ["必填", "选填", "必填，18位", "选填", "格式如2001.7", "格式如2002.7", "必填", "选填", "选填"],
        ["张三", "男", "500299XXXXXXXXXXXX", "汉", "2001.7", "2002.7", "示例支部", "13900000000", ""],
        ["冉红军", "男", HEAD, "土家", "1985.7", "1986.7", "花坝村移民党支部", 13983000001, "花坝村"],
        ["周芳", "女", WIFE, "汉族", "200107", "2002年7月", "花坝村移民党支部", "139 8300 0002", "花坝村"],
    ]
    merges = [(0, 0, 0, 8), (1, 0, 1, 3), (1, 4, 1, 6), (1, 7, 1, 8)]
    found = table(book(rows, merges))
    assert found.kind == "members" and found.header_rows == [2, 3]
    assert found.row_numbers == [6, 7] and found.left_out == [4, 5]
    assert found.headers["基本信息/公民身份证号码*"] == "id_number"
    assert found.headers["党籍信息/所在党支部"] == "branch"
    assert values(found, "phone") == [("13983000001",), ("13983000002",)]
    assert found.column("joined_on")[1] == PartialDate(date(2001, 7, 1), MONTH)
    assert values(found, "ethnic_group") == ["15", "01"]


def test_branch_as_sheet_name_and_in_the_title() -> None:
    rows: Rows = [
        ["序号", "姓名", "性别", "身份证号", "入党时间", "转正时间", "是否流动"],
        [1, "冉红军", "男", HEAD, "1985.7", "1986.7", "√"],
        [2, "周芳", "女", WIFE, "2001.7", "2002.7", "×"],
    ]
    by_name = table(book(rows, sheet="龙山村移民党支部"))
    assert values(by_name, "branch") == ["龙山村移民党支部"] * 2 and by_name.evidence.village == "龙山村"
    assert values(by_name, "is_floating") == [True, False]
    by_title = table(book([["龙山村移民党支部党员花名册"], *rows], [(0, 0, 0, 6)]))
    assert values(by_title, "branch") == ["龙山村移民党支部"] * 2


def test_headings_between_lines_and_printed_pages() -> None:
    header: list[Any] = ["序号", "姓名", "关系", "身份证号", "民族"]
    rows: Rows = [
        ["移民人口花名册"],
        header,
        ["一、大榕镇水泉村"],
        [1, "冉红军", "户主", HEAD, "汉"],
        [2, "周芳", "妻", WIFE, "汉"],
        ["小计", "2人"],
        ["移民人口花名册"],
        header,
        [1, 2, 3, 4, 5],
        ["二、锦溪镇水桥村"],
        [3, "谭富文", "户主", OTHER, "苗"],
        ["", "", "", "", ""],
        ["总计", "3人"],
        ["注：本表一式三份，村、镇、县各存一份。"],
    ]
    found = table(book(rows))
    assert found.row_numbers == [4, 5, 11]
    assert values(found, "village") == ["水泉村", "水泉村", "水桥村"]
    assert values(found, "township") == ["大榕镇", "大榕镇", "锦溪镇"]


def test_unknown_header_words_are_read_by_content() -> None:
    rows: Rows = [
        ["甲栏", "乙栏", "丙栏", "丁栏", "戊栏", "己栏", "庚栏"],
        *[
            [name, number, sex, "汉族", relation, f"{number[6:10]}.{number[10:12]}", phone]
            for name, number, sex, relation, phone in (
                ("冉红军", HEAD, "男", "户主", "13983000001"),
                ("周芳", WIFE, "女", "配偶", "13983000002"),
                ("冉强", SON, "男", "长子", ""),
                ("谭富文", OTHER, "男", "户主", "13983000003"),
            )
        ],
    ]
    found = table(book(rows))
    assert found.kind == "residents"
    assert set(found.headers.values()) == {
        "name",
        "id_number",
        "sex",
        "ethnic_group",
        "relation",
        "birth_date",
        "phone",
    }
    assert codes(found) == {}


def test_no_header_at_all() -> None:
    rows: Rows = [
        ["冉红军", "户主", HEAD, "男", "水泉村"],
        ["周芳", "配偶", WIFE, "女", "水泉村"],
        ["冉强", "长子", SON, "男", "水泉村"],
    ]
    found = table(book(rows))
    assert found.header_rows == [] and len(found) == 3 and values(found, "village") == ["水泉村"] * 3
    assert found.headers["第3列"] == "id_number"


def test_swapped_headers_are_set_right_by_content() -> None:
    rows: Rows = [
        ["姓名", "联系电话", "身份证号", "与户主关系"],
        ["冉红军", HEAD, "13983000001", "户主"],
        ["周芳", WIFE, "13983000002", "妻"],
        ["冉强", SON, "13983000003", "长子"],
    ]
    found = table(book(rows))
    assert values(found, "id_number") == [HEAD, WIFE, SON] and values(found, "phone")[0] == ("13983000001",)


def test_dates_that_repeat_the_id_number_are_births_whatever_the_header_says() -> None:
    rows: list[list[Any]] = [["姓名", "身份证号", "时间一", "时间二", "时间三", "所在支部"]]
    for name, number, joined, full in (
        ("冉红军", HEAD, "1985.7", "1986.7"),
        ("周芳", WIFE, "2001.7", "2002.7"),
        ("冉强", SON, "2010.6", "2011.6"),
    ):
        rows.append(
            [name, number, joined, f"{number[6:10]}-{number[10:12]}-{number[12:14]}", full, "水泉村党支部"]
        )
    found = table(book(rows))
    assert found.headers == {
        "姓名": "name",
        "身份证号": "id_number",
        "时间一": "joined_on",
        "时间二": "birth_date",
        "时间三": "full_member_on",
        "所在支部": "branch",
    }


def test_place_in_one_column_is_taken_apart() -> None:
    rows: Rows = [
        ["姓名", "身份证号码", "户主姓名", "所在村组"],
        ["冉红军", HEAD, "冉红军", "大榕镇水泉村3组"],
        ["周芳", WIFE, "冉红军", "大榕镇水泉村三社"],
    ]
    found = table(book(rows))
    assert [values(found, name) for name in ("township", "village", "group")] == [
        ["大榕镇"] * 2,
        ["水泉村"] * 2,
        ["3组"] * 2,
    ]


def test_organizations_in_other_words_and_three_header_rows() -> None:
    rows: Rows = [
        ["基层党组织基本情况一览表"],
        ["序号", "党组织全称", "隶属党组织", "组织类型", "负责人情况", "", "", "党员人数"],
        ["", "", "", "", "书记", "", "副书记", ""],
        ["", "", "", "", "姓名", "手机", "", ""],
        [1, "中共柏渡镇委员会", "中共安澜县委", "基层党委", "付秀", "13983000001", "李明", 35],
        [2, "凤桥村移民党支部", "中共柏渡镇委员会", "支部", "罗波", 13983000002, "无", 12],
    ]
    merges = [
        (0, 0, 0, 7),
        *[(1, c, 3, c) for c in (0, 1, 2, 3, 7)],
        (1, 4, 1, 6),
        (2, 4, 2, 5),
        (2, 6, 3, 6),
    ]
    found = table(book(rows, merges))
    assert found.kind == "organizations" and found.header_rows == [2, 3, 4] and len(found) == 2
    assert found.headers["负责人情况/书记/姓名"] == "secretary_name"
    assert found.headers["负责人情况/书记/手机"] == "secretary_phone"
    assert values(found, "kind") == ["committee", "branch"]
    assert values(found, "secretary_phone") == [("13983000001",), ("13983000002",)]


def test_areas_in_other_words_with_codes_as_numbers() -> None:
    rows: Rows = [
        ["地区代码", "地区名称", "父级代码", "层级"],
        [500299000000, "安澜县", "", "县级"],
        [500299001000, "澜江街道", 500299000000, "乡级"],
        [500299001201, "石坪社区", 500299001000, "社区"],
    ]
    found = table(book(rows))
    assert found.kind == "areas"
    assert values(found, "code") == ["500299000000", "500299001000", "500299001201"]
    assert values(found, "kind") == ["county", "township", "community"]


@pytest.mark.parametrize(
    "maker", ["xlsx", "xls", "ods", "utf-8", "utf-8-sig", "gb18030", "utf-16", "tab", "semicolon"]
)
def test_every_format_reads_the_same(maker: str) -> None:
    rows: Rows = [
        ["姓名", "身份证号码", "户编号", "搬迁时间"],
        ["冉红军", HEAD, "00420", date(2001, 5, 6)],
        ["周芳", WIFE, "00420", "2001.5"],
    ]
    plain = [[str(cell) for cell in row] for row in rows]
    content = {
        "xlsx": lambda: xlsx({"表": rows}),
        "xls": lambda: xls({"表": rows}),
        "ods": lambda: ods({"表": rows}),
        "tab": lambda: text(plain, "utf-8", "\t"),
        "semicolon": lambda: text(plain, "gb18030", ";"),
    }.get(maker, lambda: text(plain, maker))()
    found = table(content, "表.bin")
    assert values(found, "household_number") == ["00420", "00420"]
    assert found.column("moved_on") == [
        PartialDate(date(2001, 5, 6), DAY),
        PartialDate(date(2001, 5, 1), MONTH),
    ]
    assert values(found, "id_number") == [HEAD, WIFE]


@pytest.mark.parametrize("maker", ["xlsx", "xls", "ods"])
def test_formats_that_hide_the_day_or_show_leading_zeros(maker: str) -> None:
    rows: list[list[Any]] = [
        ["姓名", "身份证号码", "户编号", "搬迁时间"],
        ["冉红军", HEAD, (420, "00000"), (date(2001, 5, 1), 'yyyy"年"m"月"')],
        ["周芳", WIFE, (420, "00000"), (date(2001, 5, 1), "yyyy/m/d")],
        ["谭富文", OTHER, (421, "00000"), (1998.1, "0.00")],
    ]
    if maker == "ods":
        shown = [("00420", "2001年5月"), ("00420", "2001/5/1"), ("00421", "1998.10")]
        for row, texts in zip(rows[1:], shown, strict=True):
            row[2:] = [(cell[0], text) for cell, text in zip(row[2:], texts, strict=True)]
    makers: dict[str, Callable[[Any], bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}
    found = table(makers[maker]({"表": rows}))
    assert values(found, "household_number") == ["00420", "00420", "00421"]
    assert found.column("moved_on") == [
        PartialDate(date(2001, 5, 1), MONTH),
        PartialDate(date(2001, 5, 1), DAY),
        PartialDate(date(1998, 10, 1), MONTH),
    ]


def test_leading_blank_rows_and_columns_keep_their_numbers() -> None:
    rows: Rows = [
        [],
        [],
        ["", "", "姓名", "身份证号码", "与户主关系"],
        [],
        ["", "", "冉红军", HEAD, "户主"],
        ["", "", "周芳", "", "妻"],
    ]
    found = table(book(rows))
    assert found.header_rows == [3] and found.row_numbers == [5, 6]
    assert codes(found) == {"id_number.missing": 1} and found.refused == {1}


def test_head_of_household_lists_stand_in_for_names() -> None:
    rows: Rows = [
        ["户主姓名", "户主身份证号码", "家庭人口", "迁出地", "安置方式"],
        ["冉红军", HEAD, 3, "旧镇沿村", "后靠"],
        ["谭富文", OTHER, 2, "旧镇头村", "外迁"],
    ]
    found = table(book(rows))
    assert values(found, "name") == ["冉红军", "谭富文"] and values(found, "resettlement_mode") == [
        "within_county",
        "out_of_county",
    ]


def test_a_register_without_id_numbers_says_what_is_missing() -> None:
    rows: Rows = [
        ["移民人口登记表"],
        ["姓名", "与户主关系", "户主姓名", "性别", "搬迁时间"],
        ["冉红军", "户主", "冉红军", "男", "2001.5"],
    ]
    (one,) = recognised(book(rows))
    assert one.kind is None and one.match is not None and one.match.missing == ["id_number"]


def test_hidden_sheets_are_read_like_others() -> None:
    rows: Rows = [["姓名", "身份证号码", "与户主关系"], ["冉红军", HEAD, "户主"]]
    (one,) = recognised(xlsx({"说明": [["说明"]], "名册": rows}, hidden=["名册"]))[1:]
    assert one.kind is RESIDENTS and not one.sheet.visible


def test_mobile_and_landline_are_both_phones_and_other_columns_are_told() -> None:
    rows: Rows = [
        ["姓名", "身份证号码", "与户主关系", "手机", "固定电话", "联系电话", "血型"],
        ["冉红军（户主）", HEAD, "户主", "13983000001", "023-58123456", "NULL", "A"],
        ["周芳", WIFE, "妻", "", "无", "13983000002、13983000003", "B"],
    ]
    found = table(book(rows))
    assert values(found, "name") == ["冉红军", "周芳"]
    assert values(found, "phone") == [("13983000001", "02358123456"), ("13983000002", "13983000003")]
    assert found.unread == ["血型"] and found.headers["固定电话"] == "phone"


def test_households_show_by_where_the_next_head_stands() -> None:
    people = [
        ("冉红军", "户主", HEAD, "0001", "1组"),
        ("周芳", "妻", WIFE, "0001", "1"),
        ("冉强", "长子", SON, "0001", "一社"),
        ("谭富文", "户主", OTHER, "0002", "2组"),
        ("王秀", "配偶", OTHER_WIFE, "0002", "2社"),
        ("田军中", "户主", id_number("19420510", 1), "0003", "3组"),
    ]
    heads = {number: name for name, relation, _, number, _ in people if relation == "户主"}
    rows: Rows = [
        [number, heads[number], name, relation, identity, group]
        for name, relation, identity, number, group in people
    ]
    found = table(book(rows))
    assert values(found, "household_number") == [person[3] for person in people]
    assert values(found, "head_name") == [heads[person[3]] for person in people]
    assert values(found, "name") == [person[0] for person in people]
    assert values(found, "group") == ["1组", "1组", "1组", "2组", "2组", "3组"]
    assert found.households == [0, 0, 0, 1, 1, 2]


def test_names_and_values_above_the_header_are_no_header() -> None:
    rows: Rows = [
        ["附件2"],
        ["移民人口登记表"],
        ["乡镇：", "大榕镇", "村：", "水泉村"],
        ["姓名", "身份证号码", "与户主关系", "备注"],
        ["冉红军", HEAD, "户主", ""],
    ]
    found = table(book(rows))
    assert found.header_rows == [4] and found.title == "移民人口登记表"
    assert values(found, "township") == ["大榕镇"] and values(found, "village") == ["水泉村"]


def test_organizations_without_a_header_are_told_from_their_parents() -> None:
    rows: Rows = [
        ["中共柏渡镇委员会", "凤桥村移民党支部", "党支部", "单独组建", "2011.4.1", "2021-11-23"],
        ["中共柏渡镇委员会", "长溪村移民党支部", "党支部", "单位共建", "2012.3.1", "2022/8/2"],
        ["中共石濑镇委员会", "水河村移民党支部", "党支部", "单独组建", "2006年8月", "2025年10月22日"],
    ]
    found = table(book(rows))
    assert found.kind == "organizations"
    assert values(found, "name")[0] == "凤桥村移民党支部" and values(found, "parent")[0] == "中共柏渡镇委员会"
    assert values(found, "setup_mode") == ["standalone", "joint", "standalone"]
    assert found.column("founded_on")[2] == PartialDate(date(2006, 8, 1), MONTH)
