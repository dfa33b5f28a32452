"""The forms of coverage: which organisation and who is responsible for a village, a point or a unit."""

from collections.abc import Callable
from typing import Literal, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import held
from anlan.kernel.problems import NotFound
from anlan.places.models import Area
from anlan.places.queries import area_by_code
from anlan.places.rules import AreaKind
from anlan.places.tables import area_url
from anlan.registers.actions.cover_assign import cover_assign
from anlan.registers.actions.cover_end import cover_end
from anlan.registers.actions.officer_assign import officer_assign
from anlan.registers.actions.officer_end import officer_end
from anlan.registers.forms.coverage import CoverForm, EndForm, OfficerForm
from anlan.registers.models import Unit
from anlan.registers.queries.unit_reach import unit_by_uid
from anlan.registers.rules.coverage import COVERED_AREAS, OFFICER_DUTY
from anlan.registers.tables.units import unit_url
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form
from anlan.web.forms import ActorForm
from anlan.web.parts import Action

F = TypeVar("F", bound=ActorForm)
TargetKind = Literal["area", "unit"]


def cover_actions(actor: PersonActor, target: Area | Unit) -> list[Action]:
    """The buttons of coverage on the page of a village, a point or a unit, for those who may."""
    codes = ("cover_assign", "cover_end", "officer_assign", "officer_end")
    may = held(actor, tuple(f"registers.{code}" for code in codes), target)
    if target.valid_to is not None or not may:
        return []
    covered = target.covers.filter(valid_to=None).exists()
    found = [("cover_end", _("解除党组织覆盖"))] if covered else [("cover_assign", _("确定覆盖党组织"))]
    duties = set(target.officer_covers.filter(valid_to=None).values_list("duty", flat=True))
    if OFFICER_DUTY.names.keys() - duties:
        found.append(("officer_assign", _("确定专干、联络员")))
    kind, ref = _address(target)
    actions = [Action(label, reverse(f"registers:{name}", args=[kind, ref])) for name, label in found]
    for duty in sorted(duties):
        label = _("解除%(duty)s") % {"duty": OFFICER_DUTY.name_of(duty)}
        actions.append(Action(label, reverse("registers:officer_end", args=[kind, ref, duty])))
    return actions


@reader("registers.cover_assign")
def assign(request: HttpRequest, actor: PersonActor, kind: str, ref: str) -> HttpResponse:
    """The organisation that covers something from a day on."""
    target = _target_for(actor, kind, ref, "registers.cover_assign")

    def make(data: QueryDict | None) -> CoverForm:
        return CoverForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: CoverForm) -> None:
        cover_assign(actor, target=target, **form.cleaned_data)

    follows = _("同一时间只由一个党组织覆盖；要换的，先解除现在的。")
    return _answer(request, actor, target, _("确定覆盖党组织"), make, write, follows)


@reader("registers.cover_end")
def end(request: HttpRequest, actor: PersonActor, kind: str, ref: str) -> HttpResponse:
    """The end of what was assigned."""
    target = _target_for(actor, kind, ref, "registers.cover_end")
    cover = target.covers.filter(valid_to=None).first()
    if cover is None:
        raise NotFound(f"cover of {ref}")

    def write(form: EndForm) -> None:
        cover_end(actor, cover=cover, on=form.cleaned_data["on"])

    follows = _("以后这里由“%(name)s”覆盖的记录仍可以查到。") % {"name": cover.organization.name}
    return _answer(request, actor, target, _("解除党组织覆盖"), _ending(actor), write, follows)


@reader("registers.officer_assign")
def officer(request: HttpRequest, actor: PersonActor, kind: str, ref: str) -> HttpResponse:
    """Who is responsible from a day on."""
    target = _target_for(actor, kind, ref, "registers.officer_assign")

    def make(data: QueryDict | None) -> OfficerForm:
        return OfficerForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: OfficerForm) -> None:
        officer_assign(actor, target=target, **form.cleaned_data)

    follows = _("移民专干、联络员各一名；要换的，先解除现在的。")
    return _answer(request, actor, target, _("确定专干、联络员"), make, write, follows)


@reader("registers.officer_end")
def officer_ending(request: HttpRequest, actor: PersonActor, kind: str, ref: str, duty: str) -> HttpResponse:
    """The end of somebody's responsibility."""
    target = _target_for(actor, kind, ref, "registers.officer_end")
    row = target.officer_covers.filter(valid_to=None, duty=duty).first()
    if row is None:
        raise NotFound(f"{duty} of {ref}")

    def write(form: EndForm) -> None:
        officer_end(actor, officer=row, on=form.cleaned_data["on"])

    title = _("解除%(duty)s") % {"duty": OFFICER_DUTY.name_of(duty)}
    follows = _("现在是%(name)s。解除以后，以前的记录仍可以查到。") % {"name": row.name}
    return _answer(request, actor, target, title, _ending(actor), write, follows)


def _ending(actor: PersonActor) -> Callable[[QueryDict | None], EndForm]:
    return lambda data: EndForm(data, actor=actor, initial={"on": timezone.localdate()})


def _target_for(actor: PersonActor, kind: str, ref: str, code: str) -> Area | Unit:
    """A village, point or unit that exists, for whoever may do this to it; ``NotFound`` otherwise."""
    target = _target(actor, kind, ref)
    if target.valid_to is not None or code not in held(actor, (code,), target):
        raise NotFound(f"{code} {ref}")
    return target


def _target(actor: PersonActor, kind: str, ref: str) -> Area | Unit:
    if kind == "unit":
        try:
            return unit_by_uid(actor, UUID(ref))
        except ValueError:
            raise NotFound(f"unit {ref}") from None
    area = area_by_code(actor, ref, timezone.localdate())
    if kind != "area" or AreaKind(area.kind) not in COVERED_AREAS:
        raise NotFound(f"{kind} {ref}")
    return area


def _address(target: Area | Unit) -> tuple[TargetKind, str]:
    return ("unit", str(target.uid)) if isinstance(target, Unit) else ("area", target.code)


def _answer(
    request: HttpRequest,
    actor: PersonActor,
    target: Area | Unit,
    title: str,
    make: Callable[[QueryDict | None], F],
    write: Callable[[F], None],
    follows: str,
) -> HttpResponse:
    url = unit_url(target) if isinstance(target, Unit) else area_url(target.code)
    page = FormPage(title, title, url, eyebrow=target.name, icon="organization", follows=(follows,))

    def done(form: F) -> Done:
        write(form)
        return Done(_("已办理：%(what)s。") % {"what": title}, url)

    return answer_form(request, actor, page, make, done)
