"""What a bulk correction would write: every row judged by the rules of a single one, ahead of writing."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from anlan.kernel import record
from anlan.kernel.actors import Actor
from anlan.kernel.bulk import update_rows
from anlan.kernel.changes import Change, Record, RowChange, payload, records_of, salts_of_kind
from anlan.kernel.problems import Problem, Refused
from anlan.kernel.sealing import Sealed, seal_many
from anlan.kernel.second_core import worker
from anlan.registers.actions.edit_rows import value_of, write_facts
from anlan.registers.models import (
    HouseholdMembership,
    Membership,
    PartyOrganization,
    Person,
    ResettlementRecord,
)
from anlan.registers.queries.details import not_ended, open_rows
from anlan.registers.rules.bulk_editing import BulkFact

PERMISSION = "registers.bulk_edit"
NAMED_REFUSALS = 200
"""So many refused rows are named; the others are counted."""
_CHUNK = 2000
_PERSON_COLUMNS = ("uid", "name", "sex", "birth_date", "birth_precision", "died_on")
Report = Callable[[int], None]
Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What is asked: on which list, which fact, its new value, why."""

    register: str
    fact: BulkFact
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One row: the record, the fact before and after, the columns that would change, what stands in the way.

    Neither problems nor columns: it says so already.
    """

    row: Model
    before: Any
    after: Any
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    problems: Sequence[Problem]


def persons_of(order: BulkOrder, listed: QuerySet[Any], today: date) -> QuerySet[Person]:
    """The persons a list's rows stand for: themselves, those of the households, the members."""
    if order.register == "households":
        belonging = HouseholdMembership.objects.filter(open_rows(today), household__in=listed.values("pk"))
        return Person.objects.filter(pk__in=belonging.values("person"))
    column = "person" if order.register == "members" else "pk"
    return Person.objects.filter(pk__in=listed.values(column))


def targets_of(actor: Actor, order: BulkOrder, listed: QuerySet[Any], today: date) -> QuerySet[Any]:
    """The records a bulk correction asks about: those of the list within the actor's range."""
    if order.fact.model == "membership":
        members = Membership.objects.visible_to(actor, PERMISSION).filter(pk__in=listed.values("pk"))
        return members.select_related("person", "organization__area")
    if order.fact.model == "partyorganization":
        organizations = PartyOrganization.objects.visible_to(actor, PERMISSION)
        return organizations.filter(pk__in=listed.values("pk")).select_related("area")
    persons = Person.objects.visible_to(actor, PERMISSION).filter(
        pk__in=persons_of(order, listed, today).values("pk")
    )
    if order.fact.model == "person":
        return persons.only(*_PERSON_COLUMNS, *order.fact.values(None))
    rows = ResettlementRecord.objects.filter(not_ended(today), person__in=persons.values("pk"))
    return rows.select_related("person", "programme")


def asked_for(order: BulkOrder, listed: QuerySet[Any], today: date) -> int:
    """How many persons, memberships or organisations the list's rows stand for."""
    if order.fact.model in ("membership", "partyorganization"):
        return listed.count()
    return persons_of(order, listed, today).count()


def judge(row: Model, order: BulkOrder, today: date) -> JudgedRow:
    """Ask the rules of a single correction about one row; the row in memory is written, not saved."""
    before = value_of(row, order.fact.name)
    kept = _columns(row)
    try:
        write_facts(row, order.fact.values(order.value), order.reason, today)
    except Refused as refused:
        problems = [problem for problem in refused.problems if problem.code != "edit.unchanged"]
        return JudgedRow(row, before, before, {}, {}, problems)
    now = _columns(row)
    new = {name: value for name, value in now.items() if kept[name] != value}
    return JudgedRow(row, before, value_of(row, order.fact.name), {name: kept[name] for name in new}, new, ())


def _columns(row: Model) -> dict[str, Any]:
    loaded = row.__dict__
    names = (column.attname for column in row._meta.concrete_fields)
    return {name: loaded[name] for name in names if name in loaded}


