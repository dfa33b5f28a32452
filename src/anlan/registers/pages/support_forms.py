"""The forms of resettlement and support: the effect is shown before it is saved."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import SUPPORT_MODE
from anlan.kernel.problems import NotFound
from anlan.registers.actions.resettlement_start import ResettlementFacts, resettlement_start
from anlan.registers.actions.support_change import support_change
from anlan.registers.actions.support_rows import reasons_for, state_of
from anlan.registers.forms.support import ResettlementForm, SupportForm
from anlan.registers.labels import SUPPORT_STATE_WORDS
from anlan.registers.models import ResettlementRecord
from anlan.registers.pages.doing import done, person_for, warnings_of
from anlan.registers.queries.lookups import open_resettlement, programme_on
from anlan.registers.rules.resettlement import SupportMove, record_problems
from anlan.registers.tables.register import person_url
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form, tried
from anlan.web.parts import Fact


def _effect(record: ResettlementRecord) -> Sequence[Fact]:
    programme = record.programme
    document = programme.document if programme else ""
    return [
        Fact(_("从哪天起"), formats.write_day(record.valid_from)),
        Fact(_("扶持方式"), SUPPORT_MODE.name_of(record.support_mode) or _("没有扶持")),
        Fact(_("扶持项目"), programme.name if programme else "", note=document),
        Fact(_("扶持截止"), formats.write_day(record.support_until) if record.support_until else ""),
    ]


@reader("registers.resettlement_start")
def start(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a verified resettlement; 404 for somebody who has one, and for the dead."""
    person = person_for(actor, uid, "registers.resettlement_start")
    if person.died_on is not None or open_resettlement(person) is not None:
        raise NotFound(f"resettlement of {uid}")
    page = FormPage(
        _("登记移民身份"),
        _("登记移民身份"),
        person_url(person),
        eyebrow=person.name,
        icon="person",
        follows=(_("扶持项目和截止日期按搬迁时间和政策计算，保存前先给您看。"),),
        names={"moved_on": "moved"},
    )

    def make(data: QueryDict | None) -> ResettlementForm:
        return ResettlementForm(data, actor=actor, initial={"on": timezone.localdate()})

    def act(form: ResettlementForm) -> ResettlementRecord:
        given = dict(form.cleaned_data)
        on = given.pop("on")
        moved = given["moved"]
        if given["support_mode"] and given["programme"] is None:
            given["programme"] = programme_on(moved.date if moved else None, on)
        elif not given["support_mode"]:
            given["programme"] = None
        return resettlement_start(actor, person=person, facts=ResettlementFacts(**given), on=on)

    def write(form: ResettlementForm) -> Done:
        record = act(form)
        odd = record_problems(moved_on=record.moved_on, birth=person.birth_date, today=timezone.localdate())
        return done(actor, person, _("已登记移民身份。"), warnings=warnings_of(odd))

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: act(form), _effect)
    )


@reader("registers.support_change")
def change(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The form of a change of support; 404 for somebody without a record, and for the dead."""
    person = person_for(actor, uid, "registers.support_change")
    record = open_resettlement(person)
    if person.died_on is not None or record is None:
        raise NotFound(f"support of {uid}")
    today = timezone.localdate()
    reasons = reasons_for(person, today)
    state = state_of(record, reasons)
    page = FormPage(
        _("变更扶持"),
        _("变更扶持"),
        person_url(person),
        eyebrow=person.name,
        icon="money",
        facts=_now(record, SUPPORT_STATE_WORDS[state.value]),
        follows=(_("暂停期间的资金不补发，扶持期限不顺延。"), _("保存前先给您看从哪天起怎样扶持。")),
    )

    def make(data: QueryDict | None) -> SupportForm:
        return SupportForm(data, actor=actor, state=state, reasons=reasons, initial={"on": today})

    def act(form: SupportForm) -> ResettlementRecord:
        given = form.arguments()
        if given["move"] is SupportMove.GRANT and given["programme"] is None:
            given["programme"] = programme_on(record.moved_on, given["on"])
        return support_change(actor, person=person, **given)

    def write(form: SupportForm) -> Done:
        act(form)
        return done(actor, person, _("已变更扶持。"))

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: act(form), _effect)
    )


def _now(record: ResettlementRecord, state: object) -> tuple[Fact, ...]:
    until = formats.write_day(record.support_until) if record.support_until else ""
    return (
        Fact(_("现在"), state),
        Fact(_("扶持方式"), SUPPORT_MODE.name_of(record.support_mode)),
        Fact(_("扶持截止"), until),
    )
