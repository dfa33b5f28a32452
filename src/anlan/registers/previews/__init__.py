"""What the registers tell about an import before and after it: old values, pages, who is absent."""

from anlan.registers.previews.areas import AreaReader
from anlan.registers.previews.members import MemberReader
from anlan.registers.previews.organizations import OrganizationReader
from anlan.registers.previews.residents import ResidentReader
from anlan.sheets.readers import register_reader


def register() -> None:
    """Make the readers known to the engine."""
    register_reader("areas", AreaReader())
    register_reader("organizations", OrganizationReader())
    register_reader("residents", ResidentReader())
    register_reader("members", MemberReader())