@dataclass(slots=True)
class BulkPlan:
    """Every row of a bulk correction, judged; ``prepare`` seals what ``write`` then writes at once.

    ``digest`` says what was looked at: the same again only while no row of it has changed.
    """

    actor: Actor
    order: BulkOrder
    sequence: int
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    refused: int = 0
    refusals: list[tuple[int, Sequence[Problem]]] = field(default_factory=list)
    digest: str = ""
    _updates: dict[tuple[type[Model], Fields], list[tuple[Any, ...]]] = field(default_factory=dict)
    _notes: dict[Record, list[RowChange]] = field(default_factory=dict)
    _sealed: list[Sealed] = field(default_factory=list)

    @property
    def records(self) -> set[Record]:
        """The records whose rows it changes."""
        return set(self._notes)

    def add(self, judged: JudgedRow) -> None:
        """Take one row in."""
        row = judged.row
        if judged.problems:
            self.refused += 1
            if len(self.refusals) < NAMED_REFUSALS:
                self.refusals.append((row.pk, judged.problems))
        elif not judged.new:
            self.unchanged += 1
        else:
            self.changed += 1
            values = (_plain(value) for value in judged.new.values())
            self._updates.setdefault((type(row), tuple(judged.new)), []).append((*values, row.pk))
            # Under the first of its records alone: the organisation of a member is not what changed.
            note = (row._meta.db_table, row.pk, dict(judged.old), dict(judged.new))
            self._notes.setdefault(records_of(row)[0], []).append(note)

    def prepare(self) -> None:
        """Seal the before and after of each record; outside the transaction, so that nobody waits for it."""
        sealing = worker(len(self._notes))
        answers: list[Future[list[Sealed]]] = []
        for chunk in _chunks(sorted(self._notes)):
            salts = {kind: salts_of_kind(kind, [pk for _, pk in chunk]) for kind in {one[0] for one in chunk}}
            bodies = [(kind, pk, payload(self._notes[kind, pk]), salts[kind].get(pk)) for kind, pk in chunk]
            answers.append(sealing.give(seal_many, bodies))
        sealing.finish()
        for answer in answers:
            self._sealed.extend(answer.result())

    def write(self, change: Change) -> None:
        """Write all rows inside the caller's transaction, each with its before and after."""
        for (model, fields), rows in self._updates.items():
            update_rows(model, fields, rows)
        change.touch_sealed(self._sealed)


def make_plan(
    actor: Actor, order: BulkOrder, listed: QuerySet[Any], today: date, report: Report = lambda done: None
) -> BulkPlan:
    """Judge every record of a list (``listed``: its rows of today, as the actor sees them)."""
    plan = BulkPlan(actor, order, record.current_sequence())
    seen, covered = hashlib.blake2b(digest_size=16), set()
    for judged in judged_rows(targets_of(actor, order, listed, today).order_by("pk"), order, today):
        plan.add(judged)
        covered.add(getattr(judged.row, "person_id", judged.row.pk))
        codes = [problem.code for problem in judged.problems]
        seen.update(repr((judged.row.pk, judged.old, judged.new, codes)).encode())
        if len(covered) % _CHUNK == 0:
            report(len(covered))
    plan.left_out = asked_for(order, listed, today) - len(covered)
    plan.digest = seen.hexdigest()
    return plan


def judged_rows(rows: QuerySet[Any], order: BulkOrder, today: date) -> Iterator[JudgedRow]:
    """Each of the rows, judged; memory does not grow with them."""
    for row in rows.iterator(chunk_size=_CHUNK):
        yield judge(row, order, today)


def _plain(value: Any) -> Any:
    """A value as both databases take it."""
    return value.isoformat() if isinstance(value, date) else value


def _chunks(records: Sequence[Record]) -> Iterable[Sequence[Record]]:
    return (records[start : start + _CHUNK] for start in range(0, len(records), _CHUNK))
