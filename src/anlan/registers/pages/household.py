"""The page of one household: head, place, persons of the day, who joined and left, where it lived."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import RELATION, RESETTLEMENT_MODE, SEX, SUPPORT_MODE
from anlan.kernel.permissions import held, holds
from anlan.places.pages.frame import above, area_crumbs, day_of, past_day
from anlan.registers.history_words import HOUSEHOLD_END_WORDS
from anlan.registers.models import Household, HouseholdMembership
from anlan.registers.pages.doing import WITHDRAW, withdraw_panel
from anlan.registers.pages.shown import in_words, period
from anlan.registers.queries import lookups
from anlan.registers.queries.details import age_on, heads_of, place_names, resettlements_of, residences_of
from anlan.registers.tables.register import partial, person_url
from anlan.registers.tables.shown import masked_id
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.parts import Action, Fact, State, TableColumn, table
from anlan.web.records import RecordPage, ShownPanel, TimelineItem, render_record, table_panel, timeline_panel

Rows = list[HouseholdMembership]


@reader("registers.household_view")
def household_page(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A household as of the day asked for. 404 outside the actor's range of today."""
    household, on = lookups.household_by_uid(actor, uid), day_of(request)
    everybody = lookups.residents_of(household)
    inside = [row for row in everybody if lookups.in_household(row, on)]
    head = heads_of([household.pk], on).get(household.pk)
    area = residences_of([household.pk], on).get(household.pk, household.area)
    title = _("%(head)s户") % {"head": head.name} if head else _("户主待定的户")
    seen = lookups.visible_persons(actor, [row.person_id for row in everybody])
    crumbs = area_crumbs(actor, area, on, last=title)
    page = RecordPage(
        kind="household",
        title=title,
        eyebrow=_("移民户"),
        icon="household",
        states=() if _stands(household, on) else (State(_("已销户"), "quiet"),),
        facts=(
            Fact(_("户编号"), household.number or _("未编号")),
            Fact(_("居住地"), place_names([area]).get(area.pk, ""), above(crumbs)),
            Fact(_("人口"), _("%(count)d 人") % {"count": len(inside)}),
        ),
        actions=_actions(actor, household),
        crumbs=crumbs,
        on=past_day(request),
        dated=True,
        panels=[
            _members(inside, seen, on),
            *_support(inside, on),
            *_former([row for row in everybody if row not in inside], seen),
            _story(household, everybody),
            *withdraw_panel(actor, household, holds(actor, WITHDRAW, household)),
        ],
    )
    return render_record(request, household, page, on)


_ACTIONS: tuple[tuple[str, str, str | Promise], ...] = (
    ("birth_record", "birth_record", gettext_lazy("登记出生")),
    ("household_move", "household_move", gettext_lazy("整户迁移")),
    ("head_change", "head_change", gettext_lazy("变更户主")),
    ("household_split", "household_add", gettext_lazy("分户")),
    ("household_edit", "record_edit", gettext_lazy("更正户编号")),
)


def _actions(actor: PersonActor, household: Household) -> list[Action]:
    """The buttons of a household that stands, for those who may."""
    if household.valid_to is not None:
        return []
    may = held(actor, [f"registers.{verb}" for _name, verb, _label in _ACTIONS], household)
    found = [
        Action(label, reverse(f"registers:{name}", args=[household.uid]))
        for name, verb, label in _ACTIONS
        if f"registers.{verb}" in may
    ]
    if holds(actor, "registers.person_add", household):
        url = f"{reverse('registers:person_add')}?{urlencode({'household': str(household.uid)})}"
        found.insert(1, Action(_("新增成员"), url))
    return found


def _stands(household: Household, on: date) -> bool:
    return household.valid_to is None or on < household.valid_to


def _named(row: HouseholdMembership, seen: set[int]) -> tuple[str, str]:
    return row.person.name, person_url(row.person) if row.person_id in seen else ""


def _members(rows: Rows, seen: set[int], on: date) -> ShownPanel:
    lines: list[tuple[object, ...]] = [
        (
            _named(row, seen),
            RELATION.name_of(row.relation),
            SEX.name_of(row.person.sex),
            age_on(row.person, on),
            masked_id(row.person),
            formats.write_day(row.valid_from),
        )
        for row in rows
    ]
    heads = (
        _("姓名"),
        _("与户主关系"),
        _("性别"),
        TableColumn(_("年龄"), number=True),
        _("身份证号码"),
        _("在户起"),
    )
    return table_panel("members", _("家庭成员"), table(heads, lines))


def _support(rows: Rows, on: date) -> list[ShownPanel]:
    """What was verified about the resettlement, once for all it is the same for."""
    records = resettlements_of([row.person_id for row in rows], on)
    alike: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        record = records.get(row.person_id)
        if record is not None:
            facts = (
                record.from_place,
                formats.write_day(partial(record.moved_on, record.moved_precision)),
                RESETTLEMENT_MODE.name_of(record.mode),
                SUPPORT_MODE.name_of(record.support_mode),
            )
            alike.setdefault(facts, []).append(row.person.name)
    lines: list[tuple[object, ...]] = [(_("、").join(names), *facts) for facts, names in alike.items()]
    heads = (_("人员"), _("迁出地"), _("搬迁时间"), _("安置方式"), _("扶持方式"))
    return [table_panel("resettlement", _("安置与扶持"), table(heads, lines))] if lines else []


def _former(rows: Rows, seen: set[int]) -> list[ShownPanel]:
    lines: list[tuple[object, ...]] = [
        (
            _named(row, seen),
            RELATION.name_of(row.relation),
            period(row.valid_from, row.valid_to),
            in_words(HOUSEHOLD_END_WORDS, row.end_reason) or (_("死亡") if row.person.died_on else ""),
        )
        for row in rows
    ]
    heads = (_("姓名"), _("与户主关系"), _("在户起止"), _("变动原因"))
    return [table_panel("former", _("不在户人员"), table(heads, lines))] if lines else []


def _story(household: Household, rows: Rows) -> ShownPanel:
    residences = lookups.residences_over_time(household)
    places = place_names([row.area for row in residences])
    first = household.valid_from
    items = [TimelineItem(first, _("登记入册"), _("%(count)d 人") % {"count": _at_first(rows, first)})]
    items += [
        TimelineItem(row.valid_from, _("居住在%(place)s") % {"place": places.get(row.area_id, row.area.name)})
        for row in residences
    ]
    items += [TimelineItem(row.valid_from, _joined(row)) for row in rows if row.valid_from > first]
    items += [
        TimelineItem(row.valid_to, _left(row), in_words(HOUSEHOLD_END_WORDS, row.end_reason))
        for row in rows
        if row.valid_to is not None
    ]
    if household.valid_to is not None:
        items.append(TimelineItem(household.valid_to, _("销户")))
    return timeline_panel(
        "story", _("变动经过"), sorted(items, key=lambda item: str(item.when), reverse=True)
    )


def _at_first(rows: Rows, first: date) -> int:
    return sum(row.valid_from <= first for row in rows)


def _joined(row: HouseholdMembership) -> str:
    words = {"name": row.person.name, "relation": RELATION.name_of(row.relation)}
    if row.person.birth_date == row.valid_from:
        return _("%(name)s出生入户（%(relation)s）") % words
    return _("%(name)s入户（%(relation)s）") % words


def _left(row: HouseholdMembership) -> str:
    words = {"name": row.person.name}
    return (_("%(name)s去世") if row.person.died_on == row.valid_to else _("%(name)s离户")) % words
