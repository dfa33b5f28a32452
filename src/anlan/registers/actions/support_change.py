"""Support granted, switched, suspended, restored or stopped, from the next payment period."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, turn
from anlan.registers.actions.person_rows import require_living
from anlan.registers.actions.resettlement_start import term_end
from anlan.registers.actions.support_rows import effect_day, open_record, reasons_for, record_before, state_of
from anlan.registers.models import Person, ResettlementRecord, SupportProgramme
from anlan.registers.rules.resettlement import SupportMove, support_problems


@action("registers.support_change", label=_("变更扶持"), on="person")
def support_change(
    change: Change,
    *,
    person: Person,
    move: SupportMove,
    on: date,
    reason: str = "",
    support_mode: str = "",
    programme: SupportProgramme | None = None,
    document: str = "",
) -> ResettlementRecord:
    """Change a person's support for what happened on ``on``; gives the row that holds from the day of effect.

    That day is the first of the next payment period (a parameter of the place). Suspended and stopped support
    is a row without mode and programme; restoring takes back those before. What was not paid meanwhile is not
    paid later and the end of support stays as it was. The event's day and document stay in the entry's facts.

    Refused: no record, a move the present state does not allow, a reason not of this county's list, no mode
    where one is granted or switched, no programme for a grant, the dead, a day to come.
    """
    person = locked(person)
    require_living(person)
    require_day(change, on)
    record = open_record(person)
    if record is None:
        raise Refused(Problem("support.no_record", "person"))
    reasons = reasons_for(person, on)
    refuse(
        support_problems(
            state_of(record, reasons),
            move,
            reason=reason,
            mode=support_mode,
            present_mode=record.support_mode,
            reasons=reasons,
        )
    )
    if move is SupportMove.GRANT and programme is None:
        raise Refused(Problem("value.required", "programme"))
    day = effect_day(person, on)
    change.facts |= {"on": on.isoformat(), "document": document}
    facts = _facts_after(record, move, support_mode, programme)
    after = turn(change, record, day, anyway=True, **facts)
    # Two changes within one period: the row that ended at its end tells the later reason.
    ended = record if after.pk != record.pk else record_before(record)
    if ended is not None:
        change.begin(ended)
        ended.end_reason = reason or "support"
        change.save(ended)
    return after


def _facts_after(
    record: ResettlementRecord, move: SupportMove, mode: str, programme: SupportProgramme | None
) -> dict[str, Any]:
    if move in (SupportMove.SUSPEND, SupportMove.STOP):
        return {"support_mode": "", "programme_id": None}
    if move is SupportMove.RESTORE:
        supported = _last_supported(record)
        return {"support_mode": supported.support_mode, "programme_id": supported.programme_id}
    if programme is None:
        return {"support_mode": mode}
    until = term_end(programme, record.moved_on)
    return {"support_mode": mode, "programme_id": programme.pk, "support_until": until}


def _last_supported(record: ResettlementRecord) -> ResettlementRecord:
    rows = ResettlementRecord.objects.filter(person=record.person_id).exclude(support_mode="")
    found = rows.order_by("-valid_from", "-pk").first()
    if found is None:
        raise Refused(Problem("support.move", "move"))
    return found
