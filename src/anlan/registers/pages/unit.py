"""The page of one unit: kind, place, who covers it; how many work there, what it was called."""

from datetime import date
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.places.models import Area
from anlan.places.pages.frame import above, area_crumbs, day_of, past_day
from anlan.places.queries import versions_on
from anlan.registers.models import Unit
from anlan.registers.pages.cover_forms import cover_actions
from anlan.registers.pages.covers import cover_facts, covers_over_time
from anlan.registers.pages.shown import period
from anlan.registers.pages.unit_forms import unit_actions
from anlan.registers.queries.coverage import Coverage, Covered
from anlan.registers.queries.details import place_names
from anlan.registers.queries.unit_reach import former_names, unit_by_uid, unit_versions
from anlan.registers.rules.units import PROJECT, UNIT_KIND
from anlan.registers.tables.coverage import cover_state
from anlan.registers.tables.units import masked_phone
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Fact, State, TableColumn, table
from anlan.web.records import RecordPage, ShownPanel, facts_panel, render_record, table_panel


@reader("registers.unit_view")
def unit_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A unit as of the day asked for. 404 outside the actor's range of today."""
    unit, on = unit_by_uid(actor, uid), day_of(request)
    version = unit_versions([unit.pk], on).get(unit.pk)
    name, kind, area = (version.name, version.kind, version.area) if version else _now(unit)
    covered = covered_unit(unit, area, on)
    crumbs = area_crumbs(actor, area, on, last=name)
    organization = covered.organization if covered else None
    page = RecordPage(
        kind="unit",
        title=name,
        eyebrow=UNIT_KIND.name_of(kind),
        icon="unit",
        states=[cover_state(covered)] if unit.is_open(on) else [State(_("已注销"), "quiet")],
        facts=(
            Fact(_("所在地"), place_names([area]).get(area.pk, area.name), above(crumbs)),
            Fact(_("产业或行业"), unit.trade),
            Fact(_("覆盖党组织"), organization.name if organization else _("没有")),
        ),
        actions=[*cover_actions(actor, unit), *unit_actions(actor, unit)],
        crumbs=crumbs,
        on=past_day(request),
        dated=True,
        panels=[
            facts_panel("cover", _("覆盖"), cover_facts(actor, covered)),
            *_headcounts(unit),
            facts_panel("basics", _("基本情况"), _basics(actor, unit, kind)),
            *covers_over_time(actor, unit),
            *_names(unit),
        ],
    )
    return render_record(request, unit, page, on)


def _now(unit: Unit) -> tuple[str, str, Area]:
    return unit.name, unit.kind, unit.area


def covered_unit(unit: Unit, area: Area, on: date) -> Covered | None:
    """What covered a unit on the day, None when it did not exist."""
    place = versions_on([area.pk], on).get(area.pk)
    return Coverage(on, place.path).units.get(unit.pk) if place is not None else None


def _basics(actor: PersonActor, unit: Unit, kind: str) -> list[Fact]:
    facts = [Fact(_("统一社会信用代码"), unit.credit_code)]
    if holds(actor, "registers.member_view"):
        facts += [Fact(_("联系人"), unit.contact_name), Fact(_("电话"), masked_phone(unit))]
    if kind == PROJECT or unit.work_starts_on or unit.work_ends_on:
        facts += [
            Fact(_("开工日期"), formats.write_day(unit.work_starts_on) if unit.work_starts_on else ""),
            Fact(_("计划完工日期"), formats.write_day(unit.work_ends_on) if unit.work_ends_on else ""),
        ]
    return [*facts, Fact(_("登记起止"), period(unit.valid_from, unit.valid_to))]


def _headcounts(unit: Unit) -> list[ShownPanel]:
    rows = unit.headcounts.exclude(valid_to=F("valid_from")).order_by(F("valid_from").desc(), "-pk")
    lines: list[tuple[object, ...]] = [
        (
            period(row.valid_from, row.valid_to),
            *(_stated(number) for number in (row.resettlers, row.members, row.full_members)),
        )
        for row in rows
    ]
    heads: tuple[str | TableColumn, ...] = (
        _("起止"),
        TableColumn(_("移民从业人数"), number=True),
        TableColumn(_("党员"), number=True),
        TableColumn(_("其中正式党员"), number=True),
    )
    return [table_panel("headcounts", _("从业人数"), table(heads, lines))] if lines else []


def _stated(number: int | None) -> object:
    return _("未填") if number is None else number


def _names(unit: Unit) -> list[ShownPanel]:
    known = former_names(unit)
    if len(known) < 2:
        return []
    places = place_names([row.area for row in known])
    lines: list[tuple[object, ...]] = [
        (
            row.name,
            UNIT_KIND.name_of(row.kind),
            places.get(row.area_id, row.area.name),
            period(row.valid_from, row.valid_to),
        )
        for row in known
    ]
    heads = (_("名称"), _("类别"), _("所在地"), _("起止"))
    return [table_panel("names", _("名称和所在地变动"), table(heads, lines))]
