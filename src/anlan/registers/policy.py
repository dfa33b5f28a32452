"""Who may see and change the registers."""

from anlan.accounts.roles import OFFICERS, READERS, Role

PERMISSIONS = {
    "registers.person_view": READERS,
    "registers.household_view": READERS,
    "registers.organization_view": (*READERS, Role.LEADER),
    "registers.member_view": READERS,
    "registers.record_edit": OFFICERS,
    "registers.person_add": OFFICERS,
    "registers.birth_record": OFFICERS,
    "registers.death_record": OFFICERS,
    "registers.marriage_record": OFFICERS,
    "registers.household_add": OFFICERS,
    "registers.household_move": OFFICERS,
    "registers.person_move": OFFICERS,
    "registers.support_change": OFFICERS,
    "registers.organization_add": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.organization_rename": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.organization_end": (Role.COUNTY_OFFICER,),
    "registers.appointment_start": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.appointment_end": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.membership_start": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.membership_stage": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.membership_transfer": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.BRANCH_SECRETARY),
    "registers.membership_end": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "registers.floating_start": (*OFFICERS, Role.BRANCH_SECRETARY),
    "registers.floating_end": (*OFFICERS, Role.BRANCH_SECRETARY),
    "sheets.import_write": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "sheets.import_undo": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER),
    "sheets.import_view": (Role.COUNTY_OFFICER, Role.TOWNSHIP_OFFICER, Role.AUDITOR),
}
