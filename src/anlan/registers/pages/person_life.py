"""The forms of what happens to one person: a death, a marriage, a move."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.marriage_record import marriage_record
from anlan.registers.actions.person_move import person_move
from anlan.registers.forms.households import HeirForm
from anlan.registers.forms.life import DeathForm, MarriageForm, PersonMoveForm
from anlan.registers.models import Person
from anlan.registers.pages.doing import done, person_for
from anlan.registers.queries.lookups import place_of, places_in
from anlan.registers.tables.register import person_url
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form


def _living(actor: PersonActor, uid: UUID, code: str) -> Person:
    person = person_for(actor, uid, code)
    if person.died_on is not None:
        raise NotFound(f"{code} {uid}")
    return person


def _with_heirs(form: type[HeirForm], actor: PersonActor, person: Person, data: QueryDict | None) -> HeirForm:
    """A form that asks who follows, where the person is the head of others."""
    place = place_of(person)
    leads = place is not None and place.household.head_id == person.pk
    others = places_in(place.household, besides=person) if place is not None else []
    day = {"died_on": timezone.localdate(), "on": timezone.localdate()}
    return form(data, actor=actor, others=others, leads=leads, initial=day)


@reader("registers.death_record")
def death(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a death; 404 for somebody recorded as dead."""
    person = _living(actor, uid, "registers.death_record")
    page = FormPage(
        _("登记死亡"),
        _("登记死亡"),
        person_url(person),
        eyebrow=person.name,
        icon="person",
        follows=(
            _("从这一天起，%(name)s不再算户内人口、党员和任职。") % {"name": person.name},
            _("扶持从下一个发放周期起停止，已发的不收回。"),
            _("登记错了可以撤回，撤回后恢复原样。"),
        ),
    )

    def write(form: HeirForm) -> Done:
        death_record(actor, person=person, died_on=form.cleaned_data["died_on"], **form.heir())
        told = _("已登记%(name)s去世。") % {"name": person.name}
        return done(actor, person, told, takes_back=_("登记错了，撤回"))

    return answer_form(request, actor, page, lambda data: _with_heirs(DeathForm, actor, person, data), write)


@reader("registers.marriage_record")
def marriage(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a marriage."""
    person = _living(actor, uid, "registers.marriage_record")
    page = FormPage(
        _("登记婚姻"),
        _("登记婚姻"),
        person_url(person),
        eyebrow=person.name,
        icon="person",
        follows=(
            _("双方的婚姻状况改为已婚；迁入另一户的，从这一天起算那一户的人口。"),
            _("扶持不变：土地和扶持的权益不因婚姻而改变。"),
        ),
    )

    def write(form: MarriageForm) -> Done:
        marriage_record(actor, person=person, **form.arguments())
        return done(actor, person, _("已登记婚姻。"))

    def make(data: QueryDict | None) -> MarriageForm:
        return _with_heirs(MarriageForm, actor, person, data)  # type: ignore[return-value]

    return answer_form(request, actor, page, make, write)


@reader("registers.person_move")
def move(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of somebody who goes to another household, or lives elsewhere alone."""
    person = _living(actor, uid, "registers.person_move")
    page = FormPage(
        _("个人迁移"),
        _("登记迁移"),
        person_url(person),
        eyebrow=person.name,
        icon="person",
        follows=(
            _("从这一天起，%(name)s不再算原来那一户的人口；以前的情况仍按原来的查。") % {"name": person.name},
            _("原户没有人了，就在同一天注销。"),
        ),
    )

    def write(form: PersonMoveForm) -> Done:
        person_move(actor, person=person, **form.arguments())
        return done(actor, person, _("已登记迁移。"))

    def make(data: QueryDict | None) -> PersonMoveForm:
        return _with_heirs(PersonMoveForm, actor, person, data)  # type: ignore[return-value]

    return answer_form(request, actor, page, make, write)
