"""Verifying that somebody was resettled."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.registers.actions.person_rows import require_living
from anlan.registers.derive import partial_columns
from anlan.registers.models import Person, ResettlementRecord, SupportProgramme
from anlan.registers.rules.resettlement import SUPPORT_MODES, record_problems, support_until


@dataclass(frozen=True, slots=True)
class ResettlementFacts:
    """What is verified: register number, from where, when and how moved; how supported and by what."""

    register_number: str = ""
    from_place: str = ""
    moved: PartialDate | None = None
    mode: str = ""
    support_mode: str = ""
    programme: SupportProgramme | None = None


@action("registers.resettlement_start", label=_("登记移民身份"), on="person")
def resettlement_start(
    change: Change, *, person: Person, facts: ResettlementFacts, on: date
) -> ResettlementRecord:
    """Record the verified resettlement of a person from ``on``, with support where a mode is given.

    The end of support follows from the programme and the day of moving. Refused: somebody who has a record,
    the dead, a move or day to come, a support mode that is none, one without programme.
    """
    person = locked(person)
    require_living(person)
    require_day(change, on)
    return start_resettlement(change, person, facts, on)


def start_resettlement(
    change: Change, person: Person, facts: ResettlementFacts, on: date
) -> ResettlementRecord:
    """Insert the record of somebody who has none; refused as the verb says."""
    moved = facts.moved
    problems = record_problems(
        moved_on=moved.date if moved else None, birth=person.birth_date, today=change.today
    )
    if facts.support_mode and facts.support_mode not in SUPPORT_MODES:
        problems.append(Problem("value.required", "support_mode"))
    if facts.support_mode and facts.programme is None:
        problems.append(Problem("value.required", "programme"))
    refuse(problems)
    last = person.resettlements.order_by("valid_to", "valid_from")
    if any(record.valid_to is None for record in last):
        raise Refused(Problem("support.exists", "person"))
    for earlier in last:
        require_day(change, on, earlier.valid_to)
    record = ResettlementRecord(
        person=person,
        register_number=plain(facts.register_number),
        from_place=plain(facts.from_place),
        **partial_columns("moved", moved),
        mode=facts.mode,
        support_mode=facts.support_mode,
        programme=facts.programme,
        support_until=term_end(facts.programme, moved.date if moved else None),
        valid_from=on,
    )
    change.create(record)
    return record


def term_end(programme: SupportProgramme | None, moved_on: date | None) -> date | None:
    """When support under a programme ends for somebody moved on a day (exclusive)."""
    if programme is None:
        return None
    return support_until(moved_on, programme.valid_from, programme.valid_to)
