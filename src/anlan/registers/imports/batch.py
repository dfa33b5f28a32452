"""What the plans of one batch share: the register as it will be once the batch is written."""

from anlan.kernel import record
from anlan.kernel.permissions import ranges_for
from anlan.registers.imports.area_directory import AreaDirectory
from anlan.registers.imports.organization_directory import OrganizationDirectory
from anlan.registers.imports.people import People
from anlan.sheets.kinds import ImportContext, StalePlan

_AREAS, _ORGANIZATIONS = "registers.areas", "registers.organizations"
_PEOPLE, _SEQUENCE = "registers.people", "registers.sequence"


def areas_of(context: ImportContext) -> AreaDirectory:
    """The areas the actor reaches, and those earlier plans of the batch add."""
    if _AREAS not in context.store:
        _remember_sequence(context)
        ranges = ranges_for(context.actor, "sheets.import_write")
        paths = [reach.path for reach in ranges if reach.tree == "area"]
        context.store[_AREAS] = AreaDirectory(context.answers.get("areas"), paths)
    directory: AreaDirectory = context.store[_AREAS]
    return directory


def organizations_of(context: ImportContext) -> OrganizationDirectory:
    """The organisations the actor reaches, and those earlier plans of the batch add."""
    if _ORGANIZATIONS not in context.store:
        ranges = ranges_for(context.actor, "sheets.import_write")
        paths = [reach.path for reach in ranges if reach.tree == "organization"]
        context.store[_ORGANIZATIONS] = OrganizationDirectory(
            areas_of(context), context.answers.get("organizations"), paths
        )
    directory: OrganizationDirectory = context.store[_ORGANIZATIONS]
    return directory


def people_of(context: ImportContext) -> People:
    """The persons looked up so far, and those earlier plans of the batch add."""
    _remember_sequence(context)
    people: People = context.store.setdefault(_PEOPLE, People())
    return people


def _remember_sequence(context: ImportContext) -> None:
    """The state of the register a plan rests on is that before its first look."""
    context.store.setdefault(_SEQUENCE, record.current_sequence())


def require_fresh(context: ImportContext, touched: set[tuple[str, int]]) -> None:
    """Refuse to write a plan when somebody changed one of its records, or an area or organisation, meanwhile."""
    since = record.touched_since(context.store[_SEQUENCE])
    if any(record_ in touched or record_[0] in ("area", "organization") for record_ in since):
        raise StalePlan
