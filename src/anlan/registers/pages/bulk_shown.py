"""How bulk corrections are shown: their rows with names and places, how far a run is, why one failed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from anlan.kernel.models import Job, JobState
from anlan.kernel.problems import Problem, sentence
from anlan.places.models import Area
from anlan.registers.actions.bulk_edit_rows import JudgedRow
from anlan.registers.bulk_words import fact_words
from anlan.registers.models import Membership, PartyOrganization, Person
from anlan.registers.queries.details import place_names
from anlan.registers.rules.bulk_editing import BulkFact
from anlan.registers.tables.register import member_url, organization_url, person_url

_RAISED = re.compile(r"^[A-Za-z]+: ")


@dataclass(frozen=True, slots=True)
class Named:
    """Whose record it is: name, address, place."""

    name: str
    url: str
    place: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: whose, the fact before and after; ``changed``, ``same`` or ``refused``, and why."""

    whose: Named
    before: str
    after: str
    state: str
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """A run in the background: how far it is, where to ask again, what it does."""

    run: Job
    url: str
    title: str

    @property
    def waits(self) -> bool:
        """Whether it has not begun."""
        return self.run.state == JobState.QUEUED

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100 * self.run.done // self.run.total, 99) if self.run.total else 0


def failure_words(run: Job | None) -> str:
    """Why a run failed, "" when it did not."""
    if run is None or run.state != JobState.FAILED:
        return ""
    if not run.error or _RAISED.match(run.error) or run.error == "the worker died":
        return _("后台处理时出了错，没有写入任何数据。请再试一次；还不行，请联系管理员。")
    return run.error


def names_of(targets: Iterable[Any]) -> dict[int, Named]:
    """Whose the records are, by their key; two queries more, however many."""
    rows = list(targets)
    owners = {row.pk: _owner(row) for row in rows}
    persons = [owner.pk for owner in owners.values() if isinstance(owner, Person)]
    homes = dict(Person.objects.filter(pk__in=persons).values_list("pk", "area_id"))
    areas = {area.pk: area for area in Area.objects.filter(pk__in={pk for pk in homes.values() if pk})}
    areas |= {owner.area_id: owner.area for owner in owners.values() if isinstance(owner, PartyOrganization)}
    places = place_names(list(areas.values()))
    return {row.pk: _named(row, owners[row.pk], homes, places) for row in rows}


def _owner(row: Any) -> Person | PartyOrganization:
    return row if isinstance(row, Person | PartyOrganization) else row.person


def _named(
    row: Any, owner: Person | PartyOrganization, homes: Mapping[int, int | None], places: Mapping[int, str]
) -> Named:
    if isinstance(owner, PartyOrganization):
        return Named(owner.name, organization_url(owner), places.get(owner.area_id, ""))
    url = member_url(row) if isinstance(row, Membership) else person_url(owner)
    return Named(owner.name, url, places.get(homes.get(owner.pk) or 0, ""))


def judged_shown(judged: Sequence[JudgedRow], fact: BulkFact) -> list[RowShown]:
    """Judged rows as the preview shows them."""
    named = names_of(one.row for one in judged)
    return [
        RowShown(
            named[one.row.pk],
            fact_words(fact, one.before),
            fact_words(fact, one.after),
            "refused" if one.problems else "changed" if one.new else "same",
            [sentence(problem) for problem in one.problems],
        )
        for one in judged
    ]


def refused_shown(targets: Any, told: Sequence[Any]) -> list[RowShown]:
    """The refused rows a check named (key, problems), of the records it asked about."""
    named = names_of(targets.filter(pk__in=[pk for pk, _problems in told]))
    return [
        RowShown(named[pk], "", "", "refused", [sentence(Problem(*problem)) for problem in problems])
        for pk, problems in told
        if pk in named
    ]
