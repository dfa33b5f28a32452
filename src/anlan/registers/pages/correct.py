"""The forms of corrections: what stands here was wrong or missing, also for the past."""

from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.forms.editing import RecordEditForm
from anlan.registers.models import Household, Person
from anlan.registers.pages.doing import done, household_for, person_for, url_of
from anlan.registers.queries.lookups import open_resettlement
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form

CODE = "registers.record_edit"


@reader(CODE)
def person(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The facts of a person."""
    row = person_for(actor, uid, CODE)
    follows = (
        _("更正以后，过去和现在都按更正的内容显示；改前改后都记在修改记录里。"),
        _("搬迁、婚姻、死亡等变动不在这里办，请回到个人页面办理。"),
    )
    return _correct(request, actor, row, row, _("更正个人信息"), row.name, follows)


@reader(CODE)
def household(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The number of a household."""
    row = household_for(actor, uid, CODE)
    follows = (_("更正以后，过去和现在都按更正的户编号显示。"),)
    return _correct(request, actor, row, row, _("更正户编号"), row.number or _("未编号"), follows)


@reader(CODE)
def resettlement(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """What is verified about a person's resettlement now."""
    owner = person_for(actor, uid, CODE)
    row = open_resettlement(owner)
    if row is None:
        raise NotFound(f"resettlement of {uid}")
    follows = (_("更正搬迁时间以后，扶持截止日期随之重新计算。"), _("扶持的开始、暂停、停止不在这里办。"))
    return _correct(request, actor, owner, row, _("更正移民登记"), owner.name, follows)


def _correct(
    request: HttpRequest,
    actor: PersonActor,
    owner: Person | Household,
    row: Model,
    title: str,
    name: str,
    follows: tuple[str, ...],
) -> HttpResponse:
    page = FormPage(
        title,
        _("保存更正"),
        url_of(owner),
        eyebrow=name,
        icon="edit",
        follows=follows,
        names=_NAMES,
    )

    def make(data: QueryDict | None) -> RecordEditForm:
        return RecordEditForm(data, actor=actor, record=row)

    def write(form: RecordEditForm) -> Done:
        record_edit(actor, record=row, values=form.values(), reason=form.cleaned_data["reason"])
        return done(actor, owner, _("已更正。"))

    return answer_form(request, actor, page, make, write)


_NAMES = {"moved_on": "moved", "birth_date": "birth"}
