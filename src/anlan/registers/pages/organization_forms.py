"""The doors of the verbs of Party organisations: what each asks, what would follow, what was done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.codes import ORGANIZATION_KIND
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.places.pages.frame import area_crumbs
from anlan.registers.actions.election_record import election_record
from anlan.registers.actions.organization_add import organization_add
from anlan.registers.actions.organization_end import organization_end
from anlan.registers.actions.organization_move import organization_move
from anlan.registers.actions.organization_rename import organization_rename
from anlan.registers.forms.organizations import (
    ElectionForm,
    OrganizationAddForm,
    OrganizationEndForm,
    OrganizationMoveForm,
    OrganizationRenameForm,
    post_words,
)
from anlan.registers.models import PartyOrganization
from anlan.registers.pages.doing import done
from anlan.registers.queries import lookups
from anlan.registers.queries.details import place_names
from anlan.registers.tables.register import organization_url
from anlan.web import formats
from anlan.web.context import Crumb
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form, tried
from anlan.web.parts import Fact


def organization_for(actor: PersonActor, uid: UUID, permission: str) -> PartyOrganization:
    """An organisation of today the actor may do something with; otherwise there is none."""
    organization = lookups.organization_by_uid(actor, uid)
    if organization.valid_to is not None or not holds(actor, permission, organization):
        raise NotFound(f"organization {uid}")
    return organization


def form_page(
    actor: PersonActor,
    organization: PartyOrganization,
    title: str,
    button: str,
    follows: Sequence[str] = (),
    **more: Any,
) -> FormPage:
    """The page of a form about an organisation."""
    on = timezone.localdate()
    return FormPage(
        title=title,
        button=button,
        back=organization_url(organization),
        eyebrow=organization.name,
        icon="organization",
        follows=follows,
        crumbs=area_crumbs(actor, organization.area, on, last=title),
        **more,
    )


@reader("registers.organization_add")
def add(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """An organisation with its posts on one form; ``?parent=`` is where it was asked for."""
    above = _asked_parent(request, actor)
    listing = reverse("registers:organizations")
    page = FormPage(
        title=_("新增党组织"),
        button=_("新增党组织"),
        back=organization_url(above) or listing,
        icon="organization",
        follows=[
            _("从登记的日期起出现在清单和统计里。"),
            _("党员、发展对象另外登记；写了姓名没有选人的任职，以后可以对应到人。"),
        ],
        crumbs=[Crumb(_("党组织"), listing), Crumb(_("新增党组织"))],
        names={"founded_on": "founded", "elected_on": "elected"},
        wide=True,
    )
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if above is not None:
        initial |= {"parent": str(above.uid), "area": above.area.code}

    def make(data: QueryDict | None) -> OrganizationAddForm:
        return OrganizationAddForm(data, actor=actor, initial=initial)

    def added(form: OrganizationAddForm) -> PartyOrganization:
        where = {name: form.cleaned_data[name] for name in ("parent", "area", "on")}
        return organization_add(actor, facts=form.facts(), posts=form.posts(), **where)

    def write(form: OrganizationAddForm) -> Done:
        new = added(form)
        words = {"name": new.name, "day": formats.write_day(new.valid_from)}
        return done(actor, new, _("已新增%(name)s，从%(day)s起登记。") % words)

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: added(form), _as_added)
    )


def _asked_parent(request: HttpRequest, actor: PersonActor) -> PartyOrganization | None:
    text = request.GET.get("parent", "")
    if not text:
        return None
    try:
        return organization_for(actor, UUID(text), "registers.organization_add")
    except ValueError as error:
        raise NotFound(f"organization {text}") from error


def _as_added(new: PartyOrganization) -> list[Fact]:
    posts = new.appointments.filter(valid_to=None).select_related("person").order_by("pk")
    told = [
        _("%(post)s，任期届满 %(day)s") % {"post": post_words(row), "day": _day(row.term_ends_on)}
        for row in posts
    ]
    return [
        Fact(_("名称"), new.name),
        Fact(_("上级党组织"), new.parent.name if new.parent else _("无")),
        Fact(_("所在地"), place_names([new.area])[new.area_id]),
        Fact(_("届满日期"), _day(new.election_due_on)),
        Fact(_("任职"), _("；").join(told)),
    ]


def _day(day: Any) -> str:
    return formats.write_day(day) if day else _("没有")


@reader("registers.organization_rename")
def rename(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Give the organisation another name or kind from a day on."""
    organization = organization_for(actor, uid, "registers.organization_rename")
    page = form_page(
        actor,
        organization,
        _("变更党组织名称"),
        _("变更名称"),
        [_("从这一天起用新名称；以前日期的清单和统计仍用原来的名称。"), _("用原来的名称也能查到它。")],
    )

    def make(data: QueryDict | None) -> OrganizationRenameForm:
        initial = {"on": timezone.localdate()}
        return OrganizationRenameForm(data, organization=organization, initial=initial)

    def renamed(form: OrganizationRenameForm) -> PartyOrganization:
        return organization_rename(actor, organization=organization, **form.cleaned_data)

    def read(after: PartyOrganization) -> list[Fact]:
        changes = (
            (_("名称"), organization.name, after.name),
            (_("类别"), ORGANIZATION_KIND.name_of(organization.kind), ORGANIZATION_KIND.name_of(after.kind)),
        )
        return [Fact(label, f"{old} → {new}") for label, old, new in changes if old != new]

    def write(form: OrganizationRenameForm) -> Done:
        after = renamed(form)
        words = {"day": formats.write_day(form.cleaned_data["on"]), "name": after.name}
        return done(actor, after, _("从%(day)s起名称为%(name)s。") % words)

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: renamed(form), read)
    )


