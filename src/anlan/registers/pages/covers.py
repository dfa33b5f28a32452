"""Panels of coverage: who covers a record, what an organisation covers, what stood earlier."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel import protection
from anlan.kernel.codes import AREA_KIND, SETUP_MODE
from anlan.kernel.permissions import holds
from anlan.places.models import Area
from anlan.places.queries import versions_on
from anlan.places.rules import AreaKind
from anlan.registers.models import Cover, OfficerCover, PartyOrganization, Unit
from anlan.registers.pages.cover_forms import cover_actions
from anlan.registers.pages.shown import period
from anlan.registers.queries.coverage import Coverage, Covered, Coverer
from anlan.registers.queries.details import open_rows, place_names
from anlan.registers.queries.lookups import visible_organizations
from anlan.registers.queries.unit_reach import duties_of, unit_versions
from anlan.registers.rules.coverage import COVERED_AREAS, OFFICER_DUTY
from anlan.registers.rules.units import CONTACT_TIER, UNIT_KIND
from anlan.registers.tables.contact_points import contact_point_url
from anlan.registers.tables.coverage import coverer_url, coverer_words
from anlan.registers.tables.register import organization_url
from anlan.registers.tables.units import unit_url
from anlan.web import formats
from anlan.web.parts import Fact, table
from anlan.web.records import TABLE, Panel, ShownPanel, register_panel, table_panel

COVER = "registers/cover.html"


def register() -> None:
    """Put coverage and contact points on the pages of areas, and what it covers on an organisation's."""
    register_panel("area", Panel("cover", gettext_lazy("覆盖"), COVER, _of_area, order=15))
    contact_points = Panel(
        "contact_points", gettext_lazy("移民群众联系点"), TABLE, _contact_points, order=30, flush=True
    )
    register_panel("area", contact_points)
    register_panel(
        "organization",
        Panel(
            "covers", gettext_lazy("覆盖的村、居民点和单位"), TABLE, _of_organization, order=20, flush=True
        ),
    )


def cover_facts(actor: Any, covered: Covered | None) -> list[Fact]:
    """Who covers something, for a panel of facts; officers' names for whoever may see names."""
    organization = covered.organization if covered else None
    seen = visible_organizations(actor, [organization.key]) if organization else set()
    url = coverer_url(organization) if organization and organization.key in seen else ""
    facts = [Fact(_("党组织"), organization.name if organization else _("没有"), url, _how(organization))]
    officers = covered.officers if covered else ()
    if not officers:
        return [*facts, Fact(_("移民专干、联络员"), _("没有"))]
    named = holds(actor, "registers.member_view")
    return facts + [
        Fact(
            OFFICER_DUTY.name_of(row.duty),
            row.name if named else _("有"),
            note=_("按账号的角色") if row.by == "area" else "",
        )
        for row in officers
    ]


def _how(organization: Coverer | None) -> str:
    if organization is not None and organization.by == "area":
        return _("属地覆盖：党组织的所在地就在这里")
    return coverer_words(organization)


def _of_area(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    if AreaKind(area.kind) not in COVERED_AREAS or not holds(actor, "registers.organization_view"):
        return None
    version = versions_on([area.pk], on).get(area.pk)
    if version is None:
        return None
    facts = cover_facts(actor, Coverage(on, version.path).areas.get(area.pk))
    return {"facts": facts, "actions": cover_actions(actor, area)}


def _contact_points(actor: Any, area: Area, on: date) -> Mapping[str, Any] | None:
    if not holds(actor, "registers.contact_point_view", area):
        return None
    points = list(area.contact_points.filter(open_rows(on)).order_by("name"))
    if not points:
        return None
    duties, named = duties_of([point.pk for point in points], on), holds(actor, "registers.member_view")
    lines: list[tuple[object, ...]] = []
    for point in points:
        duty = duties.get(point.pk)
        lines.append(
            (
                (point.name, contact_point_url(point)),
                CONTACT_TIER.name_of(point.tier),
                duty.place if duty else "",
                duty.officer_name if duty and named else "",
                duty.opening if duty else "",
            )
        )
    heads = (_("名称"), _("层级"), _("地点"), _("负责人"), _("开放时间"))
    return {"table": table(heads, lines)}


def _of_organization(actor: Any, organization: PartyOrganization, on: date) -> Mapping[str, Any] | None:
    rows = Cover.objects.open_on(on).filter(organization=organization).select_related("area", "unit")
    covers = list(rows.order_by("pk"))
    if not covers or not holds(actor, "registers.unit_view"):
        return None
    units = [row.unit for row in covers if row.unit is not None]
    seen = set(
        Unit.objects.visible_to(actor).filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True)
    )
    versions = unit_versions([unit.pk for unit in units], on)
    areas = [row.area for row in covers if row.area is not None] + [one.area for one in versions.values()]
    places = place_names(areas)
    lines: list[tuple[object, ...]] = []
    for row in covers:
        if row.unit is not None:
            version = versions.get(row.unit.pk)
            name, kind = (version.name, version.kind) if version else (row.unit.name, row.unit.kind)
            place = places.get(version.area_id, "") if version else ""
            url = unit_url(row.unit) if row.unit.pk in seen else ""
            lines.append(((name, url), UNIT_KIND.name_of(kind), place, *_mode(row)))
        elif row.area is not None:
            url = reverse("places:area", args=[row.area.code])
            kind = AREA_KIND.name_of(row.area.kind)
            lines.append(((row.area.name, url), kind, places.get(row.area.pk, ""), *_mode(row)))
    heads = (_("名称"), _("类别"), _("所在地"), _("组建方式"), _("覆盖起"))
    return {"table": table(heads, lines)}


def _mode(row: Cover) -> tuple[str, str]:
    return SETUP_MODE.name_of(row.setup_mode), formats.write_day(row.valid_from)


def covers_over_time(actor: Any, target: Unit | Area) -> list[ShownPanel]:
    """Which organisations and officers covered something over time, the latest first."""
    latest = (F("valid_from").desc(), "-pk")
    covers = list(
        target.covers.exclude(valid_to=F("valid_from")).select_related("organization").order_by(*latest)
    )
    officers = list(target.officer_covers.exclude(valid_to=F("valid_from")).order_by(*latest))
    seen = visible_organizations(actor, [row.organization_id for row in covers])
    lines: list[tuple[object, ...]] = [
        (
            (
                row.organization.name,
                organization_url(row.organization) if row.organization_id in seen else "",
            ),
            SETUP_MODE.name_of(row.setup_mode),
            "",
            period(row.valid_from, row.valid_to),
        )
        for row in covers
    ]
    if holds(actor, "registers.member_view"):
        lines += [
            (row.name, OFFICER_DUTY.name_of(row.duty), phone_of(row), period(row.valid_from, row.valid_to))
            for row in officers
        ]
    heads = (_("党组织、人员"), _("组建方式、职责"), _("电话"), _("起止"))
    return [table_panel("covers", _("覆盖经过"), table(heads, lines))] if lines else []


def phone_of(row: OfficerCover) -> str:
    """An officer's phone, masked."""
    return formats.write_masked(protection.open_text(row.phone), "phone") if row.phone else ""
