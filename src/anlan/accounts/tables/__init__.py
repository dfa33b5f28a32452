"""The lists of accounts and parameters."""

from anlan.accounts.tables.parameters import ParameterListing
from anlan.accounts.tables.users import UserListing

__all__ = ["ParameterListing", "UserListing"]
