"""What the plans of one batch share: the register as it will be once the batch is written."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from django.utils.translation import gettext as _

from anlan.kernel import record
from anlan.kernel.changes import Record
from anlan.kernel.permissions import ranges_for
from anlan.kernel.problems import Problem, Refused
from anlan.registers.imports.area_directory import AreaDirectory
from anlan.registers.imports.organization_directory import KnownOrganization, OrganizationDirectory
from anlan.registers.imports.people import People, chunks
from anlan.registers.imports.person_plan import stated_facts
from anlan.registers.models import Household, Person
from anlan.sheets.kinds import ImportContext, StalePlan

_IMPORT = "sheets.import_write"
_AREAS, _ORGANIZATIONS = "registers.areas", "registers.organizations"
_PEOPLE, _SEQUENCE = "registers.people", "registers.sequence"


def areas_of(context: ImportContext) -> AreaDirectory:
    """The areas the actor reaches, and those earlier plans of the batch add."""
    if _AREAS not in context.store:
        _remember_sequence(context)
        paths = [reach.path for reach in ranges_for(context.actor, _IMPORT) if reach.tree == "area"]
        context.store[_AREAS] = AreaDirectory(context.answers.get("areas"), paths)
    directory: AreaDirectory = context.store[_AREAS]
    return directory


def organizations_of(context: ImportContext) -> OrganizationDirectory:
    """The organisations the actor reaches, and those earlier plans of the batch add."""
    if _ORGANIZATIONS not in context.store:
        paths = [reach.path for reach in ranges_for(context.actor, _IMPORT) if reach.tree == "organization"]
        context.store[_ORGANIZATIONS] = OrganizationDirectory(
            areas_of(context), context.answers.get("organizations"), paths
        )
    directory: OrganizationDirectory = context.store[_ORGANIZATIONS]
    return directory


def people_of(context: ImportContext) -> People:
    """The persons looked up so far, and those earlier plans of the batch add."""
    _remember_sequence(context)
    if _PEOPLE not in context.store:
        context.store[_PEOPLE] = People(None if _reaches_all(context) else lambda ids: _outside(context, ids))
    people: People = context.store[_PEOPLE]
    return people


def _reaches_all(context: ImportContext) -> bool:
    return any(reach.tree == "area" and reach.is_whole for reach in ranges_for(context.actor, _IMPORT))


def _outside(context: ImportContext, ids: Sequence[int]) -> set[int]:
    """Those of the persons whom the importing person may not change: they lie in nobody's range of theirs."""
    visible = Person.objects.visible_to(context.actor, _IMPORT).filter(pk__in=ids)
    placed = Person.objects.filter(pk__in=ids).exclude(area=None, memberships=None)
    return set(placed.values_list("pk", flat=True)) - set(visible.values_list("pk", flat=True))


class Reach:
    """Where the actor holds one permission."""

    def __init__(self, context: ImportContext, permission: str) -> None:
        ranges = ranges_for(context.actor, permission)
        self.is_all = any(reach.tree == "area" and reach.is_whole for reach in ranges)
        self._areas = tuple(reach.path for reach in ranges if reach.tree == "area")
        self._organizations = tuple(reach.path for reach in ranges if reach.tree == "organization")

    def holds(self, organization: KnownOrganization, areas: AreaDirectory) -> bool:
        """Whether an organisation lies within, over either tree."""
        if self.is_all:
            return True
        place = areas.by_id.get(organization.facts["area_id"])
        within_area = place is not None and place.path.startswith(self._areas)
        return within_area or organization.path.startswith(self._organizations)


def require_permission(context: ImportContext, permission: str, what: str) -> None:
    """Refuse the batch of somebody who may not write a register by hand either."""
    if not ranges_for(context.actor, permission):
        raise Refused(Problem("action.permission", params={"action": _("导入{what}").format(what=what)}))


def later_facts(context: ImportContext) -> Mapping[str, Mapping[str, Any]]:
    """What the sheets of members in the batch, which are taken after those of residents, say of persons."""
    found: dict[str, Mapping[str, Any]] = {}
    names = ("name", "ethnic_group", "education", "marital_status", "occupation", "address")
    for table in context.tables.get("members", ()):
        ids = table.column("id_number")
        columns = [table.column(name) for name in names]
        for line in table.live_lines():
            found[ids[line]] = stated_facts(*(column[line] for column in columns))
    return found


def _remember_sequence(context: ImportContext) -> None:
    """The state of the register a plan rests on is that before its first look."""
    if _SEQUENCE not in context.store:
        context.store[_SEQUENCE] = record.current_sequence()


def require_fresh(
    context: ImportContext, touched: Set[Record], *, kinds: Sequence[str] = ("area", "organization")
) -> None:
    """Refuse to write a plan when somebody changed one of its records, or any of these kinds."""
    since = record.touched_since(context.store[_SEQUENCE])
    if any(one in touched or one[0] in kinds for one in since):
        raise StalePlan


def require_nobody_added(context: ImportContext, people: People, numbers: Set[str] = frozenset()) -> None:
    """Refuse to write a plan when somebody added one of its new persons, or a household, meanwhile."""
    since = record.touched_since(context.store[_SEQUENCE])
    new_persons = [number for kind, number in since if kind == "person"]
    for chunk in chunks(new_persons):
        added = Person.objects.filter(pk__in=chunk).exclude(id_index=None)
        for index in added.values_list("id_index", flat=True):
            known = people.get(bytes(index or b""))
            if known is not None and known.is_new:
                raise StalePlan
    households = [number for kind, number in since if kind == "household"]
    for chunk in chunks(households):
        if numbers & set(Household.objects.filter(pk__in=chunk).values_list("number", flat=True)):
            raise StalePlan
