"""Which changes of the registers may be taken back whole, and what stands in the way.

Taking back says that what was recorded never happened: a death entered for the wrong person, a move that was
called off. What was recorded stays readable in the record of changes. A change that did happen and is over is
not taken back: it is followed by another one (the household moves home again).
"""

from collections.abc import Sequence

from anlan.kernel.problems import Problem

WITHDRAWABLE = frozenset(
    f"registers.{verb}"
    for verb in (
        "appointment_end",
        "appointment_match",
        "appointment_start",
        "birth_record",
        "contact_add",
        "contact_end",
        "death_record",
        "election_record",
        "floating_end",
        "floating_start",
        "head_change",
        "household_add",
        "household_move",
        "marriage_record",
        "membership_end",
        "membership_stage",
        "membership_start",
        "membership_transfer",
        "organization_add",
        "organization_end",
        "organization_move",
        "organization_rename",
        "person_add",
        "person_move",
        "record_edit",
        "resettlement_start",
        "support_change",
    )
) | frozenset(f"places.{verb}" for verb in ("area_create", "area_edit", "area_rename"))
"""The verbs whose entries may be taken back. What moved, merged or split an area is not: another such change
follows it, since what lies in the areas has gone on meanwhile.
"""


def withdraw_problems(
    action: str, *, withdrawn: bool, in_the_way: Sequence[str], disturbed: bool, reason: str
) -> list[Problem]:
    """Whether an entry of the record may be taken back.

    ``in_the_way`` names later changes of the same rows, or of rows that hang on those it made; ``disturbed``
    says that rows are not as it left them even where no such change is known.
    """
    if action not in WITHDRAWABLE:
        return [Problem("withdraw.kind")]
    if withdrawn:
        return [Problem("withdraw.done")]
    if in_the_way:
        return [
            Problem("withdraw.later", params={"count": len(in_the_way), "entries": "；".join(in_the_way)})
        ]
    if disturbed:
        return [Problem("withdraw.disturbed")]
    return [] if reason.strip() else [Problem("value.required", "reason")]


def place_problems(*, household_open: bool, organization_open: bool) -> list[Problem]:
    """Whether what would be open again has where to be: the household and organisations still exist."""
    problems = []
    if not household_open:
        problems.append(Problem("withdraw.household_ended"))
    if not organization_open:
        problems.append(Problem("withdraw.organization_ended"))
    return problems
