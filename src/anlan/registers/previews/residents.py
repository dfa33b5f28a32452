"""Sheets of residents, read beside the register."""

from collections.abc import Sequence
from datetime import date

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.batch import areas_of
from anlan.registers.imports.people import Known, People, chunks
from anlan.registers.imports.person_plan import coded
from anlan.registers.imports.resettlement_plan import stated_resettlement
from anlan.registers.imports.resident_lines import Stated
from anlan.registers.models import Household, HouseholdMembership
from anlan.registers.previews.choices import question_of
from anlan.registers.previews.persons import PersonReader, listed_persons, open_changes
from anlan.registers.previews.words import PLACE_WORDS, RESETTLEMENT_WORDS
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import NOTHING, RowProblem, SheetTable
from anlan.sheets.readers import CellChange, Missing

_HOUSEHOLDS = "previews.households"


class ResidentReader(PersonReader):
    """Persons with their households and their resettlement."""

    facts = ("household", "resettlement")

    def begin(self, people: People, context: ImportContext) -> None:
        """Number and area of the households the persons belong to."""
        ids = {known.household.facts["household_id"] for known in people.by_index.values() if known.household}
        found: dict[int, tuple[str, int]] = {}
        for chunk in chunks(list(ids)):
            rows = Household.objects.filter(pk__in=chunk).values_list("pk", "number", "area_id")
            found.update((own_id, (number, area_id)) for own_id, number, area_id in rows)
        context.store[_HOUSEHOLDS] = found

    def further_changes(
        self, known: Known, table: SheetTable, line: int, day: date, context: ImportContext
    ) -> Sequence[CellChange]:
        """Relation, household, place and resettlement."""
        said = Stated._make(table.column(name)[line] for name in Stated._fields)
        stated = {} if said.relation is None else {"relation": coded(said.relation) or ""}
        return [
            *_household_changes(known, table, line, context),
            *open_changes(PLACE_WORDS, known.household, stated, day),
            *open_changes(RESETTLEMENT_WORDS, known.resettlement, stated_resettlement(said), day),
        ]

    def absent(self, tables: Sequence[SheetTable], context: ImportContext) -> Sequence[Missing]:
        """Living persons registered in the villages the lists speak of who are on none of their lines."""
        areas = areas_of(context)
        villages: dict[int, Place] = {}
        for table in tables:
            for line in table.live_lines():
                place = place_of(table, line, areas)
                village = (areas.village_of(place.id) or place) if place else None
                if village is not None and not village.is_new:
                    villages[village.id] = village
        listed = listed_persons(tables)
        found: dict[int, Missing] = {}
        for village in villages.values():
            ids = [place.id for place in areas.by_id.values() if place.path.startswith(village.path)]
            for chunk in chunks(ids):
                for missing_id, missing in _registered(chunk, areas):
                    if missing_id not in listed:
                        found[missing_id] = missing
        return list(found.values())

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous place puts."""
        return question_of(table, problem, context)


def _household_changes(
    known: Known, table: SheetTable, line: int, context: ImportContext
) -> list[CellChange]:
    """Another household number, and another place (a village where the group is known says nothing new)."""
    areas = areas_of(context)
    row = known.household
    number, area_id = context.store[_HOUSEHOLDS].get(row.facts["household_id"] if row else 0, ("", 0))
    found = []
    stated = table.column("household_number")[line]
    if stated and stated is not NOTHING and stated != number:
        found.append(CellChange("household_number", number, stated))
    place, before = place_of(table, line, areas), areas.by_id.get(area_id)
    if place is not None and place.id != area_id and not (before and before.path.startswith(place.path)):
        found.append(CellChange("village", areas.full_name(before) if before else "", areas.full_name(place)))
    return found


def place_of(table: SheetTable, line: int, areas: AreaDirectory) -> Place | None:
    """The area a line names, None where it names none, or one that is not known."""
    settled = areas.settled.get((id(table), line))
    if settled is not None:
        return settled
    township, village, group, path = (
        table.column(name)[line] for name in ("township", "village", "group", "place")
    )
    if path:
        township, village, group = township or path.township, village or path.village, group or path.group
    found = areas.find(township or None, village or None, group or None)
    return found if isinstance(found, Place) else None


def _registered(area_ids: Sequence[int], areas: AreaDirectory) -> list[tuple[int, Missing]]:
    rows = HouseholdMembership.objects.filter(
        person__area_id__in=area_ids, person__died_on=None, valid_to=None
    ).order_by("person__area_id", "person__name")
    columns = ("person_id", "person__id_index", "person__name", "person__area_id")
    return [
        (own_id, Missing(bytes(index or b"").hex(), name, areas.full_name(areas.by_id[area_id])))
        for own_id, index, name, area_id in rows.values_list(*columns)
    ]
