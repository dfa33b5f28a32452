"""The dimensions of the registers, in one place for statistics and lists."""

from anlan.registers.dimensions.dimension import NONE, OTHER, Dimension, Option
from anlan.registers.dimensions.filters import list_filters
from anlan.registers.dimensions.members import MEMBER_DIMENSIONS
from anlan.registers.dimensions.organizations import ORGANIZATION_DIMENSIONS
from anlan.registers.dimensions.populations import (
    MEMBER_STAGES,
    households_on,
    members_on,
    organizations_on,
    residents_on,
)
from anlan.registers.dimensions.residents import RESIDENT_DIMENSIONS

__all__ = [
    "MEMBER_DIMENSIONS",
    "MEMBER_STAGES",
    "NONE",
    "ORGANIZATION_DIMENSIONS",
    "OTHER",
    "RESIDENT_DIMENSIONS",
    "Dimension",
    "Option",
    "households_on",
    "list_filters",
    "members_on",
    "organizations_on",
    "residents_on",
]
