"""The break-downs there are: one line each. The page, the sheet and the report are made from this list."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.registers.dimensions import Dimension
from anlan.registers.dimensions import members as of_members
from anlan.registers.dimensions import organizations as of_organizations
from anlan.registers.dimensions import residents as of_residents

Text = str | Promise
Population = Literal["organizations", "members", "residents", "households"]
ChartKind = Literal["bar", "share", ""]

TITLES: dict[Population, Text] = {
    "organizations": _("党组织"),
    "members": _("党员"),
    "residents": _("移民人口"),
    "households": _("移民户"),
}
UNITS: dict[Population, Text] = {
    "organizations": _("个"),
    "members": _("名"),
    "residents": _("人"),
    "households": _("户"),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A population divided along a dimension.

    ``used_only`` leaves out values that nobody has (56 ethnic groups); 未填 and 其他 are always left out when
    empty, for they say something only where there is something. ``source`` is the text the bands come from.
    """

    population: Population
    dimension: Dimension
    title: Text
    chart: ChartKind = "bar"
    used_only: bool = False
    note: Text = ""

    @property
    def code(self) -> str:
        """Stable name, for anchors, sheets and the report's template: ``members_age_band``."""
        return f"{self.population}_{self.dimension.code}"


_EDUCATION_NOTE = _(
    "按党内统计口径：职高、技校和普通高中计入「高中、中技」，中专单列，小学、文盲计入「初中及以下」。"
)
_AGE_NOTE = _("年龄按统计日的周岁计算。")

BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown("organizations", of_organizations.KIND, _("党组织类别")),
    Breakdown("organizations", of_organizations.TIER, _("党组织层级"), "share"),
    Breakdown("organizations", of_organizations.SETUP, _("党组织组建方式")),
    Breakdown(
        "organizations",
        of_organizations.ELECTION,
        _("党组织换届情况"),
        note=_("「临近届满」指任期将在规定的提醒期内届满；党小组不设届次，计入「届期未填」。"),
    ),
    Breakdown("organizations", of_organizations.FOUNDED, _("党组织成立时间")),
    Breakdown("members", of_members.SEX_OF_MEMBER, _("党员性别"), "share"),
    Breakdown("members", of_members.MINORITY_OF_MEMBER, _("党员中的少数民族"), "share"),
    Breakdown("members", of_members.ETHNIC_GROUP_OF_MEMBER, _("党员民族"), used_only=True),
    Breakdown("members", of_members.STAGE, _("党员人员类别"), "share"),
    Breakdown("members", of_members.AGE_OF_MEMBER, _("党员年龄"), note=_AGE_NOTE),
    Breakdown("members", of_members.EDUCATION_OF_MEMBER, _("党员学历"), note=_EDUCATION_NOTE),
    Breakdown("members", of_members.JOINED, _("党员入党时间")),
    Breakdown(
        "members",
        of_members.FLOATING,
        _("党员流动情况"),
        note=_("去向按登记的文字判断；写得不清楚的计入「流动，去向不明」。"),
    ),
    Breakdown("residents", of_residents.SEX_OF_RESIDENT, _("移民性别"), "share"),
    Breakdown("residents", of_residents.MINORITY_OF_RESIDENT, _("移民中的少数民族"), "share"),
    Breakdown("residents", of_residents.ETHNIC_GROUP_OF_RESIDENT, _("移民民族"), used_only=True),
    Breakdown("residents", of_residents.AGE_OF_RESIDENT, _("移民年龄"), note=_AGE_NOTE),
    Breakdown("residents", of_residents.EDUCATION_OF_RESIDENT, _("移民文化程度")),
    Breakdown("residents", of_residents.MODE, _("移民安置方式")),
    Breakdown("residents", of_residents.SUPPORT, _("移民扶持方式"), "share"),
    Breakdown("residents", of_residents.MOVED_YEAR, _("移民搬迁年份"), used_only=True),
)


@dataclass(frozen=True, slots=True)
class PlaceColumn:
    """A column of the tables by area and by organisation: everybody, or those of one value of a dimension."""

    population: Population
    title: Text
    dimension: Dimension | None = None
    value: str = ""

    @property
    def code(self) -> str:
        """Stable name: ``members``, ``members_sex_2``."""
        own = self.dimension.code if self.dimension else ""
        return "_".join(part for part in (self.population, own, self.value) if part)


PLACE_COLUMNS: tuple[PlaceColumn, ...] = (
    PlaceColumn("organizations", _("党组织")),
    PlaceColumn("organizations", _("超期未换届"), of_organizations.ELECTION, of_organizations.OVERDUE),
    PlaceColumn("members", _("党员")),
    PlaceColumn("members", _("女党员"), of_members.SEX_OF_MEMBER, "2"),
    PlaceColumn("members", _("少数民族党员"), of_members.MINORITY_OF_MEMBER, "minority"),
    PlaceColumn("members", _("61岁及以上党员"), of_members.AGE_OF_MEMBER, "from_61"),
    PlaceColumn("members", _("大专及以上党员"), of_members.EDUCATION_OF_MEMBER, "college_up"),
    PlaceColumn("members", _("流动党员"), of_members.FLOATING, "yes"),
    PlaceColumn("households", _("移民户")),
    PlaceColumn("residents", _("移民人口")),
    PlaceColumn("residents", _("60岁及以上移民"), of_residents.AGE_OF_RESIDENT, "from_60"),
)
BOARD_COLUMNS: tuple[PlaceColumn, ...] = (
    PlaceColumn("households", _("移民户")),
    PlaceColumn("residents", _("移民人口")),
    PlaceColumn("organizations", _("党组织")),
    PlaceColumn("organizations", _("超期未换届"), of_organizations.ELECTION, of_organizations.OVERDUE),
    PlaceColumn("members", _("党员")),
    PlaceColumn("members", _("外出流动党员"), of_members.FLOATING, "yes"),
)
"""The key figures of a board: few, and none that has to look at every resident."""
ORGANIZATION_COLUMNS = tuple(column for column in PLACE_COLUMNS if column.population == "members")
