"""What the registers keep."""

from anlan.registers.models.bulk_edit import BulkEdit, BulkState
from anlan.registers.models.household import Household, HouseholdMembership, HouseholdResidence
from anlan.registers.models.membership import FloatingSpell, Membership
from anlan.registers.models.organization import Appointment, OrganizationVersion, PartyOrganization
from anlan.registers.models.person import Person, PersonContact
from anlan.registers.models.resettlement import ResettlementRecord, SupportAmount, SupportProgramme

__all__ = [
    "Appointment",
    "BulkEdit",
    "BulkState",
    "FloatingSpell",
    "Household",
    "HouseholdMembership",
    "HouseholdResidence",
    "Membership",
    "OrganizationVersion",
    "PartyOrganization",
    "Person",
    "PersonContact",
    "ResettlementRecord",
    "SupportAmount",
    "SupportProgramme",
]
