"""Taking a change of a person, household, organisation or area back: it never happened."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anlan.accounts.models import RoleGrant
from anlan.kernel import permissions
from anlan.kernel.actions import action, actions
from anlan.kernel.changes import Change
from anlan.kernel.models import ChangeEntry
from anlan.kernel.paths import child_path
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.kernel.record import entry_of, entry_undone_by, records_in
from anlan.kernel.reversal import (
    Reversal,
    disturbed_rows,
    entries_of_rows,
    entries_pointing_at,
    prepare,
    taken_back,
)
from anlan.places.actions.dated_rows import locked, refuse
from anlan.places.models import Area
from anlan.registers.actions.household_rows import settle
from anlan.registers.models import (
    Appointment,
    Household,
    HouseholdMembership,
    Membership,
    PartyOrganization,
    Person,
)
from anlan.registers.rules.withdrawing import place_problems, withdraw_problems
from anlan.web.formats import write_moment

KINDS: dict[type[models.Model], str] = {
    Person: "person",
    Household: "household",
    PartyOrganization: "organization",
    Area: "area",
}
_MODELS = {kind: model for model, kind in KINDS.items()}
_NAMED = 5
CODE = "registers.change_withdraw"
M = TypeVar("M", bound=models.Model)


@action(CODE, label=_("撤回变动"), on="record", hands_over=True)
def change_withdraw(change: Change, *, record: models.Model, sequence: int, reason: str) -> ChangeEntry:
    """Take back the change with ``sequence`` in the history of a record (one of ``KINDS``), whole.

    Rows it made go, rows it ended or changed are as before; the record of changes keeps both. Refused: a
    change that is not taken back here, one taken back already, rows that were changed since or on which
    others hang (those changes are named: take them back first), a household or organisation that ended
    meanwhile, no reason. A change that touched somebody outside the actor's range, or that the actor may not
    make, is not found.
    """
    stored = locked(record)
    entry = _entry(stored, sequence)
    _require_reach(change, entry)
    reversal = prepare(entry)
    refuse(problems_of(stored, entry, reversal, reason))
    change.reason = reason.strip()
    change.facts |= {"withdraws": sequence}
    try:
        with transaction.atomic():
            reversal.write(change)
    except IntegrityError as error:
        raise Refused(Problem("withdraw.disturbed")) from error
    _fit_in(change, reversal)
    _require_tree(reversal)
    return entry


def problems_of(stored: models.Model, entry: ChangeEntry, reversal: Reversal, reason: str) -> list[Problem]:
    """What stands in the way of taking an entry back."""
    kind = KINDS[type(stored)]
    undone = entry_undone_by(kind, stored.pk, entry.sequence)
    rows = disturbed_rows(reversal) if undone is None else []
    later = entries_of_rows(entry, rows) if rows else entries_pointing_at(reversal, taken_back())
    return withdraw_problems(
        entry.action,
        withdrawn=undone is not None,
        in_the_way=[_named(one) for one in later[:_NAMED]],
        disturbed=bool(rows),
        reason=reason,
    )


def withdrawn_entries() -> list[int]:
    """The ids of all entries taken back one by one, and of their taking back."""
    back = ChangeEntry.objects.filter(action=CODE)
    pairs = list(back.values_list("pk", "facts__withdraws"))
    gone = ChangeEntry.objects.filter(sequence__in=[sequence for _pk, sequence in pairs])
    return [*(pk for pk, _sequence in pairs), *gone.values_list("pk", flat=True)]


def _named(entry: ChangeEntry) -> str:
    spec = actions().get(entry.action)
    return _now("%(day)s %(who)s：%(what)s") % {
        "day": write_moment(entry.at),
        "who": entry.actor_label,
        "what": spec.label if spec else entry.action,
    }


def _entry(stored: models.Model, sequence: int) -> ChangeEntry:
    kind = KINDS.get(type(stored))
    entry = entry_of(kind, stored.pk, sequence) if kind else None
    if entry is None:
        raise NotFound(f"entry {sequence} of {stored._meta.label} {stored.pk}")
    return entry


def _require_reach(change: Change, entry: ChangeEntry) -> None:
    if not permissions.holds(change.actor, entry.action):
        raise NotFound(f"entry {entry.sequence}")
    for kind, number in records_in(entry):
        model = _MODELS.get(kind)
        row = model._base_manager.filter(pk=number).first() if model else None
        if row is not None and not permissions.holds(change.actor, CODE, row):
            raise NotFound(f"entry {entry.sequence}")


def _fit_in(change: Change, reversal: Reversal) -> None:
    """What is open again must have where to be; who is back in a household lives where it lives now."""
    homes = _opened_again(reversal, HouseholdMembership)
    organizations = [row.organization for row in _opened_again(reversal, Membership)]
    organizations += [row.organization for row in _opened_again(reversal, Appointment)]
    refuse(
        place_problems(
            household_open=all(row.household.valid_to is None for row in homes),
            organization_open=all(one.valid_to is None for one in organizations),
        )
    )
    for home in homes:
        person = locked(home.person)
        if person.area_id != home.household.area_id:
            settle(change, person, home.household.area_id)


def _require_tree(reversal: Reversal) -> None:
    """Refuse when organisations would not stand where the ones above them do, or where they ended.

    Others may have come under an organisation, and roles been given over it, since it moved.
    """
    back = [pk for model, pk in reversal.updated if model is PartyOrganization]
    if not back:
        return
    near = PartyOrganization.objects.filter(models.Q(pk__in=back) | models.Q(parent__in=back))
    for row in near.filter(valid_to=None).select_related("parent"):
        above = row.parent.path if row.parent else ""
        if row.path != child_path(above, row.pk):
            raise Refused(Problem("withdraw.disturbed"))
        if row.parent is not None and row.parent.valid_to is not None:
            raise Refused(Problem("withdraw.organization_ended"))
    for _old, new in reversal.entry.facts.get("paths", ()):
        if RoleGrant.objects.filter(tree="organization", path__startswith=new).exists():
            raise Refused(Problem("withdraw.disturbed"))


def _opened_again(reversal: Reversal, model: type[M]) -> list[M]:
    ids = [pk for other, pk in reversal.updated if other is model]
    return list(model._base_manager.filter(pk__in=ids, valid_to=None))
