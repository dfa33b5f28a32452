"""What is verified about a resettled person: reading the state, ending it, opening the next row."""

from datetime import date

from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import close
from anlan.registers.models import Person, ResettlementRecord
from anlan.registers.parameters import support_period_months, support_reasons
from anlan.registers.rules.resettlement import Reasons, SupportState, next_period, support_state


def path_of(person: Person) -> str:
    """Where the person's parameters are asked: the path of the area they live in, "" without one."""
    return person.area.path if person.area is not None else ""


def open_record(person: Person) -> ResettlementRecord | None:
    """The record that is open now (it may begin on a day to come)."""
    return person.resettlements.filter(valid_to=None).select_for_update(of=("self",)).first()


def record_before(record: ResettlementRecord) -> ResettlementRecord | None:
    """The row this one followed."""
    rows = ResettlementRecord.objects.filter(person=record.person_id, valid_to=record.valid_from)
    return rows.exclude(pk=record.pk).order_by("-valid_from", "-pk").first()


def state_of(record: ResettlementRecord, reasons: Reasons) -> SupportState:
    """Where the person stands with their support once this row holds.

    Rows closed for another fact's sake (a corrected register number) say nothing about support: the last row
    that was ended by a reason does.
    """
    before, ended_by = None if record.support_mode else record_before(record), ""
    while before is not None:
        ended_by = before.end_reason
        if ended_by or before.support_mode:
            break
        before = record_before(before)
    return support_state(record.support_mode, ended_by, reasons)


def effect_day(person: Person, on: date) -> date:
    """The first day of the payment period after a change on ``on``, by the parameters of the place."""
    return next_period(on, support_period_months(on, path_of(person)))


def reasons_for(person: Person, on: date) -> Reasons:
    """The reasons in force where the person lives."""
    return support_reasons(on, path_of(person))


def end_support(change: Change, person: Person, on: date, reason: str) -> None:
    """End a person's record: with support from the next payment period, without on the day itself."""
    record = open_record(person)
    if record is not None:
        day = effect_day(person, on) if record.support_mode else on
        close(change, record, day, end_reason=reason)
