"""Texts and names."""

import re

from anlan.kernel.codes import RELATION
from anlan.kernel.names import tidy_name
from anlan.sheets.lines import NOTHING
from anlan.sheets.values.base import (
    FORMULA_ERROR,
    Cell,
    ColumnFacts,
    Finding,
    Parser,
    ValueType,
    is_error,
    is_nothing,
    squeezed,
    text_of,
)

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳阎穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿"
    "桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储芮湛隆"
    "代晋楚闻鄢奚税仝况幸计粟危滑逄"
)
_PERSON = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_LONG_NAME = re.compile(r"[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")
_NO_PERSON = ("村", "镇", "乡", "组", "县", "社区", "街道", "支部", "合计", "小计", "总计", "姓名")
_KINDRED = frozenset(
    {"户主", "配偶", "妻子", "丈夫", "长子", "次子", "长女", "次女", "孙子", "孙女", "母亲", "父亲"}
)
_SIMPLE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_BETWEEN = re.compile(r"[、,,;；/\n]+|\s{2,}")
_BRACKETED = re.compile(r"(.+?)[((]([^()()]{1,6})[))]")
_SAID_OF_A_PERSON = frozenset(
    {"已故", "故", "亡", "男", "女", "党员", "移民", "预备党员", "流动", "外出", "幼", "残", "军"}
)
_MARK = re.compile(r"^[*★☆▲△●○#]+|[*★☆▲△●○#]+$")


def looks_like_name(cell: Cell) -> bool:
    """Whether a cell could be the name of a person."""
    if not isinstance(cell, str):
        return False
    name = tidy_name(cell)
    if _LONG_NAME.fullmatch(name):
        return True
    if not _PERSON.fullmatch(name) or name[0] not in SURNAMES:
        return False
    return name not in _KINDRED and not name.endswith(_NO_PERSON)


def _without_remark(name: str) -> str:
    """A name without what is said of the person in brackets: 冉红军(户主); other brackets belong to the
    name.
    """
    hit = _BRACKETED.fullmatch(name)
    if hit and (hit[2] in _SAID_OF_A_PERSON or RELATION.code_of(hit[2]) is not None):
        return hit[1]
    return name


def _text_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = text_of(cell)
        if is_nothing(text):
            return NOTHING
        return Finding(None, FORMULA_ERROR, {"value": text}) if is_error(text) else text

    return parse


def _address_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        if is_nothing(text):
            return NOTHING
        return Finding(None, FORMULA_ERROR, {"value": text}) if is_error(text) else text

    return parse


def _name_parser(_: ColumnFacts) -> Parser:
    simple = _SIMPLE.fullmatch

    def parse(cell: Cell) -> object:
        if isinstance(cell, str) and simple(cell):
            return NOTHING if cell == "暂无" or cell == "没有" else cell
        name = tidy_name(_without_remark(_MARK.sub("", text_of(cell).strip())))
        if not name:
            return None
        if is_nothing(name):
            return NOTHING
        return Finding(None, FORMULA_ERROR, {"value": name}) if is_error(text_of(cell)) else name

    return parse


def _names_parser(facts: ColumnFacts) -> Parser:
    one = _name_parser(facts)

    def parse(cell: Cell) -> object:
        if not isinstance(cell, str):
            return one(cell)
        names = [one(part) for part in _BETWEEN.split(cell.strip()) if part.strip()]
        found = tuple(name for name in names if isinstance(name, str))
        return found or NOTHING

    return parse


TEXT = ValueType("text", _text_parser)
"""Any text, as it stands; numbers without ``.0``."""

ADDRESS = ValueType("address", _address_parser)
"""An address or other text in which spaces mean nothing."""

NAME = ValueType("name", _name_parser, looks_like_name, specific=True)
"""One person's name: «张 三» is 张三, middle dots are «·»."""

NAMES = ValueType("names", _names_parser, looks_like_name)
"""Several persons in one cell, separated by 、 or line breaks: a tuple of names."""
