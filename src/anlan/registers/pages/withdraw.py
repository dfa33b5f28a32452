"""The page on which a change is taken back: what it did, and why it never was."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actions import actions
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound
from anlan.kernel.record import entry_of
from anlan.places.models import Area
from anlan.places.queries import area_by_code
from anlan.registers.actions.change_withdraw import change_withdraw
from anlan.registers.forms.life import WithdrawForm
from anlan.registers.models import Household, PartyOrganization, Person
from anlan.registers.pages.doing import WITHDRAW, household_for, kind_of, person_for, url_of
from anlan.registers.queries import lookups
from anlan.registers.rules.withdrawing import WITHDRAWABLE
from anlan.web import formats
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form
from anlan.web.parts import Fact


@reader(WITHDRAW)
def person(request: HttpRequest, actor: PersonActor, uid: UUID, sequence: int) -> HttpResponse:
    """A change of a person; 404 for one that is none of theirs or is not taken back here."""
    row = person_for(actor, uid, WITHDRAW)
    return _withdraw(request, actor, row, row.name, sequence)


@reader(WITHDRAW)
def household(request: HttpRequest, actor: PersonActor, uid: UUID, sequence: int) -> HttpResponse:
    """A change of a household, likewise."""
    row = household_for(actor, uid, WITHDRAW)
    name = _("%(head)s户") % {"head": row.head.name} if row.head else _("户主待定的户")
    return _withdraw(request, actor, row, name, sequence)


@reader(WITHDRAW)
def organization(request: HttpRequest, actor: PersonActor, uid: UUID, sequence: int) -> HttpResponse:
    """A change of an organisation, also of one that ended."""
    row = lookups.organization_by_uid(actor, uid)
    if not holds(actor, WITHDRAW, row):
        raise NotFound(f"organization {uid}")
    return _withdraw(request, actor, row, row.name, sequence)


@reader(WITHDRAW)
def area(request: HttpRequest, actor: PersonActor, code: str, sequence: int) -> HttpResponse:
    """A change of an area."""
    row = area_by_code(actor, code, timezone.localdate())
    if not holds(actor, WITHDRAW, row):
        raise NotFound(f"area {code}")
    return _withdraw(request, actor, row, row.name, sequence)


def _withdraw(request: HttpRequest, actor: PersonActor, row: Model, name: str, sequence: int) -> HttpResponse:
    entry = entry_of(kind_of(row), row.pk, sequence)
    if entry is None or entry.action not in WITHDRAWABLE or not holds(actor, entry.action):
        raise NotFound(f"entry {sequence}")
    label = str(actions()[entry.action].label)
    page = FormPage(
        _("撤回：%(what)s") % {"what": label},
        _("撤回"),
        url_of(row),
        eyebrow=name,
        icon="undo",
        facts=(Fact(_("谁办的"), entry.actor_label), Fact(_("什么时候"), formats.write_moment(entry.at))),
        follows=(
            _("当作没有发生过：这项变动登记的、停止的、改动的，全部恢复原样。"),
            _("办理和撤回都留在修改记录里。此后又有相关变动的，要先撤回那些。"),
            _("真实发生过、后来又变了的事不要撤回，请另办一项变动。"),
        ),
    )

    def make(data: QueryDict | None) -> WithdrawForm:
        return WithdrawForm(data, actor=actor)

    def write(form: WithdrawForm) -> Done:
        change_withdraw(actor, record=row, sequence=sequence, reason=form.cleaned_data["reason"])
        return Done(_("已撤回：%(what)s。") % {"what": label}, _where(row))

    return answer_form(request, actor, page, make, write)


_LISTS: dict[type[Model], str] = {
    Person: "registers:persons",
    Household: "registers:households",
    PartyOrganization: "registers:organizations",
    Area: "places:areas",
}


def _where(row: Any) -> str:
    """The page of the record, or the list of its kind where it never was."""
    if type(row)._base_manager.filter(pk=row.pk).exists():
        return url_of(type(row)._base_manager.get(pk=row.pk))
    return reverse(_LISTS[type(row)])
