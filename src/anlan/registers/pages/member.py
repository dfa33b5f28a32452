"""The page of one member: stage, branch, since when; transfers, floating, posts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import MEMBERSHIP_STAGE, STANDING
from anlan.kernel.permissions import holds
from anlan.places.pages.frame import area_crumbs, day_of, past_day
from anlan.registers.models import FloatingSpell, Membership
from anlan.registers.pages.doing import WITHDRAW, withdraw_panel
from anlan.registers.pages.party_actions import member_actions
from anlan.registers.pages.person import basics, who
from anlan.registers.pages.shown import memberships_panel, period, posts_panel, spells_panel
from anlan.registers.queries import lookups
from anlan.registers.queries.details import memberships_of, spells_of
from anlan.registers.tables.register import organization_url, partial, person_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.history import stories
from anlan.web.parts import Action, Fact, State
from anlan.web.records import RecordPage, ShownPanel, facts_panel, render_record


@reader("registers.member_view")
def member_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A member as of the day asked for. 404 outside the actor's range.

    The address is that of one membership; after a transfer or a new stage it still leads to the same person,
    shown with the membership of the day.
    """
    asked, on = lookups.membership_by_uid(actor, uid), day_of(request)
    person = asked.person
    row = memberships_of([person.pk], on).get(person.pk, asked)
    organization = row.organization
    seen = organization.pk in lookups.visible_organizations(actor, [organization.pk])
    spell = spells_of([person.pk], on).get(person.pk)
    page = RecordPage(
        kind="member",
        title=person.name,
        eyebrow=_("党员"),
        icon="member",
        lead=who(person, on),
        states=_states(row, spell),
        facts=(
            Fact(_("人员类别"), MEMBERSHIP_STAGE.name_of(row.stage)),
            Fact(_("所在党组织"), organization.name, organization_url(organization) if seen else ""),
            Fact(_("入党时间"), formats.write_day(partial(row.joined_on, row.joined_precision))),
        ),
        actions=(*_actions(actor, row), *(() if past_day(request) else member_actions(actor, row, spell))),
        crumbs=area_crumbs(actor, organization.area, on, last=person.name),
        on=past_day(request),
        dated=True,
        panels=[
            facts_panel("membership", _("党员信息"), _facts(row, spell)),
            facts_panel("basics", _("基本情况"), basics(person)),
            *memberships_panel(actor, lookups.memberships_over_time(person)),
            *spells_panel(lookups.spells_over_time(person)),
            *posts_panel(actor, lookups.posts_of(person)),
            *withdraw_panel(actor, person, holds(actor, WITHDRAW, person)),
            _history(row),
        ],
    )
    return render_record(request, row, page, on)


def _states(row: Membership, spell: FloatingSpell | None) -> list[State]:
    states = [State(_("外出流动"), "attention")] if spell else []
    return states if row.valid_to is None else [*states, State(_("已变动"), "quiet")]


def _actions(actor: PersonActor, row: Membership) -> tuple[Action, ...]:
    if row.person_id not in lookups.visible_persons(actor, [row.person_id]):
        return ()
    return (Action(_("个人底册"), person_url(row.person), icon="person"),)


def _facts(row: Membership, spell: FloatingSpell | None) -> list[Fact]:
    resettler = "" if row.is_resettler is None else _("是") if row.is_resettler else _("否")
    facts = [
        Fact(_("转正时间"), formats.write_day(partial(row.full_member_on, row.full_member_precision))),
        Fact(_("党籍状态"), STANDING.name_of(row.standing)),
        Fact(_("党内职务"), row.post),
        Fact(_("是否移民"), resettler),
        Fact(_("登记起止"), period(row.valid_from, row.valid_to)),
    ]
    return facts + ([Fact(_("流动去向"), spell.destination or _("去向不明"))] if spell else [])


def _history(row: Membership) -> ShownPanel:
    # A member is a person in a branch: the record of changes keeps both under the person.
    told = {"stories": stories("person", row.person_id)}
    return ShownPanel("history", _("修改记录"), "web/panels/history.html", told, "main", flush=False)
