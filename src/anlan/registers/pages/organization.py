"""The page of one Party organisation: kind, place, next election; posts, what lies below, its members."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anlan.kernel import protection
from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import ORGANIZATION_KIND, SETUP_MODE
from anlan.kernel.permissions import holds
from anlan.places.pages.frame import above, area_crumbs, day_of, past_day
from anlan.registers.dimensions.populations import members_on
from anlan.registers.models import Appointment, OrganizationVersion, PartyOrganization
from anlan.registers.pages.doing import WITHDRAW, withdraw_panel
from anlan.registers.pages.party_actions import organization_actions
from anlan.registers.pages.shown import period
from anlan.registers.queries import lookups
from anlan.registers.queries.details import election_state, member_counts, organization_versions, place_names
from anlan.registers.queries.structure import member_structure
from anlan.registers.rules.posts import POST
from anlan.registers.tables.organizations import ELECTION_STATES
from anlan.registers.tables.register import organization_url, partial, person_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Fact, Figure, State, TableColumn, table
from anlan.web.records import RecordPage, ShownPanel, facts_panel, render_record, table_panel

FIGURES = "registers/figures.html"


@reader("registers.organization_view")
def organization_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """An organisation as of the day asked for. 404 outside the actor's range of today."""
    organization, on = lookups.organization_by_uid(actor, uid), day_of(request)
    version = organization_versions([organization.pk], on).get(organization.pk)
    name, area = (version.name, version.area) if version else (organization.name, organization.area)
    kind, setup = version.kind if version else organization.kind, organization.setup_mode
    election = ELECTION_STATES[election_state(organization, on)]
    due = formats.write_day(organization.election_due_on)
    crumbs = area_crumbs(actor, area, on, last=name)
    page = RecordPage(
        kind="organization",
        title=name,
        eyebrow=_("党组织"),
        icon="organization",
        states=[] if organization.is_open(on) else [State(_("已撤销"), "quiet")],
        facts=(
            Fact(_("类别"), ORGANIZATION_KIND.name_of(kind), note=SETUP_MODE.name_of(setup)),
            Fact(_("所在地"), place_names([area]).get(area.pk, area.name), above(crumbs)),
            Fact(_("届满日期"), due, note=election.word),
        ),
        actions=() if past_day(request) else organization_actions(actor, organization),
        crumbs=crumbs,
        on=past_day(request),
        dated=True,
        panels=[
            *_members(actor, organization, version, on),
            *_posts(actor, organization, on),
            *_below(actor, organization, on),
            facts_panel("basics", _("基本情况"), _basics(actor, organization, version)),
            *_names(organization),
            *withdraw_panel(actor, organization, holds(actor, WITHDRAW, organization)),
        ],
    )
    if election.tone in ("refused", "attention"):
        page.states = [*page.states, election]
    return render_record(request, organization, page, on)


def _basics(
    actor: PersonActor, organization: PartyOrganization, version: OrganizationVersion | None
) -> list[Fact]:
    parent = version.parent if version else organization.parent
    seen = lookups.visible_organizations(actor, [parent.pk]) if parent else set()
    return [
        Fact(
            _("上级党组织"),
            parent.name if parent else _("无"),
            organization_url(parent) if parent and parent.pk in seen else "",
        ),
        Fact(_("代码"), organization.code),
        Fact(
            _("成立时间"), formats.write_day(partial(organization.founded_on, organization.founded_precision))
        ),
        Fact(
            _("上次换届"), formats.write_day(partial(organization.elected_on, organization.elected_precision))
        ),
        Fact(_("登记起止"), period(organization.valid_from, organization.valid_to)),
    ]


def _members(
    actor: PersonActor, organization: PartyOrganization, version: OrganizationVersion | None, on: date
) -> list[ShownPanel]:
    path = version.path if version else organization.path
    whole, parts = member_structure(members_on(on, "organization", path), on)
    # Who may not see names sees the figures: they lead nowhere then.
    leads = holds(actor, "registers.member_view", organization)
    base = {"organization": str(organization.uid), "on": on.isoformat()}

    def url(**more: str) -> str:
        return f"{reverse('registers:members')}?{urlencode({**base, **more})}" if leads else ""

    figures = [Figure(_("党员"), whole, url(), unit=_("名"))]
    figures += [Figure(part.label, part.count, url(**{part.code: part.value})) for part in parts]
    data = {"figures": figures, "on": on, "more_url": url()}
    if leads and whole:
        data["exports"] = [(_("导出花名册"), f"{reverse('registers:members_export')}?{urlencode(base)}")]
    return [ShownPanel("members", _("党员（含下级）"), FIGURES, data, "main", True)]


def _posts(actor: PersonActor, organization: PartyOrganization, on: date) -> list[ShownPanel]:
    if not holds(actor, "registers.member_view", organization):
        return []
    posts = lookups.posts_in(organization, on)
    seen = lookups.visible_persons(actor, [row.person_id for row in posts if row.person_id])
    edits = organization.valid_to is None and holds(actor, "registers.record_edit", organization)
    lines: list[tuple[object, ...]] = [
        (
            POST.name_of(row.post),
            _holder(row, seen),
            _phone(row),
            formats.write_day(row.valid_from),
            formats.write_day(row.term_ends_on) if row.term_ends_on else "",
            *(((_("更正"), _edit_url(organization, row)),) if edits else ()),
        )
        for row in posts
    ]
    heads: tuple[str, ...] = (_("职务"), _("姓名"), _("电话"), _("任职起"), _("任期届满"))
    heads += (_("办理"),) if edits else ()
    return [table_panel("posts", _("任职"), table(heads, lines))] if lines else []


def _edit_url(organization: PartyOrganization, row: Appointment) -> str:
    if row.valid_to is not None:
        return ""
    return reverse("registers:appointment_edit", args=[organization.uid, row.pk])


def _holder(row: Appointment, seen: set[int]) -> tuple[str, str]:
    if row.person is None:
        return row.name, ""
    return row.person.name, person_url(row.person) if row.person_id in seen else ""


def _phone(row: Appointment) -> str:
    return formats.write_masked(protection.open_text(row.phone), "phone") if row.phone else ""


def _below(actor: PersonActor, organization: PartyOrganization, on: date) -> list[ShownPanel]:
    children = lookups.children_of(organization, on)
    if not children:
        return []
    keys = [row.organization_id for row in children]
    seen, members = lookups.visible_organizations(actor, keys), member_counts(keys, on)
    places = place_names([row.area for row in children])
    lines: list[tuple[object, ...]] = [
        (
            (row.name, organization_url(row.organization) if row.organization_id in seen else ""),
            ORGANIZATION_KIND.name_of(row.kind),
            places.get(row.area_id, row.area.name),
            members[row.organization_id],
        )
        for row in children
    ]
    heads: Sequence[str | TableColumn] = (
        _("名称"),
        _("类别"),
        _("所在地"),
        TableColumn(_("本级党员"), number=True),
    )
    title = _("下级党组织（%(count)d）") % {"count": len(children)}
    return [table_panel("below", title, table(tuple(heads), lines))]


def _names(organization: PartyOrganization) -> list[ShownPanel]:
    known = lookups.names_over_time(organization)
    if len(known) < 2:
        return []
    lines: list[tuple[object, ...]] = [
        (
            row.name,
            ORGANIZATION_KIND.name_of(row.kind),
            row.parent.name if row.parent else "",
            period(row.valid_from, row.valid_to),
        )
        for row in known
    ]
    heads = (_("名称"), _("类别"), _("上级党组织"), _("起止"))
    return [table_panel("names", _("名称与隶属沿革"), table(heads, lines))]
