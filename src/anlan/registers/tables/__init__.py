"""The register lists."""

from anlan.registers.tables.bulk_edits import BulkEditListing
from anlan.registers.tables.households import HouseholdListing
from anlan.registers.tables.members import MemberListing
from anlan.registers.tables.organizations import OrganizationListing
from anlan.registers.tables.residents import ResidentListing

__all__ = ["BulkEditListing", "HouseholdListing", "MemberListing", "OrganizationListing", "ResidentListing"]
