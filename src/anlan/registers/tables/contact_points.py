"""The list of contact points for resettlers at the three tiers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds
from anlan.registers.dimensions.populations import areas_within
from anlan.registers.models import ContactPoint, ContactPointDuty
from anlan.registers.queries.details import open_rows, place_names
from anlan.registers.queries.unit_reach import contact_points_in_reach, duties_of
from anlan.registers.rules.units import CONTACT_TIER
from anlan.registers.tables.register import RegisterListing
from anlan.registers.tables.units import masked_phone
from anlan.web.listing import Choice, Column, Filter
from anlan.web.parts import Action, Empty


def contact_point_url(point: ContactPoint) -> str:
    """The page of a contact point."""
    return reverse("registers:contact_point", args=[point.uid])


def _duty(name: str) -> Any:
    return lambda row: getattr(row.duty, name) if row.duty else ""


class ContactPointListing(RegisterListing[ContactPoint]):
    """Contact points for resettlers, as of any day."""

    code = "contact-points"
    permission = "registers.contact_point_view"
    title = _("移民群众联系点")
    lead = _("县、乡镇、村三级联系点：在哪里、谁负责、什么时候开放。")
    full_permission = ""
    icon = "notice-board"
    unit = _("个")
    ordering = ("area__path", "name", "pk")
    search_hint = _("名称、地点、负责人")
    empty = Empty(_("还没有联系点"), _("登记或导入三级联系点以后，这里列出每个联系点。"))
    columns = (
        Column("name", _("名称"), link=contact_point_url, sort="name", wide=30),
        Column("tier", _("层级"), value=lambda row: CONTACT_TIER.name_of(row.tier), sort="tier"),
        Column("area", _("所在地"), value=lambda row: row.place, wide=18),
        Column("place", _("地点"), value=_duty("place"), wide=24),
        Column(
            "officer_name",
            _("负责人"),
            value=lambda row: row.duty.officer_name if row.duty and row.may_see_names else "",
        ),
        Column(
            "phone",
            _("电话"),
            kind="code",
            protected=True,
            value=lambda row: masked_phone(row.duty) if row.duty and row.may_see_names else "",
        ),
        Column("opening", _("开放时间"), value=_duty("opening"), wide=24),
        Column("valid_from", _("设立日期"), kind="day", sheet_only=True),
    )
    filters = (
        Filter(
            "tier",
            _("层级"),
            [Choice(code, name) for code, name in CONTACT_TIER.names.items()],
            lookup="tier",
        ),
    )

    def actions(self, actor: Any) -> Sequence[Action]:
        """Adding one, for those who may."""
        if actor is None or not holds(actor, "registers.contact_point_add"):
            return ()
        return (Action(_("设立联系点"), reverse("registers:contact_point_add"), "main", "add"),)

    def queryset(self, actor: Any, on: date) -> QuerySet[ContactPoint]:
        """Contact points of the day in the actor's ranges."""
        return contact_points_in_reach(actor, on)

    def seen_today(self, queryset: QuerySet[ContactPoint], actor: Any) -> QuerySet[ContactPoint]:
        """Contact points in the actor's range today."""
        return queryset.filter(pk__in=ContactPoint.objects.visible_to(actor).values("pk"))

    def in_area(self, queryset: QuerySet[ContactPoint], area_path: str) -> QuerySet[ContactPoint]:
        """Those that lie within the area."""
        return queryset.filter(area_id__in=areas_within(area_path, self.on))

    def search(self, queryset: QuerySet[ContactPoint], text: str) -> QuerySet[ContactPoint]:
        """By name, by where it is and by who is there."""
        duties = ContactPointDuty.objects.filter(open_rows(self.on))
        if self.actor is not None and holds(self.actor, "registers.member_view"):
            named = duties.filter(Q(place__contains=text) | Q(officer_name__contains=text))
        else:
            named = duties.filter(place__contains=text)
        return queryset.filter(Q(name__contains=text) | Q(pk__in=named.values("contact_point_id")))

    def prefetch(self, queryset: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
        """With the area."""
        return queryset.select_related("area")

    def attach(self, rows: Sequence[ContactPoint], on: date) -> None:
        """Where it lies, and the facts of the day; names for whoever may see them."""
        duties, places = duties_of([row.pk for row in rows], on), place_names([row.area for row in rows])
        names = self.actor is not None and holds(self.actor, "registers.member_view")
        for row in rows:
            row.__dict__.update(
                duty=duties.get(row.pk), place=places.get(row.area_id, ""), may_see_names=names
            )