@reader("registers.organization_move")
def move(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Put the organisation under another parent, into another area, or both."""
    organization = organization_for(actor, uid, "registers.organization_move")
    page = form_page(
        actor,
        organization,
        _("调整党组织隶属"),
        _("调整隶属"),
        [
            _("下级党组织和里面的党员一起过去，管辖它们的账号权限跟着走。"),
            _("以前日期的清单和统计仍按原来的隶属。"),
        ],
    )

    def make(data: QueryDict | None) -> OrganizationMoveForm:
        return OrganizationMoveForm(data, actor=actor, initial={"on": timezone.localdate()})

    def moved(form: OrganizationMoveForm) -> PartyOrganization:
        return organization_move(actor, organization=organization, **form.cleaned_data)

    def read(after: PartyOrganization) -> list[Fact]:
        below = PartyOrganization.objects.within(after.path).filter(valid_to=None).count() - 1
        places = place_names([organization.area, after.area])
        above = organization.parent.name if organization.parent else _("无")
        facts = [
            Fact(_("上级党组织"), f"{above} → {after.parent.name if after.parent else _('无')}"),
            Fact(_("所在地"), f"{places[organization.area_id]} → {places[after.area_id]}"),
        ]
        changed = (after.parent_id != organization.parent_id, after.area_id != organization.area_id)
        told = [fact for fact, differs in zip(facts, changed, strict=True) if differs]
        return [*told, Fact(_("一起过去的下级党组织"), _("%(count)d 个") % {"count": below})]

    def write(form: OrganizationMoveForm) -> Done:
        after = moved(form)
        told = _("从%(day)s起已调整。") % {"day": formats.write_day(form.cleaned_data["on"])}
        return done(actor, after, told)

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: moved(form), read)
    )


@reader("registers.organization_end")
def end(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Dissolve the organisation; what stands in the way is said before anything is asked."""
    organization = organization_for(actor, uid, "registers.organization_end")
    page = form_page(
        actor,
        organization,
        _("撤销党组织"),
        _("撤销"),
        [
            _("班子的任职和管辖它的账号权限同一天结束。"),
            _("以前日期的清单和统计里仍有它。"),
        ],
        facts=tuple(_in_the_way(organization)),
        confirm=_("确定撤销%(name)s吗？") % {"name": organization.name},
    )

    def make(data: QueryDict | None) -> OrganizationEndForm:
        return OrganizationEndForm(data, initial={"on": timezone.localdate()})

    def write(form: OrganizationEndForm) -> Done:
        organization_end(actor, organization=organization, **form.cleaned_data)
        words = {"name": organization.name, "day": formats.write_day(form.cleaned_data["on"])}
        return done(actor, organization, _("%(name)s从%(day)s起撤销。") % words)

    return answer_form(request, actor, page, make, write)


def _in_the_way(organization: PartyOrganization) -> list[Fact]:
    """How much still stands under the organisation or belongs to it, with the way there."""
    base = f"?organization={organization.uid}"
    children = organization.children.filter(valid_to=None).count()
    members = organization.memberships.filter(valid_to=None).count()
    note = _("要先调整或撤销") if children else ""
    return [
        Fact(
            _("下级党组织"),
            _("%(count)d 个") % {"count": children},
            f"{reverse('registers:organizations')}{base}" if children else "",
            note,
        ),
        Fact(
            _("党员、发展对象等"),
            _("%(count)d 名") % {"count": members},
            f"{reverse('registers:members')}{base}" if members else "",
            _("要先转出") if members else "",
        ),
    ]


@reader("registers.election_record")
def election(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Record an election that was held; the day of the next is shown before it is written."""
    organization = organization_for(actor, uid, "registers.election_record")
    page = form_page(
        actor,
        organization,
        _("登记换届"),
        _("登记换届"),
        [_("届满日期从新的换届算起。"), _("班子成员的任职、免职另外登记。")],
        names={"elected_on": "on", "election_due_on": "due_on"},
    )

    def make(data: QueryDict | None) -> ElectionForm:
        return ElectionForm(data, initial={"on": timezone.localdate()})

    def held(form: ElectionForm) -> PartyOrganization:
        return election_record(actor, organization=organization, **form.cleaned_data)

    def read(after: PartyOrganization) -> list[Fact]:
        return [
            Fact(_("换届日期"), _day(after.elected_on)),
            Fact(_("届满日期"), f"{_day(organization.election_due_on)} → {_day(after.election_due_on)}"),
        ]

    def write(form: ElectionForm) -> Done:
        after = held(form)
        told = _("已登记换届，届满日期为%(day)s。") % {"day": _day(after.election_due_on)}
        return done(actor, after, told)

    return answer_form(
        request, actor, page, make, write, preview=lambda form: tried(lambda: held(form), read)
    )
