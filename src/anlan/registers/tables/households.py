"""The list of households: head, persons and place as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.kernel.permissions import holds
from anlan.registers.dimensions.populations import areas_within
from anlan.registers.models import Household
from anlan.registers.queries.details import heads_of, place_names, residences_of, sizes_of
from anlan.registers.queries.finding import households_matching
from anlan.registers.queries.lookups import visible_persons
from anlan.registers.queries.reach import households_in_reach
from anlan.registers.tables.register import RegisterListing, household_url, person_url
from anlan.web.listing import Choice, Column, Filter
from anlan.web.parts import Action, Empty

WITHOUT = "without"


def _by_head(queryset: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
    return queryset.filter(head__isnull=value == WITHOUT)


class HouseholdListing(RegisterListing[Household]):
    """Households as of any day."""

    code = "households"
    permission = "registers.household_view"
    title = _("移民户")
    icon = "household"
    unit = _("户")
    ordering = ("number", "pk")
    search_hint = _("户编号、户主或家里任何一人的姓名、拼音首字母")
    empty = Empty(_("还没有移民户"), _("导入移民人口登记表以后，这里列出每一户。"))
    columns = (
        Column(
            "number",
            _("户编号"),
            value=lambda row: row.number or _("未编号"),
            kind="code",
            link=household_url,
            sort="number",
        ),
        Column(
            "head",
            _("户主"),
            value=lambda row: row.shown_head.name if row.shown_head else "",
            link=lambda row: person_url(row.shown_head),
        ),
        Column("size", _("人口"), value=lambda row: row.size, kind="number"),
        Column("place", _("居住地"), value=lambda row: row.place, wide=28),
        Column("valid_from", _("登记日期"), kind="day", sort="valid_from"),
    )
    filters = (
        Filter(
            "head", _("户主"), (Choice("with", _("有户主")), Choice(WITHOUT, _("户主待定"))), apply=_by_head
        ),
    )

    def actions(self, actor: Any) -> Sequence[Action]:
        """A new one, for those who may."""
        if not holds(actor, "registers.household_add"):
            return ()
        return (Action(_("新增移民户"), reverse("registers:household_add"), "main", "add"),)

    def queryset(self, actor: Any, on: date) -> QuerySet[Household]:
        """Households of the day in the actor's ranges."""
        return households_in_reach(actor, on, self.reads)

    def seen_today(self, queryset: QuerySet[Household], actor: Any) -> QuerySet[Household]:
        """Households living in the actor's range today."""
        return queryset.filter(pk__in=Household.objects.visible_to(actor).values("pk"))

    def in_area(self, queryset: QuerySet[Household], area_path: str) -> QuerySet[Household]:
        """Those that lived within the area on the day."""
        return queryset.filter(Q(home_area_id__in=areas_within(area_path, self.on)))

    def search(self, queryset: QuerySet[Household], text: str) -> QuerySet[Household]:
        """By number, or by somebody in it."""
        return queryset.filter(households_matching(text))

    def prefetch(self, queryset: QuerySet[Household]) -> QuerySet[Household]:
        """With today's area."""
        return queryset.select_related("area")

    def attach(self, rows: Sequence[Household], on: date) -> None:
        """Head, size and place of the day."""
        keys = [row.pk for row in rows]
        heads, sizes, areas = heads_of(keys, on), sizes_of(keys, on), residences_of(keys, on)
        places = place_names(list(areas.values()))
        # The head of a past day may live outside the range today: such a household stands without a name.
        named = visible_persons(self.actor, [head.pk for head in heads.values()])
        for row in rows:
            area, head = areas.get(row.pk), heads.get(row.pk)
            row.__dict__.update(
                shown_head=head if head and head.pk in named else None,
                shown_area=area or row.area,
                size=sizes.get(row.pk, 0),
                place=places.get(area.pk, "") if area else "",
            )
