"""What the forms of the registers share: who may, where they lead, how it is taken back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anlan.kernel import record
from anlan.kernel.actions import actions
from anlan.kernel.actors import PersonActor
from anlan.kernel.permissions import holds
from anlan.kernel.problems import NotFound, Problem, sentence
from anlan.places.models import Area
from anlan.places.tables import area_url
from anlan.registers.actions.change_withdraw import KINDS
from anlan.registers.models import Household, PartyOrganization, Person
from anlan.registers.queries import lookups
from anlan.registers.rules.withdrawing import WITHDRAWABLE
from anlan.registers.tables.register import household_url, organization_url, person_url
from anlan.web.form_pages import Done
from anlan.web.formats import write_moment
from anlan.web.parts import Action, Table, table
from anlan.web.records import ShownPanel, table_panel

WITHDRAW = "registers.change_withdraw"
WITHDRAW_TITLE = gettext_lazy("登记错了可以撤回")
_LOOKED_AT, _SHOWN = 30, 5


def person_for(actor: PersonActor, uid: UUID, code: str) -> Person:
    """A person the actor may do this to; ``NotFound`` for everybody else."""
    person = lookups.person_by_uid(actor, uid)
    if not holds(actor, code, person):
        raise NotFound(f"{code} {uid}")
    return person


def household_for(actor: PersonActor, uid: UUID, code: str) -> Household:
    """A household the actor may do this to; ``NotFound`` for every other."""
    household = lookups.household_by_uid(actor, uid)
    if not holds(actor, code, household):
        raise NotFound(f"{code} {uid}")
    return household


def url_of(record_: Any) -> str:
    """The page of a record whose changes are taken back (one of ``KINDS``)."""
    if isinstance(record_, Area):
        return area_url(record_.code)
    if isinstance(record_, Household):
        return household_url(record_)
    return organization_url(record_) if isinstance(record_, PartyOrganization) else person_url(record_)


def kind_of(record_: Model) -> str:
    """Under which kind the changes of a record are kept."""
    return KINDS[type(record_)]


_WITHDRAW_PAGES = {"person": "change_withdraw"}


def withdraw_url(record_: Any, sequence: int) -> str:
    """The page on which one change of a record is taken back."""
    kind = kind_of(record_)
    name = _WITHDRAW_PAGES.get(kind, f"{kind}_withdraw")
    key = record_.code if isinstance(record_, Area) else record_.uid
    return reverse(f"registers:{name}", args=[key, sequence])


def undo_of(actor: Any, record_: Model, takes_back: str = "") -> Action | None:
    """The way to take the latest change of a record back, for those who may."""
    latest = record.history(kind_of(record_), record_.pk, limit=1)
    if not latest or latest[0].entry.action not in WITHDRAWABLE:
        return None
    if not holds(actor, WITHDRAW, record_) or not holds(actor, latest[0].entry.action):
        return None
    return Action(takes_back or _("做错了，撤回"), withdraw_url(record_, latest[0].entry.sequence))


def warnings_of(problems: Iterable[Problem]) -> list[Problem]:
    """What the rules found odd without refusing it; said once however often it was found."""
    return list({sentence(one): one for one in problems if one.level == "warning"}.values())


def withdraw_panel(actor: Any, record_: Any, may: bool) -> list[ShownPanel]:
    """The latest changes of a record that may be taken back, for those who ``may`` with this record."""
    shown = withdraw_table(actor, record_) if may else None
    return [table_panel("withdrawable", WITHDRAW_TITLE, shown)] if shown else []


def withdraw_table(actor: Any, record_: Any) -> Table | None:
    """The latest changes of a record the actor may make and so take back; None where there are none."""
    items = record.history(kind_of(record_), record_.pk, limit=_LOOKED_AT)
    gone = {item.entry.facts.get("withdraws") for item in items}
    known = actions()
    lines: list[tuple[object, ...]] = [
        (
            known[item.entry.action].label,
            item.entry.actor_label,
            write_moment(item.entry.at),
            (_("撤回"), withdraw_url(record_, item.entry.sequence)),
        )
        for item in items
        if item.entry.action in WITHDRAWABLE
        and item.entry.sequence not in gone
        and holds(actor, item.entry.action)
    ]
    heads = (_("变动"), _("经办"), _("时间"), _("办理"))
    return table(heads, lines[:_SHOWN]) if lines else None


def done(
    actor: PersonActor,
    record_: Model,
    message: str,
    *,
    url: str = "",
    takes_back: str = "",
    warnings: Sequence[Problem] = (),
) -> Done:
    """What was done to a record, its page, and the way to take it back for those who may."""
    return Done(message, url or url_of(record_), undo_of(actor, record_, takes_back), warnings)
