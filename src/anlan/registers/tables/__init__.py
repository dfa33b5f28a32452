"""The register lists."""

from anlan.registers.tables.bulk_edits import BulkEditListing
from anlan.registers.tables.contact_points import ContactPointListing
from anlan.registers.tables.covered_areas import CoveredAreaListing
from anlan.registers.tables.households import HouseholdListing
from anlan.registers.tables.members import MemberListing
from anlan.registers.tables.organizations import OrganizationListing
from anlan.registers.tables.residents import ResidentListing
from anlan.registers.tables.units import UnitListing

__all__ = [
    "BulkEditListing",
    "ContactPointListing",
    "CoveredAreaListing",
    "HouseholdListing",
    "MemberListing",
    "OrganizationListing",
    "ResidentListing",
    "UnitListing",
]
