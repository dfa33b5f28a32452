"""The forms of a household: founded with everybody in it, moved, split, led by somebody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.head_change import head_change
from anlan.registers.actions.household_add import NewMember, household_add
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.household_rows import HEAD
from anlan.registers.forms.households import (
    HeadForm,
    HouseholdForm,
    HouseholdMoveForm,
    MemberForm,
    SplitForm,
)
from anlan.registers.models import Household
from anlan.registers.pages.doing import done, household_for, warnings_of
from anlan.registers.queries.lookups import places_in, programme_on
from anlan.registers.tables.register import household_url
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form

NAMES = {"moved_on": "own_moved", "support_mode": "own_support_mode", "value": "phones"}


@reader("registers.household_add")
def add(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """The form of a new household with everybody in it; ``?area=`` fills in where it lives."""
    page = FormPage(
        _("新增移民户"),
        _("保存"),
        reverse("registers:households"),
        eyebrow=_("移民户"),
        icon="household",
        follows=(
            _("全户一次登记，每个人各有一页；有一处不对，整户都不保存，填的内容还在。"),
            _("写了移民安置的，同时登记移民身份；扶持截止日期自动计算。"),
        ),
        names=NAMES,
        wide=True,
    )
    first = {
        "on": timezone.localdate(),
        "area": request.GET.get("area", ""),
        "members": [{"relation": HEAD}],
    }

    def make(data: QueryDict | None) -> HouseholdForm:
        return HouseholdForm(data, actor=actor, initial=first)

    def write(form: HouseholdForm) -> Done:
        given = form.cleaned_data
        household = household_add(
            actor,
            area=given["area"],
            on=given["on"],
            number=given["number"],
            members=[_member(form, row) for row in form.given],
        )
        told = _("已登记这一户，共 %(count)d 人。") % {"count": len(form.given)}
        today = timezone.localdate()
        odd = warnings_of(problem for row in form.given for problem in row.odd(today))
        return done(actor, household, told, warnings=odd)

    return answer_form(request, actor, page, make, write)


def _member(form: HouseholdForm, row: MemberForm) -> NewMember:
    shared, on = form.shared(), form.cleaned_data["on"]
    moved = row.cleaned_data["own_moved"] or shared["moved"]
    programme = form.cleaned_data["programme"] or programme_on(moved.date if moved else None, on)
    facts = row.resettlement(shared, programme)
    return NewMember(
        row.cleaned_data["relation"], facts=row.facts(), contacts=row.contacts, resettlement=facts
    )


def _standing(actor: PersonActor, uid: UUID, code: str) -> Household:
    household = household_for(actor, uid, code)
    if household.valid_to is not None:
        raise NotFound(f"{code} {uid}")
    return household


def _page(household: Household, title: str, button: str, *follows: str) -> FormPage:
    name = _("%(head)s户") % {"head": household.head.name} if household.head else _("户主待定的户")
    return FormPage(
        title, button, household_url(household), eyebrow=name, icon="household", follows=follows, names=_HOME
    )


_HOME = {"household": "area"}


@reader("registers.household_move")
def move(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a household that lives elsewhere; 404 for one that ended."""
    household = _standing(actor, uid, "registers.household_move")
    page = _page(
        household,
        _("整户迁移"),
        _("登记迁移"),
        _("从这一天起，全户人都住到新的地方；以前的住处仍可按日期查。"),
    )

    def make(data: QueryDict | None) -> HouseholdMoveForm:
        return HouseholdMoveForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: HouseholdMoveForm) -> Done:
        household_move(actor, household=household, **form.cleaned_data)
        return done(actor, household, _("已登记整户迁移。"))

    return answer_form(request, actor, page, make, write)


@reader("registers.head_change")
def head(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of another head; 404 for a household that ended."""
    household = _standing(actor, uid, "registers.head_change")
    places = places_in(household)
    page = _page(
        household, _("变更户主"), _("变更户主"), _("从这一天起按新的户主和关系显示；以前的仍可按日期查。")
    )

    def make(data: QueryDict | None) -> HeadForm:
        day = {"on": timezone.localdate()}
        return HeadForm(data, actor=actor, places=places, head=household.head, initial=day)

    def write(form: HeadForm) -> Done:
        head_change(actor, household=household, **form.arguments())
        return done(actor, household, _("已变更户主。"))

    return answer_form(request, actor, page, make, write)


@reader("registers.household_add")
def split(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form by which some of a household form one of their own; 404 for a household that ended."""
    household = _standing(actor, uid, "registers.household_add")
    places = places_in(household)
    page = _page(
        household,
        _("分户"),
        _("登记分户"),
        _("从这一天起，分出去的人算新户的人口，原户其余人不变。"),
        _("户主分出去的，原户暂无户主，请接着变更户主。"),
    )

    def make(data: QueryDict | None) -> SplitForm:
        day = {"on": timezone.localdate(), "area": household.area.code}
        return SplitForm(data, actor=actor, places=places, initial=day)

    def write(form: SplitForm) -> Done:
        given = form.cleaned_data
        new = household_add(
            actor, area=given["area"], on=given["on"], number=given["number"], members=form.members()
        )
        return done(actor, new, _("已分出新户。"))

    return answer_form(request, actor, page, make, write)
