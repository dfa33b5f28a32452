"""What the title, the unit line, the sheet's name and headings between lines say about the lines."""

import re
from collections.abc import Iterable
from datetime import date

from anlan.kernel.names import plain
from anlan.kernel.partial_dates import DAY, YEAR, parse
from anlan.sheets.layout import is_unit_line
from anlan.sheets.lines import Evidence

_HAN = r"[\u4e00-\u9fff]"
_COUNTY = re.compile(rf"^({_HAN}{{1,6}}?(?:自治县|县))(?={_HAN}|$)")
_TOWNSHIP = re.compile(rf"^({_HAN}{{1,5}}?(?:街道|镇|乡))(?:办事处|人民政府|政府|党委)?")
_VILLAGE = re.compile(rf"^({_HAN}{{1,6}}?(?:社区|村))(?:村民委员会|居民委员会|村委会|居委会|委会)?")
_GROUP = re.compile(r"^(第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组|社))")
_BRANCH = re.compile(
    rf"(?:中共|中国共产党)?(?:{_HAN}|\d|[()])*?(?:党支部委员会|党支部|党总支部|党总支|党工委|工作委员会|党委|委员会|支部)"
)
_SHEET_DEFAULT = re.compile(r"^(?:sheet|工作表|表|页)\s*\d*$", re.IGNORECASE)
_DATED = re.compile(
    r"(?:填报|填表|填制|编制|制表|统计|上报|报送|采集|截[至止]|数据)?\s*(?:日期|时间|截[至止](?:日期|时间|到)?)\s*[::]?\s*"
    r"([\d〇零一二三四五六七八九十]{2,4}\s*[年./-][^,;;、::\u4e00-\u9fff]*(?:[\d〇一二三四五六七八九十]+\s*[月日号]?)*)"
)
_UNIT = re.compile(r"(?:填报|填制|编制|报送|制表|填表|上报|统计)?单位(?:\(盖章\))?\s*[::]\s*([^\s::]+)")
_NO_NAME_WORDS = (
    "乡镇 镇乡 村镇 城镇 集镇 本镇 全镇 各镇 各乡镇 全县 本县 各县 本乡 全乡 "
    "本村 全村 各村 行政村 建制村 所在村 村社区"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
"""Words that end like the name of a place and name none."""
_ANNEX = re.compile(r"^(?:附件|附表|附|表)\s*[\d一二三四五六七八九十]*\s*[-—\d]*[::]?\s*$")
_LABEL = re.compile(rf"^{_HAN}{{1,6}}[::](?=.)")
"""What says what follows: 党支部：水泉村党支部."""
_LEAD = re.compile(r"^(?:[一二三四五六七八九十]+、|[((][一二三四五六七八九十\d]+[))]|\d+[.、])")


def place_of(text: str) -> Evidence:
    """The places and the organisation a text begins with: «安澜县大榕镇水泉村移民人口登记表»."""
    whole = _LABEL.sub("", _LEAD.sub("", plain(text).replace(" ", "")))
    organization = _organization_in(whole)
    rest = text = whole.removeprefix("中共").removeprefix("中国共产党")
    found: dict[str, str] = {}
    for name, pattern in (
        ("county", _COUNTY),
        ("township", _TOWNSHIP),
        ("village", _VILLAGE),
        ("group", _GROUP),
    ):
        if name == "group" and "village" not in found and rest != text:
            continue
        hit = pattern.match(rest)
        if hit and hit[1] not in _NO_NAMES and not hit[1].startswith("移民"):
            found[name] = hit[1]
            rest = rest[hit.end() :]
    return Evidence(organization=organization, **found)


def _organization_in(text: str) -> str:
    hit = _BRANCH.match(text)
    if hit is None or hit[0].endswith(("村民委员会", "居民委员会")) or "村委员会" in hit[0]:
        return ""
    found = hit[0]
    return found if len(found) > 3 else ""


def evidence_of(sheet_name: str, texts: Iterable[str]) -> tuple[Evidence, date | None]:
    """What the sheet's name and the texts above its header say; the sheet's name is the nearest and wins."""
    found = Evidence()
    as_of: date | None = None
    for text in texts:
        as_of = as_of or date_in(text)
        unit = _UNIT.search(plain(text))
        if unit:
            found = over(place_of(unit[1]), found)
        elif _LABEL.match(plain(text)):
            found = over(place_of(text), found)
        elif not is_unit_line(text):
            found = over(found, place_of(text))
    if is_named(sheet_name):
        found = over(place_of(sheet_name), found)
    return found, as_of


def is_named(sheet_name: str) -> bool:
    """Whether somebody gave a sheet its name: Sheet1 and 工作表1 are what programs write."""
    return not _SHEET_DEFAULT.match(sheet_name.strip())


def over(near: Evidence, far: Evidence) -> Evidence:
    """The nearer evidence where it says something, else the farther."""
    return Evidence(
        near.township or far.township,
        near.village or far.village,
        near.group or far.group,
        near.organization or far.organization,
        near.county or far.county,
    )


def date_in(text: str) -> date | None:
    """The day from which a unit line says its facts hold; the last of a month, none for a mere year."""
    hit = _DATED.search(plain(text))
    if hit is None:
        return None
    found = parse(hit[1].strip())
    if found is None or found.precision == YEAR:
        return None
    return found.date if found.precision == DAY else found.last


def title_of(texts: Iterable[str]) -> str:
    """The sheet's title: the first text above the header that is no unit line and no number of an annex."""
    return next((text for text in texts if not is_unit_line(text) and not _ANNEX.match(text)), "")
