"""Dimensions of members (``Membership``): the break-downs of Party statistics (rules.md 5.3)."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import ETHNIC_GROUP, HAN, MEMBERSHIP_STAGE, PARTY_EDUCATION_BANDS, SEX
from anlan.places.models import Area
from anlan.places.rules import AreaKind
from anlan.registers.dimensions.bands import JOINING, MEMBER_AGES, age_bands, periods
from anlan.registers.dimensions.dimension import Dimension, Option, Union, banded, coded, dated, grouped
from anlan.registers.dimensions.populations import MEMBER_STAGES
from anlan.registers.dimensions.provinces import PROVINCES

MINORITIES = tuple(code for code in ETHNIC_GROUP.names if code != HAN)
UNKNOWN_SEX = ("0", "9")
NOT_FLOATING, IN_COUNTY, IN_PROVINCE = "no", "county", "province"
OTHER_PROVINCE, UNCLEAR = "beyond", "unclear"
_AT_HOME = ("本县", "县内", "县城", "本乡", "本镇", "本区")

SEX_OF_MEMBER = coded("sex", _("性别"), "person__sex", SEX, not_stated=UNKNOWN_SEX)
ETHNIC_GROUP_OF_MEMBER = coded("ethnic_group", _("民族"), "person__ethnic_group", ETHNIC_GROUP)
MINORITY_OF_MEMBER = grouped(
    "minority",
    _("汉族与少数民族"),
    "person__ethnic_group",
    (("han", _("汉族"), (HAN,)), ("minority", _("少数民族"), MINORITIES)),
)
STAGE = grouped(
    "stage",
    _("人员类别"),
    "stage",
    tuple((stage, MEMBERSHIP_STAGE.name_of(stage), (stage,)) for stage in MEMBER_STAGES),
)
AGE_OF_MEMBER = banded(
    "age_band",
    _("年龄"),
    "person__birth_date",
    lambda day: age_bands(MEMBER_AGES, day),
    unions=(Union("to_35", _("35岁及以下"), ("to_30", "31_35")),),
)
EDUCATION_OF_MEMBER = grouped(
    "education_level",
    _("学历"),
    "person__education",
    PARTY_EDUCATION_BANDS,
    unions=(Union("college_up", _("大专及以上"), ("1", "2", "3")),),
)
JOINED = banded("joined_band", _("入党时间"), "joined_on", lambda day: periods(JOINING))


def _where_they_went(day: date) -> Mapping[str, Q]:
    """Conditions on the destination as written; what names no province and no place of the county is unclear.

    One query for the county's own names on the day.
    """
    kinds = (AreaKind.COUNTY, AreaKind.TOWNSHIP)
    own = list(Area.objects.on(day).filter(kind__in=kinds).values_list("code", "name", "kind"))
    own_province = {code[:2] for code, _name, kind in own if kind == AreaKind.COUNTY}
    column = "floating_on_day__destination"
    away = Q(floating_on_day__isnull=False)
    home = _any(
        [
            *(Q(**{f"{column}__contains": name}) for _code, name, kind in own if kind == AreaKind.COUNTY),
            *(Q(**{f"{column}__startswith": name}) for _code, name, kind in own if kind != AreaKind.COUNTY),
            *(Q(**{f"{column}__startswith": word}) for word in _AT_HOME),
        ]
    )
    inside = _any([Q(**{f"{column}__startswith": n}) for c, n in PROVINCES.items() if c in own_province])
    beyond = _any([Q(**{f"{column}__startswith": n}) for c, n in PROVINCES.items() if c not in own_province])
    return {
        NOT_FLOATING: ~away,
        IN_COUNTY: away & home,
        IN_PROVINCE: away & inside & ~home,
        OTHER_PROVINCE: away & beyond & ~home,
        UNCLEAR: away & ~home & ~inside & ~beyond,
    }


def _any(conditions: list[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=()))


_FLOATING = (
    Option(NOT_FLOATING, _("未外出流动")),
    Option(IN_COUNTY, _("县内流动")),
    Option(IN_PROVINCE, _("省内县外流动")),
    Option(OTHER_PROVINCE, _("跨省流动")),
    Option(UNCLEAR, _("流动，去向不明")),
)
FLOATING = Dimension(
    "floating",
    _("流动"),
    lambda day: _FLOATING,
    _where_they_went,
    dated("floating_on_day", "person__floating_spells"),
    unions=(
        Union(
            "yes",
            _("外出流动"),
            (IN_COUNTY, IN_PROVINCE, OTHER_PROVINCE, UNCLEAR),
            Q(floating_on_day__isnull=False),
        ),
    ),
)

MEMBER_DIMENSIONS = (
    SEX_OF_MEMBER,
    MINORITY_OF_MEMBER,
    ETHNIC_GROUP_OF_MEMBER,
    STAGE,
    AGE_OF_MEMBER,
    EDUCATION_OF_MEMBER,
    JOINED,
    FLOATING,
)
