"""The forms of a unit: added, corrected, renamed, moved, counted, ended."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import held
from anlan.kernel.problems import NotFound
from anlan.registers.actions.headcount_state import headcount_state
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.actions.unit_add import unit_add
from anlan.registers.actions.unit_end import unit_end
from anlan.registers.actions.unit_move import unit_move
from anlan.registers.actions.unit_rename import unit_rename
from anlan.registers.forms.coverage import HeadcountForm, UnitEndForm, UnitForm, UnitMoveForm, UnitRenameForm
from anlan.registers.forms.editing import RecordEditForm
from anlan.registers.models import Unit
from anlan.registers.queries.unit_reach import unit_by_uid
from anlan.registers.tables.units import unit_url
from anlan.web.doors import reader
from anlan.web.form_pages import Done, FormPage, answer_form
from anlan.web.forms import ActorForm
from anlan.web.parts import Action

F = TypeVar("F", bound=ActorForm)
VERBS = ("record_edit", "headcount_state", "unit_rename", "unit_move", "unit_end")


def unit_actions(actor: PersonActor, unit: Unit) -> list[Action]:
    """The buttons of a unit's page, for those who may."""
    words = {
        "registers.headcount_state": ("headcount_state", _("登记从业人数")),
        "registers.record_edit": ("unit_edit", _("更正")),
        "registers.unit_rename": ("unit_rename", _("变更名称")),
        "registers.unit_move": ("unit_move", _("变更所在地")),
        "registers.unit_end": ("unit_end", _("注销")),
    }
    may = held(actor, tuple(words), unit) if unit.valid_to is None else frozenset()
    return [
        Action(label, reverse(f"registers:{name}", args=[unit.uid]))
        for code, (name, label) in words.items()
        if code in may
    ]


@reader("registers.unit_add")
def add(request: HttpRequest, actor: PersonActor) -> HttpResponse:
    """A new unit."""
    page = FormPage(_("登记单位"), _("登记单位"), reverse("registers:units"), icon="unit", wide=True)

    def make(data: QueryDict | None) -> UnitForm:
        return UnitForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: UnitForm) -> Done:
        data = form.cleaned_data
        unit = unit_add(actor, facts=form.facts(), area=data["area"], on=data["on"])
        return Done(_("已登记。接着确定由哪个党组织和谁负责。"), unit_url(unit))

    return answer_form(request, actor, page, make, write)


@reader("registers.record_edit")
def edit(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The plain facts of a unit."""
    unit = _unit_for(actor, uid, "registers.record_edit")
    follows = (_("更正以后，过去和现在都按更正的内容显示。名称和所在地的变动不在这里办。"),)
    page = FormPage(
        _("更正单位信息"), _("保存更正"), unit_url(unit), eyebrow=unit.name, icon="edit", follows=follows
    )

    def make(data: QueryDict | None) -> RecordEditForm:
        return RecordEditForm(data, actor=actor, record=unit)

    def write(form: RecordEditForm) -> Done:
        record_edit(actor, record=unit, values=form.values(), reason=form.cleaned_data["reason"])
        return Done(_("已更正。"), unit_url(unit))

    return answer_form(request, actor, page, make, write)


@reader("registers.unit_rename")
def rename(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Another name or kind of a unit."""
    unit = _unit_for(actor, uid, "registers.unit_rename")

    def make(data: QueryDict | None) -> UnitRenameForm:
        first = {"name": unit.name, "kind": unit.kind, "on": timezone.localdate()}
        return UnitRenameForm(data, actor=actor, initial=first)

    def write(form: UnitRenameForm) -> None:
        unit_rename(actor, unit=unit, **form.cleaned_data)

    return _answer(
        request, actor, unit, _("变更单位名称"), make, write, _("以前的名称在那些日子里照旧显示。")
    )


@reader("registers.unit_move")
def move(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """Another place of a unit."""
    unit = _unit_for(actor, uid, "registers.unit_move")

    def make(data: QueryDict | None) -> UnitMoveForm:
        return UnitMoveForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: UnitMoveForm) -> None:
        unit_move(actor, unit=unit, **form.cleaned_data)

    follows = _("覆盖的党组织和负责的人不变，要换的另行办理。")
    return _answer(request, actor, unit, _("变更单位所在地"), make, write, follows)


@reader("registers.headcount_state")
def headcount(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """How many work in a unit."""
    unit = _unit_for(actor, uid, "registers.headcount_state")
    now = unit.headcounts.filter(valid_to=None).first()

    def make(data: QueryDict | None) -> HeadcountForm:
        known = (
            {name: getattr(now, name) for name in ("resettlers", "members", "full_members")} if now else {}
        )
        return HeadcountForm(data, actor=actor, initial={**known, "on": timezone.localdate()})

    def write(form: HeadcountForm) -> None:
        headcount_state(actor, unit=unit, count=form.count(), on=form.cleaned_data["on"])

    follows = _("空着的表示不清楚。以前登记的人数在那些日子里照旧显示。")
    return _answer(request, actor, unit, _("登记从业人数"), make, write, follows)


@reader("registers.unit_end")
def end(request: HttpRequest, actor: PersonActor, uid: UUID) -> HttpResponse:
    """The end of a unit."""
    unit = _unit_for(actor, uid, "registers.unit_end")

    def make(data: QueryDict | None) -> UnitEndForm:
        return UnitEndForm(data, actor=actor, initial={"on": timezone.localdate()})

    def write(form: UnitEndForm) -> None:
        unit_end(actor, unit=unit, **form.cleaned_data)

    follows = _("对它的覆盖和从业人数同日结束；以前的情况照旧可以查到。")
    return _answer(request, actor, unit, _("注销单位"), make, write, follows)


def _unit_for(actor: PersonActor, uid: UUID, code: str) -> Unit:
    unit = unit_by_uid(actor, uid)
    if unit.valid_to is not None or code not in held(actor, (code,), unit):
        raise NotFound(f"{code} {uid}")
    return unit


def _answer(
    request: HttpRequest,
    actor: PersonActor,
    unit: Unit,
    title: str,
    make: Callable[[QueryDict | None], F],
    write: Callable[[F], None],
    follows: str,
) -> HttpResponse:
    page = FormPage(title, title, unit_url(unit), eyebrow=unit.name, icon="unit", follows=(follows,))

    def done(form: F) -> Done:
        write(form)
        return Done(_("已办理：%(what)s。") % {"what": title}, unit_url(unit))

    return answer_form(request, actor, page, make, done)
