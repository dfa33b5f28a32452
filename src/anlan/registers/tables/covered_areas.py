"""The list of villages and resettlement points with what covers them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import AREA_KIND
from anlan.kernel.permissions import holds
from anlan.places.models import Area
from anlan.places.queries import areas_matching, versions_on
from anlan.places.tables import area_url
from anlan.registers.dimensions.populations import areas_within
from anlan.registers.labels import TARGET_KIND_WORDS
from anlan.registers.queries.coverage import Coverage
from anlan.registers.queries.details import place_names
from anlan.registers.queries.unit_reach import covered_areas_in_reach
from anlan.registers.rules.coverage import COVERED_AREAS
from anlan.registers.tables.coverage import attach_cover, cover_columns, cover_filters
from anlan.registers.tables.register import RegisterListing
from anlan.web.listing import Choice, Column, Filter
from anlan.web.listing.asked import Asked
from anlan.web.parts import Empty


class CoveredAreaListing(RegisterListing[Area]):
    """Villages, communities and resettlement points, as of any day."""

    code = "covered-areas"
    permission = "registers.organization_view"
    title = _("村和居民点的覆盖")
    lead = _("每个村、社区和移民居民点由哪个党组织、哪位移民专干或联络员负责。")
    full_permission = ""
    icon = "area"
    unit = _("个")
    ordering = ("path", "pk")
    area_field = "path"
    search_hint = _("名称、曾用名、区划代码")
    empty = Empty(_("还没有村和居民点"), _("先导入行政区划。"))
    columns = (
        Column(
            "name", _("名称"), value=lambda row: row.shown_name, link=lambda row: area_url(row.code), wide=24
        ),
        Column("kind", _("级别"), value=lambda row: AREA_KIND.name_of(row.kind), sort="kind"),
        Column("place", _("所在地"), value=lambda row: row.place, wide=24),
        *cover_columns(),
    )
    filters = (
        Filter(
            "kind",
            _("级别"),
            [Choice(kind.value, TARGET_KIND_WORDS[kind.value]) for kind in COVERED_AREAS],
            lookup="kind",
        ),
        *cover_filters("areas"),
    )

    today: date = date.min

    def found(self, actor: Any, asked: Asked) -> QuerySet[Area]:
        """All rows of the query; remembers today."""
        self.today = asked.today
        return super().found(actor, asked)

    def seen_today(self, queryset: QuerySet[Area], actor: Any) -> QuerySet[Area]:
        """Those in the actor's range today."""
        return queryset.filter(pk__in=covered_areas_in_reach(actor, self.today).values("pk"))

    def queryset(self, actor: Any, on: date) -> QuerySet[Area]:
        """Villages and points of the day in the actor's ranges."""
        return covered_areas_in_reach(actor, on)

    def in_area(self, queryset: QuerySet[Area], area_path: str) -> QuerySet[Area]:
        """Those that lay within the area on the day."""
        return queryset.filter(pk__in=areas_within(area_path, self.on))

    def search(self, queryset: QuerySet[Area], text: str) -> QuerySet[Area]:
        """By name, former name or code."""
        return queryset.filter(areas_matching(text))

    def prefetch(self, queryset: QuerySet[Area]) -> QuerySet[Area]:
        """With the area above."""
        return queryset.select_related("parent")

    def attach(self, rows: Sequence[Area], on: date) -> None:
        """Name of the day, the place above, what covers it."""
        versions = versions_on([row.pk for row in rows], on)
        places = place_names([row.parent for row in rows if row.parent])
        names = self.actor is not None and holds(self.actor, "registers.member_view")
        attach_cover(rows, Coverage(on, self.area_path), "areas", names=names)
        for row in rows:
            version = versions.get(row.pk)
            row.__dict__.update(
                shown_name=version.name if version else row.name, place=places.get(row.parent_id or 0, "")
            )
