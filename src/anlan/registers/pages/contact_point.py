"""The page of one contact point: where it is, who is there, when it is open, and who was there before."""

from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.places.pages.frame import above, area_crumbs, day_of, past_day
from anlan.registers.models import ContactPoint
from anlan.registers.pages.contact_point_forms import contact_point_actions
from anlan.registers.pages.shown import period
from anlan.registers.queries.details import place_names
from anlan.registers.queries.unit_reach import contact_point_by_uid, duties_of
from anlan.registers.rules.units import CONTACT_TIER
from anlan.registers.tables.units import masked_phone
from anlan.web.doors import reader
from anlan.web.parts import Fact, State, table
from anlan.web.records import RecordPage, ShownPanel, facts_panel, render_record, table_panel


@reader("registers.contact_point_view")
def contact_point_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A contact point as of the day asked for. 404 outside the actor's range of today."""
    point, on = contact_point_by_uid(actor, uid), day_of(request)
    duty = duties_of([point.pk], on).get(point.pk)
    named = holds(actor, "registers.member_view")
    crumbs = area_crumbs(actor, point.area, on, last=point.name)
    page = RecordPage(
        kind="contact_point",
        title=point.name,
        eyebrow=_("移民群众联系点"),
        icon="notice-board",
        states=[] if point.is_open(on) else [State(_("已撤销"), "quiet")],
        facts=(
            Fact(_("地点"), duty.place if duty else ""),
            Fact(_("负责人"), duty.officer_name if duty and named else ""),
            Fact(_("开放时间"), duty.opening if duty else ""),
        ),
        actions=contact_point_actions(actor, point),
        crumbs=crumbs,
        on=past_day(request),
        dated=True,
        panels=[
            facts_panel(
                "basics",
                _("基本情况"),
                [
                    Fact(_("层级"), CONTACT_TIER.name_of(point.tier)),
                    Fact(_("所在地"), place_names([point.area]).get(point.area_id, ""), above(crumbs)),
                    Fact(_("电话"), masked_phone(duty) if duty and named else ""),
                    Fact(_("设立起止"), period(point.valid_from, point.valid_to)),
                ],
            ),
            *(_duties(point) if named else ()),
        ],
    )
    return render_record(request, point, page, on)


def _duties(point: ContactPoint) -> list[ShownPanel]:
    rows = point.duties.exclude(valid_to=F("valid_from")).order_by(F("valid_from").desc(), "-pk")
    lines: list[tuple[object, ...]] = [
        (row.officer_name, row.place, row.opening, period(row.valid_from, row.valid_to)) for row in rows
    ]
    if len(lines) < 2:
        return []
    heads = (_("负责人"), _("地点"), _("开放时间"), _("起止"))
    return [table_panel("duties", _("变动经过"), table(heads, lines))]
