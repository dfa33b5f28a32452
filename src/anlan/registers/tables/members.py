"""The list of Party members: full and probationary, with branch, stage and where the floating are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import EDUCATION, ETHNIC_GROUP, MEMBERSHIP_STAGE, SEX
from anlan.kernel.permissions import holds
from anlan.places.queries import place_parts
from anlan.registers.dimensions import MEMBER_DIMENSIONS, list_filters
from anlan.registers.dimensions.populations import organizations_within
from anlan.registers.models import Membership, Person
from anlan.registers.queries.details import age_on, organization_versions, phones_of, spells_of
from anlan.registers.queries.finding import memberships_matching
from anlan.registers.queries.reach import members_in_reach
from anlan.registers.tables.layouts import MEMBER_LAYOUT, NOWHERE
from anlan.registers.tables.organization_filter import (
    find_organization,
    organization_levels,
    organizations_below,
)
from anlan.registers.tables.register import RegisterListing, member_url, organization_url, partial
from anlan.registers.tables.shown import masked_id
from anlan.web.listing import Column, Filter
from anlan.web.parts import Action, Empty


def _in_organization(queryset: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
    return queryset.filter(organization_id__in=organizations_below(value, on))


class MemberListing(RegisterListing[Membership]):
    """Members as of any day."""

    code = "members"
    permission = "registers.member_view"
    title = _("党员")
    icon = "member"
    unit = _("名")
    ordering = ("person__pinyin", "pk")
    search_hint = _("姓名、拼音或首字母、身份证号或电话末四位")
    empty = Empty(_("还没有党员"), _("导入党员花名册以后，这里列出每名党员。"))
    columns = (
        Column(
            "name", _("姓名"), value="person.name", link=member_url, sort=("person__pinyin", "person__name")
        ),
        Column("sex", _("性别"), value=lambda row: SEX.name_of(row.person.sex), wide=6),
        Column("age", _("年龄"), value=lambda row: row.age, kind="number", sort="person__birth_date", wide=6),
        Column(
            "id_number", _("身份证号码"), value=lambda row: masked_id(row.person), kind="code", protected=True
        ),
        Column("stage", _("人员类别"), value=lambda row: MEMBERSHIP_STAGE.name_of(row.stage)),
        Column(
            "organization",
            _("所在党组织"),
            value=lambda row: row.organization_name,
            link=lambda row: organization_url(row.organization),
            sort="organization__path",
            wide=26,
        ),
        Column(
            "joined_on",
            _("入党时间"),
            value=lambda row: partial(row.joined_on, row.joined_precision),
            kind="day",
            sort="joined_on",
        ),
        Column("floating", _("流动去向"), value=lambda row: row.destination),
        Column(
            "full_member_on",
            _("转正时间"),
            value=lambda row: partial(row.full_member_on, row.full_member_precision),
            kind="day",
            sheet_only=True,
        ),
        Column(
            "ethnic_group",
            _("民族"),
            value=lambda row: ETHNIC_GROUP.name_of(row.person.ethnic_group),
            sheet_only=True,
        ),
        Column(
            "birth_date",
            _("出生日期"),
            kind="day",
            sheet_only=True,
            value=lambda row: partial(row.person.birth_date, row.person.birth_precision),
        ),
        Column(
            "education",
            _("学历"),
            sheet_only=True,
            value=lambda row: row.person.education_text or EDUCATION.name_of(row.person.education),
        ),
        Column("post", _("党内职务"), sheet_only=True),
    )
    filters = (
        Filter(
            "organization",
            _("党组织"),
            apply=_in_organization,
            levels=organization_levels,
            find=find_organization,
        ),
        *list_filters(MEMBER_DIMENSIONS),
    )
    layout = MEMBER_LAYOUT

    def queryset(self, actor: Any, on: date) -> QuerySet[Membership]:
        """Members of the day in the actor's ranges."""
        return members_in_reach(actor, on, self.reads)

    def seen_today(self, queryset: QuerySet[Membership], actor: Any) -> QuerySet[Membership]:
        """Memberships of organisations and persons that are both in the actor's range today."""
        persons = Person.objects.visible_to(actor, self.permission)
        kept = Membership.objects.visible_to(actor)
        return queryset.filter(pk__in=kept.values("pk"), person__in=persons.values("pk"))

    def actions(self, actor: Any) -> Sequence[Action]:
        """Registering one, for whoever may."""
        if not holds(actor, "registers.membership_start"):
            return ()
        return (Action(_("登记党员"), reverse("registers:membership_start"), icon="add"),)

    def in_area(self, queryset: QuerySet[Membership], area_path: str) -> QuerySet[Membership]:
        """Those of organisations that stood within the area on the day."""
        return queryset.filter(organization_id__in=organizations_within("area", area_path, self.on))

    def search(self, queryset: QuerySet[Membership], text: str) -> QuerySet[Membership]:
        """By name, pinyin, digits."""
        return queryset.filter(memberships_matching(text))

    def prefetch(self, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """With the person and the organisation."""
        return queryset.select_related("person", "organization")

    def attach_layout(self, rows: Sequence[Membership], on: date) -> None:
        """Where the branch stands in parts, the floating spell and the phones."""
        keys = [row.person_id for row in rows]
        named = organization_versions({row.organization_id for row in rows}, on)
        parts = place_parts([version.area for version in named.values()])
        spells, phones = spells_of(keys, on), phones_of(keys, on)
        for row in rows:
            version = named.get(row.organization_id)
            row.__dict__.update(
                parts=parts.get(version.area_id, NOWHERE) if version else NOWHERE,
                spell=spells.get(row.person_id),
                phones=phones.get(row.person_id, []),
            )

    def attach(self, rows: Sequence[Membership], on: date) -> None:
        """Age, the organisation's name of the day, where the floating are."""
        spells = spells_of([row.person_id for row in rows], on)
        named = organization_versions({row.organization_id for row in rows}, on)
        for row in rows:
            spell, version = spells.get(row.person_id), named.get(row.organization_id)
            row.__dict__.update(
                age=age_on(row.person, on),
                organization_name=version.name if version else row.organization.name,
                destination=(spell.destination or str(_("去向不明"))) if spell else "",
            )
