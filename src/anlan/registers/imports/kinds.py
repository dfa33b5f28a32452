"""The kinds of sheets the registers take."""

from anlan.kernel.problems import register_sentences
from anlan.registers.imports.area_plan import AREAS
from anlan.registers.imports.contact_point_plan import CONTACT_POINTS
from anlan.registers.imports.labels import PROBLEM_SENTENCES
from anlan.registers.imports.member_plan import MEMBERS
from anlan.registers.imports.organization_plan import ORGANIZATIONS
from anlan.registers.imports.resident_plan import RESIDENTS
from anlan.registers.imports.unit_plan import UNITS
from anlan.sheets.kinds import register_kind


def register() -> None:
    """Make them known to the engine, with what they have to say."""
    register_sentences(PROBLEM_SENTENCES)
    for kind in (AREAS, ORGANIZATIONS, UNITS, CONTACT_POINTS, RESIDENTS, MEMBERS):
        register_kind(kind)
