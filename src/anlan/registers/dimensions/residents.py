"""Dimensions of residents (``Person``): who they are, and what is verified about their resettlement."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import EDUCATION, ETHNIC_GROUP, HAN, RESETTLEMENT_MODE, SEX, SUPPORT_MODE
from anlan.kernel.unchanged import while_unchanged
from anlan.registers.dimensions.bands import RESIDENT_AGES, age_bands
from anlan.registers.dimensions.dimension import (
    NONE,
    NOT_STATED,
    Dimension,
    Option,
    Text,
    Union,
    banded,
    coded,
    dated,
    grouped,
)
from anlan.registers.dimensions.members import MINORITIES, UNKNOWN_SEX
from anlan.registers.models import ResettlementRecord

RECORD = dated("resettled_on_day", "resettlements")
_LEVELS: tuple[tuple[str, Text, str], ...] = (
    ("graduate", _("研究生"), "1"),
    ("university", _("大学本科"), "2"),
    ("college", _("大学专科"), "3"),
    ("vocational", _("中等职业教育"), "4"),
    ("senior", _("高中"), "6"),
    ("junior", _("初中"), "7"),
    ("primary", _("小学"), "8"),
    ("illiterate", _("文盲或半文盲、学龄前"), "90"),
)
"""Levels of GB/T 4658 by the first digits of its codes; 50 and 99 are other."""


def _levels() -> list[tuple[str, Text, Sequence[str]]]:
    return [
        (value, label, [code for code in EDUCATION.names if code.startswith(digits)])
        for value, label, digits in _LEVELS
    ]


SEX_OF_RESIDENT = coded("sex", _("性别"), "sex", SEX, not_stated=UNKNOWN_SEX)
ETHNIC_GROUP_OF_RESIDENT = coded("ethnic_group", _("民族"), "ethnic_group", ETHNIC_GROUP)
MINORITY_OF_RESIDENT = grouped(
    "minority",
    _("汉族与少数民族"),
    "ethnic_group",
    (("han", _("汉族"), (HAN,)), ("minority", _("少数民族"), MINORITIES)),
)
AGE_OF_RESIDENT = banded(
    "age_band",
    _("年龄"),
    "birth_date",
    lambda day: age_bands(RESIDENT_AGES, day),
    unions=(Union("from_60", _("60岁及以上"), ("60_69", "70_79", "from_80")),),
)
EDUCATION_OF_RESIDENT = grouped("education_level", _("文化程度"), "education", _levels())
MODE = coded(
    "resettlement_mode", _("安置方式"), "resettled_on_day__mode", RESETTLEMENT_MODE, relations=RECORD
)
SUPPORT = coded(
    "support_mode", _("扶持方式"), "resettled_on_day__support_mode", SUPPORT_MODE, relations=RECORD
)


def _years(day: date) -> range:
    """The years in which anybody moved, from the records (one query over all of them, kept)."""
    return while_unchanged("years moved", _years_recorded)


def _years_recorded() -> range:
    ends = ResettlementRecord.objects.aggregate(first=Min("moved_on"), last=Max("moved_on"))
    return range(ends["first"].year, ends["last"].year + 1) if ends["first"] else range(0)


def _moved_years(day: date) -> Sequence[Option]:
    named = [Option(str(year), _("%(year)d年") % {"year": year}) for year in _years(day)]
    return (*named, Option(NONE, NOT_STATED))


def _moved_in(day: date) -> Mapping[str, Q]:
    column = "resettled_on_day__moved_on"
    found = {
        str(year): Q(**{f"{column}__gte": date(year, 1, 1), f"{column}__lte": date(year, 12, 31)})
        for year in _years(day)
    }
    return {**found, NONE: Q(**{f"{column}__isnull": True})}


MOVED_YEAR = Dimension("moved_year", _("搬迁年份"), _moved_years, _moved_in, RECORD)

RESIDENT_DIMENSIONS = (
    SEX_OF_RESIDENT,
    MINORITY_OF_RESIDENT,
    ETHNIC_GROUP_OF_RESIDENT,
    AGE_OF_RESIDENT,
    EDUCATION_OF_RESIDENT,
    MODE,
    SUPPORT,
    MOVED_YEAR,
)
