"""The official sheets of the registers: 移民人口登记表, 党员花名册, 党组织情况统计表.

Their headers are words the importer knows and their cells what it reads, so that a sheet with full numbers
comes back in without changing anything. The columns are those that offices keep.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    MARITAL_STATUS,
    MEMBERSHIP_STAGE,
    ORGANIZATION_KIND,
    RELATION,
    RESETTLEMENT_MODE,
    SETUP_MODE,
    SEX,
    SUPPORT_MODE,
)
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.protection import mask_phone
from anlan.registers.models import Person
from anlan.registers.tables.shown import full_phones, masked_id, masked_phones
from anlan.web.listing import Column, Layout

NOWHERE = ("", "", "")
"""Township, village, group of a row without a place."""
_HOME, _MOVE, _FLOATING, _SECRETARY, _TERM = (
    _("现居住地"),
    _("搬迁安置"),
    _("流动情况"),
    _("书记"),
    _("换届"),
)


def _day(day: Any, precision: str) -> PartialDate | None:
    return PartialDate(day, precision or "day") if day else None  # type: ignore[arg-type]


def _education(person: Person) -> str:
    return person.education_text or EDUCATION.name_of(person.education)


def _of_record(name: str) -> Any:
    return lambda row: getattr(row.record, name) if row.record else ""


def _marital(person: Person) -> str:
    return MARITAL_STATUS.name_of(person.marital_status)


def _founded(row: Any) -> PartialDate | None:
    return _day(row.founded_on, row.founded_precision)


def _sex(person: Person) -> str:
    return SEX.name_of(person.sex)


RESIDENT_LAYOUT = Layout(
    title=_("移民人口登记表"),
    order=("home_code", "home_number", "home_household_id", "home_relation", "birth_date", "pk"),
    block=lambda row: row.home.household.pk if row.home else row.pk,
    block_unit=_("户"),
    columns=(
        Column("township", _("乡镇"), value=lambda row: row.parts[0], group=_HOME, wide=10),
        Column("village", _("村"), value=lambda row: row.parts[1], group=_HOME, wide=10),
        Column("group", _("组"), value=lambda row: row.parts[2], group=_HOME, wide=7),
        Column(
            "household_number",
            _("户编号"),
            value=lambda row: row.home.household.number if row.home else "",
            kind="code",
            wide=13,
        ),
        Column("head_name", _("户主姓名"), wide=9),
        Column("name", _("姓名"), wide=9),
        Column(
            "relation",
            _("与户主关系"),
            value=lambda row: RELATION.name_of(row.home.relation) if row.home else "",
            wide=8,
        ),
        Column("sex", _("性别"), value=_sex, wide=5),
        Column("ethnic_group", _("民族"), value=lambda row: ETHNIC_GROUP.name_of(row.ethnic_group), wide=7),
        Column(
            "id_number",
            _("身份证号码"),
            value=masked_id,
            plain=lambda row: row.plain_id_number(),
            kind="code",
            protected=True,
            wide=20,
        ),
        Column("education", _("文化程度"), value=_education, wide=9),
        Column(
            "marital_status",
            _("婚姻状况"),
            value=lambda row: MARITAL_STATUS.name_of(row.marital_status),
            wide=7,
        ),
        Column(
            "moved_on",
            _("搬迁时间"),
            value=lambda row: _day(row.record.moved_on, row.record.moved_precision) if row.record else "",
            group=_MOVE,
            wide=11,
        ),
        Column("from_place", _("迁出地"), value=_of_record("from_place"), group=_MOVE, wide=16),
        Column(
            "mode",
            _("安置方式"),
            value=lambda row: RESETTLEMENT_MODE.name_of(row.record.mode) if row.record else "",
            group=_MOVE,
            wide=10,
        ),
        Column(
            "support_mode",
            _("扶持方式"),
            value=lambda row: SUPPORT_MODE.name_of(row.record.support_mode) if row.record else "",
            wide=9,
        ),
        Column("register_number", _("核定登记号"), value=_of_record("register_number"), kind="code", wide=15),
        Column(
            "phone",
            _("联系电话"),
            value=lambda row: masked_phones(row.phones),
            plain=lambda row: full_phones(row.phones),
            kind="code",
            protected=True,
            wide=13,
        ),
    ),
)

MEMBER_LAYOUT = Layout(
    title=_("党员花名册"),
    order=("organization__path", "person__pinyin", "pk"),
    columns=(
        Column("township", _("乡镇"), value=lambda row: row.parts[0], wide=10),
        Column("village", _("村"), value=lambda row: row.parts[1], wide=10),
        Column("branch", _("所在党支部"), value=lambda row: row.organization_name, wide=24),
        Column("name", _("姓名"), value="person.name", wide=9),
        Column("sex", _("性别"), value=lambda row: _sex(row.person), wide=5),
        Column(
            "ethnic_group",
            _("民族"),
            value=lambda row: ETHNIC_GROUP.name_of(row.person.ethnic_group),
            wide=7,
        ),
        Column(
            "birth_date",
            _("出生日期"),
            value=lambda row: _day(row.person.birth_date, row.person.birth_precision),
            wide=11,
        ),
        Column(
            "id_number",
            _("身份证号码"),
            value=lambda row: masked_id(row.person),
            plain=lambda row: row.person.plain_id_number(),
            kind="code",
            protected=True,
            wide=20,
        ),
        Column("education", _("学历"), value=lambda row: _education(row.person), wide=10),
        Column("stage", _("人员类别"), value=lambda row: MEMBERSHIP_STAGE.name_of(row.stage), wide=9),
        Column(
            "joined_on", _("入党时间"), value=lambda row: _day(row.joined_on, row.joined_precision), wide=11
        ),
        Column(
            "full_member_on",
            _("转正时间"),
            value=lambda row: _day(row.full_member_on, row.full_member_precision),
            wide=11,
        ),
        Column("post", _("党内职务"), wide=10),
        Column(
            "is_resettler",
            _("是否移民"),
            value=lambda row: {True: _("是"), False: _("否")}.get(row.is_resettler, ""),
            wide=6,
        ),
        Column(
            "is_floating",
            _("是否流动"),
            value=lambda row: _("是") if row.spell else "",
            group=_FLOATING,
            wide=6,
        ),
        Column(
            "floating_to",
            _("流入地"),
            value=lambda row: row.spell.destination if row.spell else "",
            group=_FLOATING,
            wide=14,
        ),
        Column(
            "floating_since",
            _("外出时间"),
            value=lambda row: _day(row.spell.since, row.spell.since_precision) if row.spell else "",
            group=_FLOATING,
            wide=10,
        ),
        Column(
            "phone",
            _("联系电话"),
            value=lambda row: masked_phones(row.phones),
            plain=lambda row: full_phones(row.phones),
            kind="code",
            protected=True,
            wide=13,
        ),
    ),
)

ORGANIZATION_LAYOUT = Layout(
    title=_("党组织情况统计表"),
    order=("path", "pk"),
    columns=(
        Column("name", _("党组织名称"), value=lambda row: row.shown_name, wide=28),
        Column("parent", _("上级党组织"), value=lambda row: row.parent_name, wide=24),
        Column("kind", _("类别"), value=lambda row: ORGANIZATION_KIND.name_of(row.kind), wide=9),
        Column("area", _("所在地"), value=lambda row: row.place, wide=18),
        Column("setup_mode", _("组建方式"), value=lambda row: SETUP_MODE.name_of(row.setup_mode), wide=11),
        Column(
            "founded_on",
            _("成立时间"),
            value=lambda row: _day(row.founded_on, row.founded_precision),
            wide=11,
        ),
        Column(
            "elected_on",
            _("换届时间"),
            value=lambda row: _day(row.elected_on, row.elected_precision),
            group=_TERM,
            wide=11,
        ),
        Column(
            "election_due_on",
            _("届满时间"),
            value=lambda row: _day(row.election_due_on, "day"),
            group=_TERM,
            wide=11,
        ),
        Column("secretary", _("姓名"), value=lambda row: row.secretary, group=_SECRETARY, wide=9),
        Column(
            "secretary_phone",
            _("联系电话"),
            value=lambda row: mask_phone(row.secretary_phone) if row.secretary_phone else "",
            plain=lambda row: row.secretary_phone,
            group=_SECRETARY,
            kind="code",
            protected=True,
            wide=13,
        ),
        Column("members", _("党员人数"), value=lambda row: row.members, kind="number", total=True, wide=9),
    ),
)
