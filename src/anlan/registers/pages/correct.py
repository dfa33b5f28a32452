"""The forms of corrections: what stands here was wrong or missing, also for the past."""

from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.problems import NotFound
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.forms.editing import RecordEditForm
from anlan.registers.forms.organizations import post_words
from anlan.registers.models import Household, PartyOrganization, Person
from anlan.registers.pages.doing import done, household_for, person_for, url_of
from anlan.registers.pages.member_forms import membership_for
from anlan.registers.pages.organization_forms import organization_for
from anlan.registers.queries.lookups import open_posts_of, open_resettlement
from anlan.registers.tables.register import member_url
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


@reader(CODE)
def organization(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The facts of an organisation."""
    row = organization_for(actor, uid, CODE)
    follows = (
        _("更正上次换届以后，届满日期随之重新推算；届满日期也可以直接更正。"),
        _("名称、上级和所在地的变动不在这里办，请回到组织页面办理。"),
    )
    return _correct(request, actor, row, row, _("更正党组织信息"), row.name, follows)


@reader(CODE)
def appointment(request: HttpRequest, actor: PersonActor, uid: UUID, number: int) -> HttpResponse:
    """The name and the end of the term of somebody who holds a post."""
    owner = organization_for(actor, uid, CODE)
    row = next((one for one in open_posts_of(owner) if one.pk == number), None)
    if row is None:
        raise NotFound(f"post {number} of {uid}")
    follows = (_("换了人的不在这里改：先免职，再登记任职。"),)
    return _correct(request, actor, owner, row, _("更正任职"), post_words(row), follows)


@reader(CODE)
def membership(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The facts of a membership."""
    row = membership_for(actor, uid, CODE)
    follows = (
        _("更正以后，过去和现在都按更正的内容统计。"),
        _("换组织、变更人员类别、减少党员不在这里办，请回到党员页面办理。"),
    )
    title, name = _("更正党员信息"), row.person.name
    return _correct(request, actor, row.person, row, title, name, follows, member_url(row))


@reader(CODE)
def floating(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Where a member is away, and since when."""
    member = membership_for(actor, uid, CODE)
    row = member.person.floating_spells.filter(valid_to=None).first()
    if row is None:
        raise NotFound(f"floating of {uid}")
    title, name = _("更正流动登记"), member.person.name
    return _correct(request, actor, member.person, row, title, name, (), member_url(member))


def _correct(
    request: HttpRequest,
    actor: PersonActor,
    owner: Person | Household | PartyOrganization,
    row: Model,
    title: str,
    name: str,
    follows: tuple[str, ...],
    url: str = "",
) -> HttpResponse:
    page = FormPage(
        title,
        _("保存更正"),
        url or url_of(owner),
        eyebrow=name,
        icon="edit",
        follows=follows,
        names=_NAMES,
    )

    def make(data: QueryDict | None) -> RecordEditForm:
        return RecordEditForm(data, actor=actor, record=row)

    def write(form: RecordEditForm) -> Done:
        record_edit(actor, record=row, values=form.values(), reason=form.cleaned_data["reason"])
        return done(actor, owner, _("已更正。"), url=url)

    return answer_form(request, actor, page, make, write)


_NAMES = {
    "moved_on": "moved",
    "birth_date": "birth",
    "founded_on": "founded",
    "elected_on": "elected",
}
