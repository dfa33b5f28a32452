"""What one line of a sheet of members states."""

from datetime import date
from typing import Any

from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.people import OpenRow
from anlan.registers.imports.person_plan import coded, dated, text
from anlan.sheets.lines import SheetTable

FULL, PROBATIONARY, NORMAL, LOST = "full", "probationary", "normal", "lost"


def place_of(areas: AreaDirectory, table: SheetTable, n: int) -> Place | None:
    """The village (or township) a line names, None when it names none that is known."""
    township, village, path = (table.column(name)[n] for name in ("township", "village", "place"))
    if path:
        township, village = township or path.township, village or path.village
    if not (township or village):
        return None
    found = areas.find(township or None, village or None)
    return found if isinstance(found, Place) else None


def stated_membership(table: SheetTable, n: int, open_row: OpenRow | None) -> dict[str, Any]:
    """What a line states of the membership, by column; what it does not state is left out."""
    column = table.column
    stated = dated("joined_on", "joined_precision", column("joined_on")[n])
    stated |= dated("full_member_on", "full_member_precision", column("full_member_on")[n])
    if column("is_resettler")[n] in (True, False):
        stated["is_resettler"] = column("is_resettler")[n]
    for name in ("stage", "standing"):
        value = coded(column(name)[n])
        if value:
            stated[name] = value
    if column("post")[n] is not None:
        stated["post"] = text(column("post")[n])
    lost = column("lost_contact")[n]
    if lost is True:
        stated["standing"] = LOST
    elif lost is False and open_row is not None and open_row.facts["standing"] == LOST:
        stated.setdefault("standing", NORMAL)
    return stated


def stage_of(table: SheetTable, stated: dict[str, Any], day: date) -> str:
    """The stage of a line that does not name it: probationary when conversion is blank or to come."""
    if stated.get("full_member_on") is not None:
        return FULL if is_full(stated, day) else PROBATIONARY
    return PROBATIONARY if "full_member_on" in table.columns and stated.get("joined_on") else FULL


def is_full(stated: dict[str, Any], day: date) -> bool:
    """Whether a line says that the probation was over on a day."""
    converted = stated.get("full_member_on")
    return converted is not None and converted <= day
