"""Cells and what they mean."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel import codes
from anlan.kernel.codes import Coded
from anlan.kernel.partial_dates import MONTH, PartialDate
from anlan.places.naming import group_name
from anlan.sheets import values as v
from anlan.sheets.lines import NOTHING
from anlan.sheets.values import ColumnFacts, Finding, PlacePath, ValueType

FACTS = ColumnFacts(date(2026, 11, 23))


def read(value: ValueType, cell: Any, facts: ColumnFacts = FACTS) -> Any:
    return value.parser(facts)(cell)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"),
        (" 张　三", "张三"),
        ("张\u00a0三\n", "张三"),
        ("买买提.阿不都拉", "买买提·阿不都拉"),
        ("买买提•阿不都拉", "买买提·阿不都拉"),
        ("*张三", "张三"),
        ("Tom  Lee", "Tom Lee"),
    ],
)
def test_names(cell: str, name: str) -> None:
    assert read(v.NAME, cell) == name


def test_several_persons_in_one_cell() -> None:
    assert read(v.NAMES, "张三、李 四\n王五") == ("张三", "李四", "王五")
    assert read(v.NAMES, "张三") == ("张三",) and read(v.NAMES, "无") is NOTHING


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13983000001", ("13983000001",)),
        (13983000001.0, ("13983000001",)),
        ("139 8300 0001", ("13983000001",)),
        ("139-8300-0001", ("13983000001",)),
        ("１３９８３００００００１"[:11], None),
        ("+86 13983000001", ("13983000001",)),
        ("13983000001、13983000002", ("13983000001", "13983000002")),
        ("13983000001\n13983000002", ("13983000001", "13983000002")),
        ("13983000001 13983000002", ("13983000001", "13983000002")),
        ("1398300000113983000002", ("13983000001", "13983000002")),
        ("13983000001(儿子)", ("13983000001",)),
        ("023-58123456", ("02358123456",)),
        ("58123456", ("58123456",)),
    ],
)
def test_phones(cell: Any, numbers: tuple[str, ...] | None) -> None:
    found = read(v.PHONES, cell)
    assert found == numbers if numbers else found == ("13983000000",)


def test_what_is_no_phone_is_kept_as_text_and_told() -> None:
    assert read(v.PHONES, "找村长") == Finding(("找村长",), "value.unknown", {"value": "找村长"})


@pytest.mark.parametrize(
    "word", ["一组", "1组", "1社", "一社", "1", 1.0, "第1村民小组", "第一组", "水泉村1组", "１组"]
)
def test_one_spelling_for_a_group(word: Any) -> None:
    assert read(v.GROUP, word) == "1组"


def test_named_groups() -> None:
    assert group_name("大湾社") == group_name("大湾组") == "大湾组" and group_name("二十一社") == "21组"
    assert group_name("移民新区") == "移民新区"


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("大榕镇水泉村3组", PlacePath("大榕镇", "水泉村", "3组")),
        ("安澜县澜江街道石坪社区", PlacePath("澜江街道", "石坪社区", "", "安澜县")),
        ("水桥村十二社", PlacePath("", "水桥村", "12组")),
        ("新桥村2", PlacePath("", "新桥村", "2组")),
    ],
)
def test_places_taken_apart(cell: str, path: PlacePath) -> None:
    assert read(v.PLACE_PATH, cell) == path


def test_a_place_that_cannot_be_taken_apart_is_told() -> None:
    assert read(v.PLACE_PATH, "浙江温州").code == "value.unknown"


@pytest.mark.parametrize("cell", ["是", "√", "1", 1, 1.0, True, "有", "Y", "是 "])
def test_yes(cell: Any) -> None:
    assert read(v.YES_NO, cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "0", 0, False, "无", "N"])
def test_no(cell: Any) -> None:
    assert read(v.YES_NO, cell) is False


@pytest.mark.parametrize("cell", ["无", "/", "—", "——", "-", " 无 ", "／", "－"])
@pytest.mark.parametrize(
    "value", [v.TEXT, v.NAME, v.PHONES, v.DATE, v.CODE_TEXT, v.GROUP, v.ADDRESS, v.coded(codes.EDUCATION)]
)
def test_a_stroke_says_that_there_is_none(value: ValueType, cell: str) -> None:
    assert read(value, cell) is NOTHING and not NOTHING


def test_codes_and_names_mixed() -> None:
    education = v.coded(codes.EDUCATION)
    assert [read(education, cell) for cell in ("31", 31.0, "大学专科毕业", "大 专")] == [
        Coded("31"),
        Coded("31"),
        Coded("31"),
        Coded("30"),
    ]
    assert read(education, "高中/中专") == Coded("60", "高中/中专")
    assert read(education, "博士后") == Finding(Coded("", "博士后"), "value.unknown", {"value": "博士后"})
    assert read(v.coded(codes.ETHNIC_GROUP), 1.0) == Coded("01")


def test_codes_keep_their_digits() -> None:
    assert read(v.CODE_TEXT, "00420") == "00420" and read(v.CODE_TEXT, "６２２８ 4800 1234") == "622848001234"
    assert read(v.CODE_TEXT, 500299001201.0) == "500299001201"
    assert read(v.CODE_TEXT, 420.0, ColumnFacts(FACTS.latest, width=5)) == "00420"
    for lost in (6.228480012345678e18, "6.22848E+18", "6228480012345678000.0"):
        assert read(v.CODE_TEXT, lost).code == "value.digits_lost" and read(v.CODE_TEXT, lost).value is None


def test_dates_of_a_column() -> None:
    assert read(v.DATE, 1998.1).code == "value.unknown"
    tenths = ColumnFacts(FACTS.latest, tenths=True)
    assert read(v.DATE, 1998.1, tenths) == PartialDate(date(1998, 10, 1), MONTH)
    shown_as_months = ColumnFacts(FACTS.latest, months=True)
    assert read(v.DATE, date(1998, 7, 1), shown_as_months) == PartialDate(date(1998, 7, 1), MONTH)
    assert read(v.DATE_END, "2021.6-2026.6") == PartialDate(date(2026, 6, 1), MONTH)
    assert read(v.DATE, "2021.6-2026.6").value is None


def test_figures() -> None:
    assert (
        read(v.INTEGER, "35名") == 35 and read(v.INTEGER, 12.0) == 12 and read(v.INTEGER, "1,200 人") == 1200
    )
    assert read(v.INTEGER, "约三十").code == "value.unknown"
    assert read(v.MONEY, "1,234.50元") == Decimal("1234.50") and read(v.MONEY, "1.2万元") == 12000
    assert read(v.MONEY, "若干").code == "value.unknown"


def test_text_of_other_cells() -> None:
    assert read(v.TEXT, 12.0) == "12" and read(v.TEXT, 1.5) == "1.5" and read(v.TEXT, True) == "是"
    assert read(v.TEXT, datetime(2026, 5, 31)) == "2026-05-31"  # noqa: DTZ001 - a cell has no zone
    assert read(v.TEXT, "'00123") == "00123" and read(v.TEXT, "#REF!").code == "value.formula_error"
    assert v.is_blank(" \u3000\u200b\n") and v.is_blank(None) and not v.is_blank(0)


@given(st.text(alphabet="0123456789", min_size=1, max_size=25))
def test_no_code_ever_loses_a_digit_or_a_zero(digits: str) -> None:
    assert read(v.CODE_TEXT, digits) == digits
    number = read(v.CODE_TEXT, float(digits))
    assert number == str(int(digits)) if len(str(int(digits))) <= 15 else number.code == "value.digits_lost"


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_breaks_a_reader(cell: Any) -> None:
    if v.is_blank(cell):
        return
    for value in (
        v.TEXT,
        v.NAME,
        v.NAMES,
        v.PHONES,
        v.DATE,
        v.DATE_END,
        v.CODE_TEXT,
        v.GROUP,
        v.PLACE_PATH,
        v.YES_NO,
        v.INTEGER,
        v.MONEY,
        v.ID_NUMBER,
        v.ADDRESS,
        v.VILLAGE,
        v.coded(codes.SEX),
    ):
        read(value, cell)
        assert value.fits is None or isinstance(bool(value.fits(cell)), bool)
