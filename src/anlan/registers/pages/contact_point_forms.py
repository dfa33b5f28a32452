"""The forms of a contact point: set up, changed, given up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import held
from anlan.kernel.problems import NotFound
from anlan.registers.actions.contact_point_add import contact_point_add
from anlan.registers.actions.contact_point_change import contact_point_change
from anlan.registers.actions.contact_point_end import contact_point_end
from anlan.registers.forms.coverage import ContactPointForm, DutyForm, EndForm
from anlan.registers.models import ContactPoint
from anlan.registers.queries.unit_reach import contact_point_by_uid
from anlan.registers.tables.contact_points import contact_point_url
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form
from anlan.web.parts import Action


def contact_point_actions(actor: PersonActor, point: ContactPoint) -> list[Action]:
    """The buttons of a contact point's page, for those who may."""
    words = {
        "registers.contact_point_change": ("contact_point_change", _("变更联系点")),
        "registers.contact_point_end": ("contact_point_end", _("撤销联系点")),
    }
    may = held(actor, tuple(words), point) if point.valid_to is None else frozenset()
    return [
        Action(label, reverse(f"registers:{name}", args=[point.uid]))
        for code, (name, label) in words.items()
        if code in may
    ]


@reader("registers.contact_point_add")
def add(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """A new contact point."""
    title = _("设立联系点")
    page = FormPage(title, title, reverse("registers:contact_points"), icon="notice-board")

    def make(data: QueryDict | None) -> ContactPointForm:
        return ContactPointForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: ContactPointForm) -> Done:
        data = form.cleaned_data
        point = contact_point_add(actor, facts=form.facts(), area=data["area"], on=data["on"])
        return Done(_("已设立。"), contact_point_url(point))

    return answer_form(request, actor, page, make, write)


@reader("registers.contact_point_change")
def change(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Another officer, place, phone or opening."""
    point = _point_for(actor, uid, "registers.contact_point_change")
    now = point.duties.get(valid_to=None)
    follows = (_("电话空着就不变。以前的负责人和地点在那些日子里照旧显示。"),)
    page = _page(point, _("变更联系点"), follows)

    def make(data: QueryDict | None) -> DutyForm:
        known = {name: getattr(now, name) for name in ("place", "officer_name", "opening")}
        return DutyForm(data, actor=actor, initial={**known, "on": timezone.localdate()})

    def write(form: DutyForm) -> Done:
        contact_point_change(actor, contact_point=point, duty=form.duty(), on=form.cleaned_data["on"])
        return Done(_("已变更。"), contact_point_url(point))

    return answer_form(request, actor, page, make, write)


@reader("registers.contact_point_end")
def end(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """A contact point given up."""
    point = _point_for(actor, uid, "registers.contact_point_end")
    page = _page(point, _("撤销联系点"), (_("以前的情况照旧可以查到。"),))

    def make(data: QueryDict | None) -> EndForm:
        return EndForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: EndForm) -> Done:
        contact_point_end(actor, contact_point=point, on=form.cleaned_data["on"])
        return Done(_("已撤销。"), contact_point_url(point))

    return answer_form(request, actor, page, make, write)


def _point_for(actor: PersonActor, uid: UUID, code: str) -> ContactPoint:
    point = contact_point_by_uid(actor, uid)
    if point.valid_to is not None or code not in held(actor, (code,), point):
        raise NotFound(f"{code} {uid}")
    return point


def _page(point: ContactPoint, title: str, follows: tuple[str, ...]) -> FormPage:
    url = contact_point_url(point)
    return FormPage(title, title, url, eyebrow=point.name, icon="notice-board", follows=follows)
