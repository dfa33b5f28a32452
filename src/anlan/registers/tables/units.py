"""The list of units to be covered: kind, place, trade, who covers them, how many work there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds
from anlan.registers.models import Unit, UnitVersion
from anlan.registers.queries.coverage import Coverage
from anlan.registers.queries.details import open_rows, place_names
from anlan.registers.queries.unit_reach import (
    headcounts_of,
    unit_versions,
    units_in_reach,
    units_matching,
    units_within,
)
from anlan.registers.rules.units import UNIT_KIND
from anlan.registers.tables.coverage import attach_cover, cover_columns, cover_filters
from anlan.registers.tables.register import RegisterListing
from anlan.web import formats
from anlan.web.listing import Choice, Column, Filter
from anlan.web.parts import Action, Empty


def unit_url(unit: Unit) -> str:
    """The page of a unit."""
    return reverse("registers:unit", args=[unit.uid])


def _of_kind(queryset: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
    versions = UnitVersion.objects.filter(open_rows(on), kind=value)
    return queryset.filter(pk__in=versions.values("unit_id"))


def _headcount(name: str) -> Any:
    return lambda row: getattr(row.headcount, name) if row.headcount else None


class UnitListing(RegisterListing[Unit]):
    """Units to be covered, as of any day."""

    code = "units"
    permission = "registers.unit_view"
    title = _("单位")
    lead = _("合作社、行业协会、企业、两新组织和重大工程，以及覆盖它们的党组织和专干、联络员。")
    full_permission = ""
    icon = "unit"
    unit = _("个")
    ordering = ("area__path", "name", "pk")
    search_hint = _("名称、曾用名、产业、拼音首字母、统一社会信用代码")
    empty = Empty(
        _("还没有单位"), _("登记或导入合作社、协会、企业、两新组织和重大工程以后，这里列出每个单位。")
    )
    columns = (
        Column("name", _("名称"), value=lambda row: row.shown_name, link=unit_url, sort="pinyin", wide=34),
        Column("kind", _("类别"), value=lambda row: UNIT_KIND.name_of(row.shown_kind), sort="kind"),
        Column("place", _("所在地"), value=lambda row: row.place, wide=18),
        Column("trade", _("产业或行业"), sort="trade"),
        *cover_columns(),
        Column("resettlers", _("移民从业人数"), value=_headcount("resettlers"), kind="number"),
        Column("full_members", _("正式党员"), value=_headcount("full_members"), kind="number"),
        Column("members", _("党员"), value=_headcount("members"), kind="number", sheet_only=True),
        Column("credit_code", _("统一社会信用代码"), kind="code", sheet_only=True),
        Column(
            "contact_name",
            _("联系人"),
            value=lambda row: row.contact_name if row.may_see_names else "",
            sheet_only=True,
        ),
        Column(
            "phone",
            _("电话"),
            kind="code",
            sheet_only=True,
            protected=True,
            value=lambda row: masked_phone(row) if row.may_see_names else "",
        ),
        Column("work_starts_on", _("开工日期"), kind="day", sheet_only=True),
        Column("work_ends_on", _("计划完工日期"), kind="day", sheet_only=True),
    )
    filters = (
        Filter(
            "kind",
            _("类别"),
            [Choice(code, name) for code, name in UNIT_KIND.names.items()],
            apply=_of_kind,
        ),
        *cover_filters("units"),
    )

    def actions(self, actor: Any) -> Sequence[Action]:
        """Adding one, for those who may."""
        if actor is None or not holds(actor, "registers.unit_add"):
            return ()
        return (Action(_("登记单位"), reverse("registers:unit_add"), "main", "add"),)

    def queryset(self, actor: Any, on: date) -> QuerySet[Unit]:
        """Units of the day in the actor's ranges."""
        return units_in_reach(actor, on)

    def seen_today(self, queryset: QuerySet[Unit], actor: Any) -> QuerySet[Unit]:
        """Units in the actor's range today."""
        return queryset.filter(pk__in=Unit.objects.visible_to(actor).values("pk"))

    def in_area(self, queryset: QuerySet[Unit], area_path: str) -> QuerySet[Unit]:
        """Those that lay within the area on the day."""
        return queryset.filter(pk__in=units_within(area_path, self.on))

    def search(self, queryset: QuerySet[Unit], text: str) -> QuerySet[Unit]:
        """By name, former name, trade, pinyin, credit code."""
        return queryset.filter(units_matching(text))

    def attach(self, rows: Sequence[Unit], on: date) -> None:
        """Name, kind and place of the day, what covers it, how many work there."""
        keys = [row.pk for row in rows]
        versions, counts = unit_versions(keys, on), headcounts_of(keys, on)
        places = place_names([version.area for version in versions.values()])
        names = self.actor is not None and holds(self.actor, "registers.member_view")
        attach_cover(rows, Coverage(on, self.area_path), "units", names=names)
        for row in rows:
            version = versions.get(row.pk)
            row.__dict__.update(
                shown_name=version.name if version else row.name,
                shown_kind=version.kind if version else row.kind,
                shown_area=version.area if version else row.area,
                place=places.get(version.area_id, "") if version else "",
                headcount=counts.get(row.pk),
            )


def masked_phone(row: Any) -> str:
    """The phone of a row with its middle covered, "" where there is none."""
    phone = row.plain_phone()
    return formats.write_masked(phone, "phone") if phone else ""
