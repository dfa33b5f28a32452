"""The verbs of the registers, a module each; modules ending in ``_rows`` hold what several of them write."""

from importlib import import_module

VERBS = (
    "appointment_end",
    "appointment_match",
    "appointment_start",
    "birth_record",
    "bulk_edit",
    "bulk_edit_undo",
    "change_withdraw",
    "contact_add",
    "contact_end",
    "contact_point_add",
    "contact_point_change",
    "contact_point_end",
    "cover_assign",
    "cover_end",
    "death_record",
    "election_record",
    "floating_end",
    "floating_start",
    "head_change",
    "headcount_state",
    "household_add",
    "household_move",
    "marriage_record",
    "membership_end",
    "membership_stage",
    "membership_start",
    "membership_transfer",
    "officer_assign",
    "officer_end",
    "organization_add",
    "organization_end",
    "organization_move",
    "organization_rename",
    "person_add",
    "person_move",
    "programmes_load",
    "record_edit",
    "resettlement_start",
    "support_change",
    "unit_add",
    "unit_end",
    "unit_move",
    "unit_rename",
)


def declare() -> None:
    """Import every verb, so that the runner knows it; called when the application starts."""
    for verb in VERBS:
        import_module(f"{__name__}.{verb}")
