"""The page of one person: who, where, which household; then everything that is dated."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    MARITAL_STATUS,
    MEMBERSHIP_STAGE,
    RELATION,
    RESETTLEMENT_MODE,
    SEX,
    SUPPORT_MODE,
)
from anlan.kernel.permissions import holds
from anlan.places.pages.frame import above, area_crumbs, day_of, past_day
from anlan.registers.history_words import CONTACT_WORDS, HOUSEHOLD_END_WORDS
from anlan.registers.models import Person, PersonContact
from anlan.registers.pages.course import PARTY, event_item
from anlan.registers.pages.doing import WITHDRAW, withdraw_panel
from anlan.registers.pages.person_actions import CONTACT_END, may_do, person_actions
from anlan.registers.pages.shown import in_words, memberships_panel, period, posts_panel, spells_panel
from anlan.registers.queries import lookups
from anlan.registers.queries.details import (
    Belonging,
    age_on,
    belongings_of,
    memberships_of,
    place_names,
    spells_of,
)
from anlan.registers.queries.timeline import person_timeline
from anlan.registers.tables.register import household_url, partial
from anlan.registers.tables.shown import masked_id
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Fact, State, table
from anlan.web.records import RecordPage, ShownPanel, facts_panel, render_record, table_panel, timeline_panel


@reader("registers.person_view")
def person_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A person as of the day asked for. 404 outside the actor's range of today."""
    person, on = lookups.person_by_uid(actor, uid), day_of(request)
    home = belongings_of([person.pk], on).get(person.pk)
    area = home.area if home and home.area else person.area
    crumbs = area_crumbs(actor, area, on, last=person.name) if area else []
    may = may_do(actor, person)
    page = RecordPage(
        kind="person",
        title=person.name,
        eyebrow=_("个人"),
        icon="person",
        states=_states(actor, person, on),
        facts=(
            Fact(_("性别、年龄"), who(person, on)),
            Fact(_("居住地"), place_names([area]).get(area.pk, "") if area else "", above(crumbs)),
            _household_fact(actor, home),
        ),
        actions=person_actions(person, may),
        crumbs=crumbs,
        on=past_day(request),
        dated=True,
        panels=[
            facts_panel("basics", _("基本情况"), basics(person)),
            *_contacts(person, CONTACT_END in may),
            *_homes(actor, person),
            *_resettlement(person),
            *_party(actor, person),
            _course(actor, person),
            *withdraw_panel(actor, person, WITHDRAW in may),
        ],
    )
    return render_record(request, person, page, on)


def who(person: Person, on: date) -> str:
    """Sex and age on the day in words."""
    age = age_on(person, on)
    parts = [
        SEX.name_of(person.sex) if person.sex else "",
        _("%(age)d 岁") % {"age": age} if age is not None else "",
    ]
    return _("，").join(part for part in parts if part)


def basics(person: Person) -> list[Fact]:
    """What is known of a person that does not change from day to day."""
    facts = [
        Fact(_("身份证号码"), masked_id(person)),
        Fact(_("出生日期"), formats.write_day(partial(person.birth_date, person.birth_precision))),
        Fact(_("民族"), ETHNIC_GROUP.name_of(person.ethnic_group)),
        Fact(_("文化程度"), person.education_text or EDUCATION.name_of(person.education)),
    ]
    rarely = (
        Fact(_("婚姻状况"), MARITAL_STATUS.name_of(person.marital_status)),
        Fact(_("职业"), person.occupation),
        Fact(_("住址"), person.address),
        Fact(_("死亡日期"), formats.write_day(person.died_on) if person.died_on else ""),
    )
    return facts + [fact for fact in rarely if fact.value]


def _states(actor: PersonActor, person: Person, on: date) -> list[State]:
    states = []
    if person.died_on is not None and person.died_on <= on:
        states.append(State(_("已故"), "quiet"))
    if not holds(actor, "registers.member_view"):
        return states
    membership = memberships_of([person.pk], on).get(person.pk)
    if membership is not None:
        states.append(State(MEMBERSHIP_STAGE.name_of(membership.stage), "notice"))
    if person.pk in spells_of([person.pk], on):
        states.append(State(_("外出流动"), "attention"))
    return states


def _household_fact(actor: PersonActor, home: Belonging | None) -> Fact:
    if home is None:
        return Fact(_("户"), _("不在任何一户"))
    seen = lookups.visible_households(actor, [home.household.pk])
    url = household_url(home.household) if seen else ""
    return Fact(_("户"), home.household.number or _("未编号"), url, RELATION.name_of(home.relation))


def _contacts(person: Person, may_end: bool) -> list[ShownPanel]:
    rows: list[tuple[object, ...]] = [
        (
            str(CONTACT_WORDS[row.kind]),
            formats.write_masked(row.plain_value(), row.kind),
            row.note or row.source,
            period(row.valid_from, row.valid_to),
            _end_link(person, row) if may_end and row.valid_to is None else "",
        )
        for row in lookups.contacts_of(person)
    ]
    heads = (_("种类"), _("号码"), _("说明"), _("起止"), _("办理"))
    return [table_panel("contacts", _("联系方式"), table(heads, rows))] if rows else []


def _end_link(person: Person, row: PersonContact) -> tuple[str, str]:
    return _("停用"), reverse("registers:contact_end", args=[person.uid, row.pk])


def _homes(actor: PersonActor, person: Person) -> list[ShownPanel]:
    homes = lookups.homes_of(person)
    seen = lookups.visible_households(actor, [row.household_id for row in homes])
    rows: list[tuple[object, ...]] = [
        (
            (
                row.household.number or _("未编号"),
                household_url(row.household) if row.household_id in seen else "",
            ),
            RELATION.name_of(row.relation),
            period(row.valid_from, row.valid_to),
            in_words(HOUSEHOLD_END_WORDS, row.end_reason),
        )
        for row in homes
    ]
    heads = (_("户编号"), _("与户主关系"), _("起止"), _("变动原因"))
    return [table_panel("homes", _("家庭"), table(heads, rows))] if rows else []


def _resettlement(person: Person) -> list[ShownPanel]:
    rows: list[tuple[object, ...]] = [
        (
            row.register_number or _("未编号"),
            row.from_place,
            formats.write_day(partial(row.moved_on, row.moved_precision)),
            RESETTLEMENT_MODE.name_of(row.mode),
            SUPPORT_MODE.name_of(row.support_mode),
            row.programme.name if row.programme else "",
            formats.write_day(row.support_until) if row.support_until else "",
            period(row.valid_from, row.valid_to),
        )
        for row in lookups.resettlement_history(person)
    ]
    heads = (
        _("核定登记号"),
        _("迁出地"),
        _("搬迁时间"),
        _("安置方式"),
        _("扶持方式"),
        _("扶持项目"),
        _("扶持截止"),
        _("起止"),
    )
    return [table_panel("resettlement", _("安置与扶持"), table(heads, rows))] if rows else []


def _course(actor: PersonActor, person: Person) -> ShownPanel:
    """What happened to the person, as far as the actor may see the registers it stands in."""
    party = holds(actor, "registers.member_view")
    events = [one for one in person_timeline(person) if party or one.code.removesuffix("_end") not in PARTY]
    return timeline_panel("course", _("变动经过"), [event_item(one) for one in events])


def _party(actor: PersonActor, person: Person) -> list[ShownPanel]:
    if not holds(actor, "registers.member_view"):
        return []
    return [
        *memberships_panel(actor, lookups.memberships_over_time(person)),
        *spells_panel(lookups.spells_over_time(person)),
        *posts_panel(actor, lookups.posts_of(person)),
    ]
