"""What the registers keep."""

from anlan.registers.models.bulk_edit import BulkEdit, BulkState
from anlan.registers.models.coverage import Cover, OfficerCover
from anlan.registers.models.household import Household, HouseholdMembership, HouseholdResidence
from anlan.registers.models.membership import FloatingSpell, Membership
from anlan.registers.models.organization import Appointment, OrganizationVersion, PartyOrganization
from anlan.registers.models.person import Person, PersonContact
from anlan.registers.models.resettlement import ResettlementRecord, SupportAmount, SupportProgramme
from anlan.registers.models.unit import ContactPoint, ContactPointDuty, Unit, UnitHeadcount, UnitVersion

__all__ = [
    "Appointment",
    "BulkEdit",
    "BulkState",
    "ContactPoint",
    "ContactPointDuty",
    "Cover",
    "FloatingSpell",
    "Household",
    "HouseholdMembership",
    "HouseholdResidence",
    "Membership",
    "OfficerCover",
    "OrganizationVersion",
    "PartyOrganization",
    "Person",
    "PersonContact",
    "ResettlementRecord",
    "SupportAmount",
    "SupportProgramme",
    "Unit",
    "UnitHeadcount",
    "UnitVersion",
]
