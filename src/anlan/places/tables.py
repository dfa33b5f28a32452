"""The list of areas: the tree from the county down, as of any day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlan.kernel.codes import AREA_KIND
from anlan.places.models import Area
from anlan.places.queries import areas_matching, versions_on
from anlan.places.rules import AreaKind
from anlan.web.listing import Choice, Column, Filter, Listing
from anlan.web.parts import Empty

_DEPTH = {AreaKind.COUNTY: 0, AreaKind.TOWNSHIP: 1, AreaKind.VILLAGE: 2, AreaKind.COMMUNITY: 2}
_INDENT = "　"
KIND_CHOICES = [Choice(kind.value, AREA_KIND.name_of(kind.value)) for kind in AreaKind]


def area_url(code: str) -> str:
    """The page of an area."""
    return reverse("places:area", args=[code])


def _indented(area: Any) -> str:
    return _INDENT * _DEPTH.get(AreaKind(area.kind), 3) + str(area.name)


class AreaListing(Listing[Area]):
    """Areas by code, which is the order of the tree."""

    code = "areas"
    permission = "places.view"
    title = _("行政区划")
    icon = "area"
    lead: ClassVar[str | Promise] = _("县、乡镇、村和社区、组、移民居民点。名称以所选日期为准。")
    unit = _("个")
    ordering = ("code", "pk")
    area_field = "path"
    dated = True
    personal = False
    search_hint = _("名称、曾用名、区划代码")
    empty = Empty(_("还没有行政区划"), _("先导入一份带 12 位区划代码的表，再导入组织和人口。"))
    columns = (
        Column("name", _("名称"), value=_indented, link=lambda area: area_url(area.code), wide=24),
        Column("code", _("区划代码"), kind="code", sort="code"),
        Column("kind", _("级别"), value=lambda area: AREA_KIND.name_of(area.kind), sort="kind"),
        Column("parent", _("上级"), value=lambda area: area.parent_name),
        Column("valid_from", _("设立日期"), kind="day", sort="valid_from"),
    )
    filters = (Filter("kind", _("级别"), KIND_CHOICES, lookup="kind"),)

    def queryset(self, actor: Any, on: date) -> QuerySet[Area]:
        """The areas of the day within the actor's range."""
        return Area.objects.visible_to(actor).on(on)

    def search(self, queryset: QuerySet[Area], text: str) -> QuerySet[Area]:
        """By name, former name or code."""
        return queryset.filter(areas_matching(text))

    def prefetch(self, queryset: QuerySet[Area]) -> QuerySet[Area]:
        """With the area above."""
        return queryset.select_related("parent")

    def attach(self, rows: Sequence[Area], on: date) -> None:
        """Names of the day, also of the area above."""
        found = versions_on(
            {area.pk for area in rows} | {area.parent_id for area in rows if area.parent_id}, on
        )
        for area in rows:
            own, above = found.get(area.pk), found.get(area.parent_id or 0)
            parent_name = above.name if above else area.parent.name if area.parent else ""
            area.name = own.name if own else area.name
            area.__dict__["parent_name"] = parent_name
