"""Who may see and change the registers."""

from anlan.accounts.roles import OFFICERS, READERS, Role

_ABOVE_VILLAGES = (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER)

PERMISSIONS = {
    "registers.person_view": READERS,
    "registers.household_view": READERS,
    "registers.organization_view": (*READERS, Role.LEADER),
    "registers.member_view": READERS,
    "registers.number_export": _ABOVE_VILLAGES,
    "registers.record_edit": OFFICERS,
    "registers.bulk_edit": OFFICERS,
    "registers.bulk_edit_undo": OFFICERS,
    "registers.bulk_edit_view": (*OFFICERS, Role.AUDITOR),
    "registers.change_withdraw": OFFICERS,
    "registers.person_add": OFFICERS,
    "registers.person_move": OFFICERS,
    "registers.contact_add": (*OFFICERS, Role.BRANCH_SECRETARY),
    "registers.contact_end": (*OFFICERS, Role.BRANCH_SECRETARY),
    "registers.birth_record": OFFICERS,
    "registers.death_record": OFFICERS,
    "registers.marriage_record": OFFICERS,
    "registers.household_add": OFFICERS,
    "registers.household_move": OFFICERS,
    "registers.head_change": OFFICERS,
    "registers.resettlement_start": OFFICERS,
    "registers.support_change": OFFICERS,
    "registers.organization_add": _ABOVE_VILLAGES,
    "registers.organization_rename": _ABOVE_VILLAGES,
    "registers.organization_move": _ABOVE_VILLAGES,
    "registers.organization_end": (Role.COUNTY_OFFICER,),
    "registers.election_record": _ABOVE_VILLAGES,
    "registers.appointment_start": _ABOVE_VILLAGES,
    "registers.appointment_end": _ABOVE_VILLAGES,
    "registers.appointment_match": _ABOVE_VILLAGES,
    "registers.membership_start": _ABOVE_VILLAGES,
    "registers.membership_stage": _ABOVE_VILLAGES,
    "registers.membership_transfer": (*_ABOVE_VILLAGES, Role.BRANCH_SECRETARY),
    "registers.membership_end": _ABOVE_VILLAGES,
    "registers.floating_start": (*OFFICERS, Role.BRANCH_SECRETARY),
    "registers.floating_end": (*OFFICERS, Role.BRANCH_SECRETARY),
}
