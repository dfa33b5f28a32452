"""The lists of accounts, parameters and exports."""

from anlan.accounts.tables.exports import ExportListing
from anlan.accounts.tables.parameters import ParameterListing
from anlan.accounts.tables.users import UserListing

__all__ = ["ExportListing", "ParameterListing", "UserListing"]
