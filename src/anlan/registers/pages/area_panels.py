"""What the registers show on the page of an area: figures that lead to lists, and its organisations."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.codes import ORGANIZATION_KIND
from anlan.kernel.permissions import holds
from anlan.places.models import Area
from anlan.places.pages.lying import register_lying
from anlan.places.pages.taking_back import register_area_undo
from anlan.places.queries import versions_on
from anlan.registers.dimensions.populations import (
    households_on,
    members_on,
    organizations_on,
    organizations_within,
    residents_on,
)
from anlan.registers.models import OrganizationVersion
from anlan.registers.pages.doing import WITHDRAW, WITHDRAW_TITLE, undo_of, withdraw_table
from anlan.registers.queries.details import member_counts, open_rows
from anlan.registers.queries.lookups import visible_organizations
from anlan.registers.tables.register import organization_url
from anlan.web.parts import Fact, Figure, TableColumn, table
from anlan.web.records import TABLE, Panel, register_panel

FIGURES = "registers/figures.html"
MOST_ORGANIZATIONS = 20


def register() -> None:
    """Put the panels on the pages of areas."""
    register_lying(lying_in)
    register_area_undo(undo_of)
    register_panel(
        "area",
        Panel("figures", gettext_lazy("这里的户和人"), FIGURES, _figures, order=10, flush=True),
    )
    register_panel(
        "area",
        Panel("organizations", gettext_lazy("这里的党组织"), TABLE, _organizations, order=20, flush=True),
    )
    register_panel("area", Panel("withdrawable", WITHDRAW_TITLE, TABLE, _withdrawable, order=80, flush=True))


def _withdrawable(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    shown = withdraw_table(actor, area) if holds(actor, WITHDRAW, area) else None
    return {"table": shown} if shown else None


def lying_in(areas: Sequence[Area]) -> list[Fact]:
    """How many households, residents, organisations and members lie in areas today, with all below them."""
    on, paths = timezone.localdate(), [area.path for area in areas]
    counted = (
        (_("移民户"), [households_on(on, path) for path in paths], _("%(count)d 户")),
        (_("移民人口"), [residents_on(on, path) for path in paths], _("%(count)d 人")),
        (_("党组织"), [organizations_on(on, "area", path) for path in paths], _("%(count)d 个")),
        (_("党员"), [members_on(on, "area", path) for path in paths], _("%(count)d 名")),
    )
    return [
        Fact(label, words % {"count": sum(rows.count() for rows in found)}) for label, found, words in counted
    ]


def area_figures(actor: Any, path: str, code: str, on: date) -> list[Figure]:
    """Households, residents, organisations and members of an area on a day, each leading to its list.

    Whoever may not see a list sees the figure without a link.
    """
    query = urlencode({"area": code, "on": on.isoformat()})
    counted = (
        (_("移民户"), households_on(on, path), "registers:households", "registers.household_view", _("户")),
        (_("移民人口"), residents_on(on, path), "registers:persons", "registers.person_view", _("人")),
        (
            _("党组织"),
            organizations_on(on, "area", path),
            "registers:organizations",
            "registers.organization_view",
            _("个"),
        ),
        (_("党员"), members_on(on, "area", path), "registers:members", "registers.member_view", _("名")),
    )
    return [
        Figure(label, rows.count(), f"{reverse(name)}?{query}" if holds(actor, permission) else "", unit=unit)
        for label, rows, name, permission, unit in counted
    ]


def _path_on(area: Area, on: date) -> tuple[str, str]:
    version = versions_on([area.pk], on).get(area.pk)
    return (version.path, version.code) if version else (area.path, area.code)


def _figures(actor: Any, area: Area, on: date) -> Mapping[str, Any]:
    path, code = _path_on(area, on)
    query = urlencode({"area": code, "on": on.isoformat()})
    exports = [
        (label, f"{reverse(name)}?{query}")
        for label, name, permission in (
            (_("导出移民人口登记表"), "registers:persons_export", "registers.person_view"),
            (_("导出党员花名册"), "registers:members_export", "registers.member_view"),
            (_("导出党组织情况统计表"), "registers:organizations_export", "registers.organization_view"),
        )
        if holds(actor, permission)
    ]
    return {"figures": area_figures(actor, path, code, on), "on": on, "exports": exports}


def _organizations(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    path, code = _path_on(area, on)
    within = OrganizationVersion.objects.filter(
        open_rows(on), Q(organization__in=organizations_within("area", path, on))
    )
    rows = list(within.select_related("organization").order_by("path")[: MOST_ORGANIZATIONS + 1])
    if not rows or not holds(actor, "registers.organization_view"):
        return None
    keys = [row.organization_id for row in rows[:MOST_ORGANIZATIONS]]
    seen, members = visible_organizations(actor, keys), member_counts(keys, on)
    lines: list[tuple[object, ...]] = [
        (
            (row.name, organization_url(row.organization) if row.organization_id in seen else ""),
            ORGANIZATION_KIND.name_of(row.kind),
            members[row.organization_id],
        )
        for row in rows[:MOST_ORGANIZATIONS]
    ]
    heads: tuple[str | TableColumn, ...] = (_("名称"), _("类别"), TableColumn(_("本级党员"), number=True))
    more = f"{reverse('registers:organizations')}?{urlencode({'area': code, 'on': on.isoformat()})}"
    return {"table": table(heads, lines), "more_url": more}
