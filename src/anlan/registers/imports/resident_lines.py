"""The lines of sheets of residents, gathered into households at their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from anlan.kernel.problems import Problem
from anlan.places.rules import VILLAGES, AreaKind
from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import Known, People, index_of
from anlan.sheets.lines import NOTHING, SheetTable

Names = tuple[str | None, str | None, str | None]
"""Township, village and group as a line writes them."""
_ABOVE_VILLAGES = (AreaKind.COUNTY, AreaKind.TOWNSHIP)


class Stated(NamedTuple):
    """What one line says, as the engine read it; the fields are columns of the sheet."""

    id_number: str
    name: Any
    relation: Any
    ethnic_group: Any
    education: Any
    marital_status: Any
    occupation: Any
    address: Any
    phone: Any
    bank_account: Any
    bank_name: Any
    moved_on: Any
    register_number: Any
    from_place: Any
    resettlement_mode: Any
    support_mode: Any


@dataclass(slots=True)
class ResidentLine:
    """One live line with what is needed to write it. ``belongs``: the person is in the household then."""

    table: int
    number: int
    index: bytes
    stated: Stated
    known: Known | None = None
    belongs: bool = True


@dataclass(slots=True)
class HouseholdGroup:
    """The live lines of one household in the batch.

    ``tells``: its sheet says who belongs together. ``place_is_whole``: the sheet says that there is no group,
    so that the village itself is meant.
    """

    number: str
    head_name: str
    place: Place
    tells: bool
    place_is_whole: bool = False
    lines: list[ResidentLine] = field(default_factory=list)


def gather(tables: Sequence[SheetTable], areas: AreaDirectory, people: People) -> list[HouseholdGroup]:
    """The households of all tables; lines whose place is not known are refused.

    Lines with one household number in one village are one household, wherever they stand.
    """
    groups: dict[tuple[str | int, int], HouseholdGroup] = {}
    for number, table in enumerate(tables):
        _gather(number, table, areas, people, groups)
    return list(groups.values())


def _gather(
    at: int,
    table: SheetTable,
    areas: AreaDirectory,
    people: People,
    groups: dict[tuple[str | int, int], HouseholdGroup],
) -> None:
    column, households = table.column, table.households
    stated = list(map(Stated._make, zip(*map(column, Stated._fields), strict=True)))
    numbers, heads, written = column("household_number"), column("head_name"), column("group")
    tells = _tells_households(table)
    for line, place in _places(table, stated, areas, people):
        problem = place if isinstance(place, Problem) else _not_a_home(place)
        if problem:
            table.refuse(line, "village", problem.code, **problem.params)
            continue
        assert isinstance(place, Place)
        number = numbers[line] or ""
        village = areas.village_of(place.id) or place
        key = (number, village.id) if number else (at, households[line] if households else line)
        group = groups.get(key)
        if group is None:
            whole = written[line] is NOTHING
            group = groups[key] = HouseholdGroup(number, heads[line] or "", place, tells, whole)
        elif group.place.path != place.path and place.path.startswith(group.place.path):
            # The first line named the village only, a further one its group.
            group.place = place
        group.lines.append(ResidentLine(at, line, index_of(stated[line].id_number), stated[line]))


def _places(
    table: SheetTable, stated: Sequence[Stated], areas: AreaDirectory, people: People
) -> Iterator[tuple[int, Place | Problem]]:
    """The place of each live line: what the line names, last those that only the register can tell."""
    live = set(table.live_lines())
    unclear: list[_Unclear] = []
    for line, names in enumerate(_place_names(table)):
        number = stated[line].id_number
        if line in live:
            place = areas.find(*names)
            if isinstance(place, Problem) and place.code == "reference.ambiguous":
                own = table.households[line] if table.households else line
                unclear.append(_Unclear(line, own, index_of(number), names, place))
            else:
                yield line, place
        elif number and line not in table.duplicates:
            _remember(people, areas, number, names)
    for line, found in _by_register(unclear, areas, people):
        if isinstance(found, Place):
            areas.settled[id(table), line] = found
        yield line, found


class _Unclear(NamedTuple):
    """A line whose village may be one of several of that name."""

    line: int
    household: int
    id_index: bytes
    names: Names
    problem: Problem


def _by_register(
    unclear: Sequence[_Unclear], areas: AreaDirectory, people: People
) -> Iterator[tuple[int, Place | Problem]]:
    """Let the village in which somebody of the household is registered decide between villages of one
    name.
    """
    people.load([one.id_index for one in unclear], ())
    registered: dict[int, set[int]] = {}
    for one in unclear:
        known = people.get(one.id_index)
        village = areas.village_of(known.facts["area_id"]) if known and known.facts["area_id"] else None
        if village is not None:
            registered.setdefault(one.household, set()).add(village.id)
    for one in unclear:
        villages = registered.get(one.household, set())
        found = areas.find(*one.names, within=areas.by_id[min(villages)]) if len(villages) == 1 else None
        yield one.line, found if isinstance(found, Place) else one.problem


def _tells_households(table: SheetTable) -> bool:
    if table.households is None:
        return False
    columns = (table.columns.get(name) for name in ("household_number", "head_name", "relation"))
    return any(cells is not None and any(cells) for cells in columns)


def _place_names(table: SheetTable) -> Iterator[Names]:
    """The names of each line, None for what it does not write."""
    column = table.column
    for township, village, group, path in zip(
        column("township"), column("village"), column("group"), column("place"), strict=True
    ):
        if path:
            yield township or path.township, village or path.village, group or path.group
        else:
            yield township or None, village or None, group or None


def _not_a_home(place: Place) -> Problem | None:
    """Households live in villages and below, as in ``household_add``."""
    if AreaKind(place.kind) not in _ABOVE_VILLAGES:
        return None
    return Problem(
        "reference.unknown", "village", {"value": place.name, "what": "村", "says": "reference.level"}
    )


def _remember(people: People, areas: AreaDirectory, id_number: str, names: Names) -> None:
    """A refused line still tells in which village the bearer of a valid id number lives."""
    place = areas.find(*names[:2])
    if isinstance(place, Place) and AreaKind(place.kind) in VILLAGES:
        people.said[index_of(id_number)] = place.id
