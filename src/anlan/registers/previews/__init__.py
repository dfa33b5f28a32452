"""What the registers tell about an import before and after it: old values, pages, who is absent."""

from anlan.registers.previews.areas import AreaReader
from anlan.registers.previews.members import MemberReader
from anlan.registers.previews.organizations import OrganizationReader
from anlan.registers.previews.residents import ResidentReader
from anlan.registers.previews.units import ContactPointReader, UnitReader
from anlan.sheets.readers import register_reader


def register() -> None:
    """Make the readers known to the engine."""
    register_reader("areas", AreaReader())
    register_reader("organizations", OrganizationReader())
    register_reader("residents", ResidentReader())
    register_reader("members", MemberReader())
    register_reader("units", UnitReader())
    register_reader("contact_points", ContactPointReader())
