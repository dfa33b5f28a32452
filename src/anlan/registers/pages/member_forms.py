"""The doors of the verbs of members: what each asks, what would follow, what was done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import MEMBERSHIP_STAGE
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.places.pages.frame import area_crumbs
from anlan.registers.actions.floating_end import floating_end
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.membership_end import membership_end
from anlan.registers.actions.membership_stage import membership_stage
from anlan.registers.actions.membership_start import membership_start
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.derive import partial_of
from anlan.registers.forms.members import (
    FloatingEndForm,
    FloatingStartForm,
    MembershipEndForm,
    MembershipStageForm,
    MembershipStartForm,
    MembershipTransferForm,
)
from anlan.registers.labels import MEMBERSHIP_END_WORDS
from anlan.registers.models import Membership
from anlan.registers.pages.doing import done
from anlan.registers.queries import lookups
from anlan.registers.rules.memberships import MEMBERS, MOVES, Stage
from anlan.registers.tables.register import member_url
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form, tried
from anlan.web.parts import Fact


def membership_for(actor: PersonActor, uid: UUID, permission: str) -> Membership:
    """The membership in force of whoever an address names, where the actor may do something with it.

    After a transfer or a new stage an address still leads to the same person.
    """
    row = lookups.membership_by_uid(actor, uid)
    if row.valid_to is not None:
        now = row.person.memberships.filter(valid_to=None).select_related("organization__area").first()
        if now is None:
            raise NotFound(f"member {uid}")
        now.person = row.person
        row = now
    if not holds(actor, permission, row):
        raise NotFound(f"member {uid}")
    return row


def _page(
    actor: PersonActor, row: Membership, title: str, button: str, follows: Sequence[str], **more: Any
) -> FormPage:
    on = timezone.localdate()
    return FormPage(
        title=title,
        button=button,
        back=member_url(row),
        eyebrow=_("%(name)s，%(organization)s")
        % {"name": row.person.name, "organization": row.organization.name},
        icon="member",
        follows=follows,
        crumbs=area_crumbs(actor, row.organization.area, on, last=title),
        **more,
    )


def _today() -> dict[str, Any]:
    return {"on": timezone.localdate()}


@reader("registers.membership_start")
def start(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """Somebody of the register belongs to an organisation; ``?person=`` and ``?organization=`` fill both."""
    listing = reverse("registers:members")
    page = FormPage(
        title=_("登记党员"),
        button=_("登记党员"),
        back=listing,
        icon="member",
        lead=_("党员、预备党员、发展对象、入党积极分子和申请人都在这里登记。"),
        follows=[
            _("只能登记名册里的人，名册里没有的先登记这个人。"),
            _("从这一天起出现在这个组织的名单里。"),
        ],
        crumbs=[Crumb(_("党员"), listing), Crumb(_("登记党员"))],
        wide=True,
    )
    asked = {name: request.GET[name] for name in ("person", "organization") if request.GET.get(name)}

    def make(data: QueryDict | None) -> MembershipStartForm:
        return MembershipStartForm(data, actor=actor, initial={**_today(), **asked})

    def write(form: MembershipStartForm) -> Done:
        where = {name: form.cleaned_data[name] for name in ("person", "organization", "on")}
        row = membership_start(actor, facts=form.facts(), **where)
        words = {
            "name": row.person.name,
            "organization": row.organization.name,
            "day": formats.write_day(row.valid_from),
        }
        told = _("%(name)s从%(day)s起编入%(organization)s。") % words
        return done(actor, row.person, told, url=member_url(row))

    return answer_form(request, actor, page, make, write)


@reader("registers.membership_stage")
def stage(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The next stage."""
    row = membership_for(actor, uid, "registers.membership_stage")
    before = Stage(row.stage) if row.stage in MOVES else None
    if before is None or not MOVES[before]:
        raise NotFound(f"stage of {uid}")
    page = _page(
        actor,
        row,
        _("变更人员类别"),
        _("变更类别"),
        [_("从这一天起按新的类别统计；以前日期的清单仍按原来的类别。")],
        names={"joined": "on", "full_member": "on"},
    )

    def make(data: QueryDict | None) -> MembershipStageForm:
        return MembershipStageForm(data, stage=before, initial=_today())

    def changed(form: MembershipStageForm) -> Membership:
        to, on = Stage(form.cleaned_data["stage"]), form.cleaned_data["on"]
        return membership_stage(actor, membership=row, stage=to, on=on)

    def read(after: Membership) -> list[Fact]:
        old, new = MEMBERSHIP_STAGE.name_of(row.stage), MEMBERSHIP_STAGE.name_of(after.stage)
        return [
            Fact(_("人员类别"), f"{old} → {new}"),
            Fact(_("入党时间"), formats.write_day(partial_of(after, "joined"))),
            Fact(_("转正时间"), formats.write_day(partial_of(after, "full_member"))),
        ]

    def write(form: MembershipStageForm) -> Done:
        after = changed(form)
        words = {
            "day": formats.write_day(form.cleaned_data["on"]),
            "stage": MEMBERSHIP_STAGE.name_of(after.stage),
        }
        return done(actor, row.person, _("从%(day)s起为%(stage)s。") % words, url=member_url(after))

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: changed(form), read)
    )


