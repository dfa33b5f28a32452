"""Names of places and organisations."""

import re
from typing import NamedTuple

from anlan.sheets.lines import NOTHING
from anlan.sheets.values.base import Cell, ColumnFacts, Parser, ValueType, is_nothing, squeezed, unknown

_NUMERALS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_GROUP_NUMBER = re.compile(
    r"第?([\d]{1,3}|[〇零一二两三四五六七八九十]{1,3})(?:村民小组|居民小组|小组|村民组|居民组|组|社|队|号)?"
)
_GROUP_NAME = re.compile(r"(.{1,8}?)(?:村民小组|居民小组|小组|村民组|组|社)")
_BEFORE_GROUP = re.compile(r"^(?:.*?(?:村|社区|居委会|居))(?=.)")
_PATH = re.compile(
    r"(?:(?P<county>[\u4e00-\u9fff]{1,8}?(?:县|自治县|区|市))(?=[\u4e00-\u9fff]{2}))?"
    r"(?:(?P<township>[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡))(?:办事处)?)?"
    r"(?:(?P<village>[\u4e00-\u9fff]{1,8}?(?:社区|村|居委会)))?"
    r"(?:村民委员会|居民委员会|村委会|居委会|委会)?"
    r"(?P<group>第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组|社)?|[\u4e00-\u9fff]{1,4}(?:组|社))?"
)
_TOWNSHIP = ("镇", "乡", "街道", "街道办", "办事处")
_VILLAGE = ("村", "社区", "居委会", "村委会", "村民委员会", "居民委员会", "居")
_ORGANIZATION = ("支部", "党委", "总支", "工委", "党组", "党小组", "支部委员会", "总支部", "委员会")


class PlacePath(NamedTuple):
    """A place as far as a text names it; "" for levels it does not name."""

    township: str = ""
    village: str = ""
    group: str = ""
    county: str = ""


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[c]) for c in word))
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def group_name(text: str) -> str:
    """One spelling for a village group: 一组, 1组, 1社, 第1村民小组 and 1 are «1组»; 大湾社 is «大湾组»."""
    whole = _GROUP_NUMBER.fullmatch(text)
    if whole is None:
        text = _BEFORE_GROUP.sub("", text)
        whole = _GROUP_NUMBER.fullmatch(text)
    if whole and not (whole[1].count("十") > 1 or whole[1] in ("〇", "零")):
        return f"{_number(whole[1])}组"
    named = _GROUP_NAME.fullmatch(text)
    return f"{named[1]}组" if named else text


def place_path(text: str) -> PlacePath | None:
    """A text such as 大榕镇水泉村3组 taken apart; None when it is not made of place names alone."""
    hit = _PATH.fullmatch(text)
    if hit is None or not any(hit.groups()):
        return None
    group = hit["group"]
    return PlacePath(
        hit["township"] or "", hit["village"] or "", group_name(group) if group else "", hit["county"] or ""
    )


def _place_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        return NOTHING if is_nothing(text) else text

    return parse


def _group_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        return NOTHING if is_nothing(text) else group_name(text)

    return parse


def _path_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        if is_nothing(text):
            return NOTHING
        return place_path(text) or unknown(cell)

    return parse


_HIGHER = re.compile(r"(?:镇|乡|街道)(?=.)")


def looks_like_township(cell: Cell) -> bool:
    """Whether a cell is the name of a township by itself."""
    text = squeezed(cell)
    return isinstance(cell, str) and len(text) <= 10 and text.endswith(_TOWNSHIP)


def looks_like_village(cell: Cell) -> bool:
    """A village or community by itself; with its township before it, it could be any address."""
    text = squeezed(cell)
    return isinstance(cell, str) and len(text) <= 12 and text.endswith(_VILLAGE) and not _HIGHER.search(text)


def looks_like_organization(cell: Cell) -> bool:
    """Whether a cell is the name of a Party organisation."""
    text = squeezed(cell)
    return (
        isinstance(cell, str)
        and text.rstrip("0123456789").endswith(_ORGANIZATION)
        and "村民委员会" not in text
    )


def _looks_like_place(cell: Cell) -> bool:
    return isinstance(cell, str) and not squeezed(cell).isdigit()


def _looks_like_group(cell: Cell) -> bool:
    text = squeezed(cell)
    return text.endswith(("组", "社")) and len(text) <= 8 and group_name(text).endswith("组")


TOWNSHIP = ValueType("place", _place_parser, looks_like_township, specific=True)
VILLAGE = ValueType("place", _place_parser, looks_like_village, specific=True)
GROUP = ValueType("group", _group_parser, _looks_like_group, specific=True)
"""A village group in one spelling, see ``group_name``."""
PLACE = ValueType("place", _place_parser, _looks_like_place, firm=True)
"""The name of a place of any level, without spaces."""
PLACE_PATH = ValueType(
    "place_path", _path_parser, lambda cell: bool((p := place_path(squeezed(cell))) and p.village)
)
"""A place of several levels in one cell, taken apart: ``PlacePath``."""
ORGANIZATION = ValueType("organization", _place_parser, looks_like_organization, specific=True)
"""The name of a Party organisation, without spaces."""
