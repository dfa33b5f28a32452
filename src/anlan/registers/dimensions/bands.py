"""Bands of ages and of days, as Party statistics and resettlement registers use them (rules.md 5.3)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import AGE_BANDS
from anlan.registers.dimensions.dimension import Band, Text

_DAY = timedelta(days=1)

RESIDENT_AGES: tuple[tuple[str, Text, int, int], ...] = (
    ("to_5", _("5岁及以下"), 0, 5),
    ("6_17", _("6至17岁"), 6, 17),
    ("18_35", _("18至35岁"), 18, 35),
    ("36_45", _("36至45岁"), 36, 45),
    ("46_59", _("46至59岁"), 46, 59),
    ("60_69", _("60至69岁"), 60, 69),
    ("70_79", _("70至79岁"), 70, 79),
    ("from_80", _("80岁及以上"), 80, 200),
)
"""Bands for a whole population: before school, school, the young, the middle-aged, three bands of old age."""

MEMBER_AGES: tuple[tuple[str, Text, int, int], ...] = AGE_BANDS
"""The bulletin's bands, without children."""

JOINING: tuple[tuple[str, Text, date | None], ...] = (
    ("before_1949", _("1949年9月以前"), None),
    ("to_1966", _("1949年10月至1966年4月"), date(1949, 10, 1)),
    ("to_1976", _("1966年5月至1976年10月"), date(1966, 5, 1)),
    ("to_1978", _("1976年11月至1978年12月十一届三中全会前"), date(1976, 11, 1)),
    ("to_2002", _("1978年12月至2002年11月十六大前"), date(1978, 12, 18)),
    ("to_2012", _("2002年11月至2012年11月十八大前"), date(2002, 11, 8)),
    ("since_2012", _("2012年11月十八大以来"), date(2012, 11, 8)),
)
"""Joining-time bands of the 2014 bulletin: (value, name, first day)."""

FOUNDING: tuple[tuple[str, Text, date | None], ...] = (
    ("before_1978", _("1978年12月以前"), None),
    ("to_1992", _("1978年12月至1992年"), date(1978, 12, 18)),
    ("to_2002", _("1993年至2002年11月"), date(1993, 1, 1)),
    ("to_2012", _("2002年11月至2012年11月"), date(2002, 11, 8)),
    ("since_2012", _("2012年11月以来"), date(2012, 11, 8)),
)
"""Founding periods: the joining-time cuts, and the start of the relocation (1993) between them."""


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; the last of February where there is no 29th.

    Whoever was born on it or before has completed that many years on ``day``.
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_bands(ages: Sequence[tuple[str, Text, int, int]], day: date) -> Sequence[Band]:
    """Bands of birth days for bands of ages in full years, on a day.

    Whoever was born after the day counts as the youngest.
    """
    found = []
    for number, (value, label, first_age, last_age) in enumerate(ages):
        latest = None if number == 0 else years_before(day, first_age)
        earliest = None if number == len(ages) - 1 else years_before(day, last_age + 1) + _DAY
        found.append(Band(value, label, earliest, latest))
    return found


def periods(cuts: Sequence[tuple[str, Text, date | None]]) -> Sequence[Band]:
    """Bands from first days: each ends on the day before the next begins."""
    ends = [start - _DAY if start else None for _value, _label, start in cuts[1:]]
    return [Band(*cut, end) for cut, end in zip(cuts, [*ends, None], strict=True)]


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - _DAY)
