"""The days known when the program was made: the State Council's notices, and after them what the law fixes.

Authority: 全国年节及纪念日放假办法 (State Council order 795, in force 2025-01-01): New Year 1 day, Spring
Festival 4 (from the eve), Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar.constants import Holiday, holidays, in_lieu_days, workdays
from lunar_python import Lunar, Solar

from anlan.kernel.models import DayKind

NOTICE = "国务院办公厅关于节假日安排的通知"
LAW = "全国年节及纪念日放假办法（国务院令第795号）"
LAW_FROM, LAW_TO = 2025, 2100
"""Since when the order holds, and up to when the lunar calendar is looked up; both inclusive."""
_NAMES = {
    Holiday.new_years_day: "元旦",
    Holiday.spring_festival: "春节",
    Holiday.tomb_sweeping_day: "清明节",
    Holiday.labour_day: "劳动节",
    Holiday.dragon_boat_festival: "端午节",
    Holiday.national_day: "国庆节",
    Holiday.mid_autumn_festival: "中秋节",
    Holiday.anti_fascist_70th_day: "抗战胜利70周年纪念日",
}
_BY_ENGLISH = {holiday.value: name for holiday, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that differs from the plain week."""

    day: date
    kind: DayKind
    name: str
    provisional: bool
    source: str


def announced_days() -> Iterator[KnownDay]:
    """Every day of the notices the library knows, 2004 on."""
    for day, name in holidays.items():
        kind = DayKind.REST if day in in_lieu_days else DayKind.HOLIDAY
        yield KnownDay(day, kind, _BY_ENGLISH[name], False, NOTICE)
    for day, name in workdays.items():
        yield KnownDay(day, DayKind.WORK, _BY_ENGLISH[name], False, NOTICE)


def last_announced_year() -> int:
    """The last year whose notice is known."""
    return int(max(holidays).year)


def law_fixed_days(year: int) -> list[KnownDay]:
    """The holidays the law fixes in a year whose notice is still to come, in order; provisional."""
    new_year = _lunar(year, 1, 1)
    days = [
        (date(year, 1, 1), "元旦"),
        *((new_year + timedelta(days=offset), "春节") for offset in range(-1, 3)),
        (_qingming(year), "清明节"),
        (date(year, 5, 1), "劳动节"),
        (date(year, 5, 2), "劳动节"),
        (_lunar(year, 5, 5), "端午节"),
        (_lunar(year, 8, 15), "中秋节"),
        *((date(year, 10, number), "国庆节") for number in (1, 2, 3)),
    ]
    known = {day: KnownDay(day, DayKind.HOLIDAY, name, True, LAW) for day, name in days}
    return [known[day] for day in sorted(known)]


def known_days() -> Iterator[KnownDay]:
    """The announced years and the one after them."""
    yield from announced_days()
    yield from law_fixed_days(last_announced_year() + 1)


def _lunar(year: int, month: int, day: int) -> date:
    return _plain(Lunar.fromYmd(year, month, day).getSolar())


def _qingming(year: int) -> date:
    return _plain(Lunar.fromYmd(year, 2, 15).getJieQiTable()["清明"])


def _plain(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