@reader("registers.membership_transfer")
def transfer(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Hand somebody over to another organisation of the county."""
    row = membership_for(actor, uid, "registers.membership_transfer")
    page = _page(
        actor,
        row,
        _("转接组织关系"),
        _("转接"),
        [
            _("从这一天起在新的组织；在原组织的任职同一天结束。"),
            _("新的组织不归您管时，转接以后您不再看到这个人的党员登记。"),
            _("转到县外的，用“减少”，原因选“组织关系转出”。"),
        ],
    )

    def make(data: QueryDict | None) -> MembershipTransferForm:
        return MembershipTransferForm(data, actor=actor, initial=_today())

    def moved(form: MembershipTransferForm) -> Membership:
        return membership_transfer(actor, membership=row, **form.cleaned_data)

    def preview(form: MembershipTransferForm) -> Sequence[Fact]:
        ends = row.person.appointments.filter(organization=row.organization_id, valid_to=None).count()
        return tried(
            lambda: moved(form),
            lambda after: [
                Fact(_("党组织"), f"{row.organization.name} → {after.organization.name}"),
                Fact(_("日期"), formats.write_day(form.cleaned_data["on"])),
                Fact(_("结束的任职"), _("%(count)d 项") % {"count": ends}),
            ],
        )

    def write(form: MembershipTransferForm) -> Done:
        after = moved(form)
        words = {
            "day": formats.write_day(form.cleaned_data["on"]),
            "organization": after.organization.name,
        }
        told = _("从%(day)s起转到%(organization)s。") % words
        if holds(actor, "registers.member_view", after):
            return done(actor, row.person, told, url=member_url(after))
        told += _("那里不归您管，转错了请由县里或那边转回来。")
        return Done(told, reverse("registers:members"))

    return answer_form(request, actor, page, make, write, preview=preview)


@reader("registers.membership_end")
def end(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """End a membership."""
    row = membership_for(actor, uid, "registers.membership_end")
    page = _page(
        actor,
        row,
        _("减少党员"),
        _("减少"),
        [
            _("在这个组织的任职、流动党员登记同一天结束。"),
            _("去世的不在这里办，请在个人页面登记死亡。"),
            _("在县内换组织的不在这里办，请用“转接组织关系”。"),
        ],
        confirm=_("确定从名册里减少%(name)s吗？") % {"name": row.person.name},
    )

    def make(data: QueryDict | None) -> MembershipEndForm:
        return MembershipEndForm(data, stage=row.stage, initial=_today())

    def write(form: MembershipEndForm) -> Done:
        membership_end(actor, membership=row, **form.cleaned_data)
        words = {
            "name": row.person.name,
            "day": formats.write_day(form.cleaned_data["on"]),
            "reason": MEMBERSHIP_END_WORDS[form.cleaned_data["reason"]],
        }
        told = _("%(name)s从%(day)s起减少，原因：%(reason)s。") % words
        return done(actor, row.person, told, url=member_url(row))

    return answer_form(request, actor, page, make, write)


@reader("registers.floating_start")
def float_out(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A member goes far away to work."""
    row = membership_for(actor, uid, "registers.floating_start")
    if row.stage not in MEMBERS or row.person.floating_spells.filter(valid_to=None).exists():
        raise NotFound(f"floating of {uid}")
    page = _page(actor, row, _("登记流动党员"), _("登记流动"), [_("组织关系不变，仍在原来的组织。")])

    def make(data: QueryDict | None) -> FloatingStartForm:
        return FloatingStartForm(data, initial=_today())

    def write(form: FloatingStartForm) -> Done:
        floating_start(actor, person=row.person, **form.cleaned_data)
        told = _("已登记为流动党员，去向%(place)s。") % {"place": form.cleaned_data["destination"]}
        return done(actor, row.person, told, url=member_url(row))

    return answer_form(request, actor, page, make, write)


@reader("registers.floating_end")
def float_back(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A floating member is back."""
    row = membership_for(actor, uid, "registers.floating_end")
    if not row.person.floating_spells.filter(valid_to=None).exists():
        raise NotFound(f"floating of {uid}")
    page = _page(actor, row, _("流动党员返回"), _("登记返回"), [_("这次外出的经历仍在履历里。")])

    def make(data: QueryDict | None) -> FloatingEndForm:
        return FloatingEndForm(data, initial=_today())

    def write(form: FloatingEndForm) -> Done:
        floating_end(actor, person=row.person, on=form.cleaned_data["on"])
        return done(actor, row.person, _("已登记返回。"), url=member_url(row))

    return answer_form(request, actor, page, make, write)
