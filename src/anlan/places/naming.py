"""How areas are written by hand: one spelling for a village group, a text of several levels taken apart."""

import re
from typing import NamedTuple

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
