"""What a list is asked for, read from the address. A value that cannot be read becomes a sentence, not an
error.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from anlan.web.context import read_day
from anlan.web.listing.areas import AreaChoice, resolve_area
from anlan.web.listing.columns import Column
from anlan.web.listing.filters import Choice, Filter

LONGEST_SEARCH = 100


@dataclass(slots=True)
class Asked:
    """The query of a list: every value read and valid, what was not in ``faults``."""

    on: date
    today: date
    text: str = ""
    on_given: bool = False
    area: AreaChoice | None = None
    sort: str = ""
    page: int = 1
    chosen: dict[str, Choice] = field(default_factory=dict)
    choices: dict[str, Sequence[Choice]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a list offers to ask for."""

    columns: Sequence[Column]
    filters: Sequence[Filter]
    searches: bool
    areas: bool
    dated: bool


def read(request: HttpRequest, offered: Offered, actor: object, today: date) -> Asked:
    """Read the address of a list. What is wrong or not offered is left out and named in ``faults``."""
    query = request.GET
    asked = Asked(on=today, today=today)
    _read_day(asked, query, offered)
    _read_text(asked, query, offered)
    _read_area(asked, query, offered, actor)
    _read_filters(asked, query, offered, actor)
    _read_sort(asked, query, {column.code for column in offered.columns if column.sort_fields})
    _read_page(asked, query)
    return asked


def _read_day(asked: Asked, query: QueryDict, offered: Offered) -> None:
    text = query.get("on", "").strip()
    if not text:
        return
    day = read_day(text)
    if not offered.dated:
        asked.faults.append(_("这个清单只有现在的情况，日期没有用上。"))
    elif day is None:
        asked.faults.append(
            _("看不懂日期「%(text)s」，请写成 2026-06-30 的样子。现在显示今天的情况。") % {"text": text[:20]}
        )
    else:
        asked.on, asked.on_given = day, True


def _read_text(asked: Asked, query: QueryDict, offered: Offered) -> None:
    text = " ".join(query.get("q", "").replace("\x00", "").split())
    if not text:
        return
    if not offered.searches:
        asked.faults.append(_("这个清单不能按文字查找。"))
        return
    if len(text) > LONGEST_SEARCH:
        asked.faults.append(_("查找的文字太长，只用了前 %(count)d 个字。") % {"count": LONGEST_SEARCH})
    asked.text = text[:LONGEST_SEARCH]


def _read_area(asked: Asked, query: QueryDict, offered: Offered, actor: object) -> None:
    text = query.get("area", "").strip()
    if not text:
        return
    if not offered.areas:
        asked.faults.append(_("这个清单不能按区划筛选。"))
        return
    asked.area = resolve_area(text, actor, asked.on)
    if asked.area is None:
        asked.faults.append(_("没有找到区划「%(text)s」，或者不在您的管辖范围内。") % {"text": text[:40]})


def _read_filters(asked: Asked, query: QueryDict, offered: Offered, actor: object) -> None:
    for offer in offered.filters:
        text = query.get(offer.code, "")
        hit, asked.choices[offer.code] = offer.offered(text, actor, asked.on)
        if not text:
            continue
        if hit is None:
            fault = _("「%(label)s」没有「%(text)s」这一项，没有按它筛选。")
            asked.faults.append(fault % {"label": offer.label, "text": text[:40]})
        else:
            asked.chosen[offer.code] = hit


def _read_sort(asked: Asked, query: QueryDict, sortable: set[str]) -> None:
    text = query.get("sort", "")
    if not text:
        return
    if text.removeprefix("-") in sortable:
        asked.sort = text
    else:
        asked.faults.append(_("不能按「%(text)s」排序，现在用的是平常的顺序。") % {"text": text[:40]})


def _read_page(asked: Asked, query: QueryDict) -> None:
    text = query.get("page", "")
    if not text:
        return
    if text.isascii() and text.isdigit() and 1 <= len(text) <= 7 and int(text) >= 1:
        asked.page = int(text)
    else:
        asked.faults.append(_("没有第「%(text)s」页，现在显示第一页。") % {"text": text[:20]})
