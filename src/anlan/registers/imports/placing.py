"""Where a line of a sheet lies that names township and village, or one text, or nothing."""

from anlan.kernel.problems import Problem
from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.sheets.lines import NOTHING, SheetTable


def place_of_line(areas: AreaDirectory, table: SheetTable, n: int) -> Place | Problem:
    """The lowest area a line names; the county's own where it names none. Refused outside the range."""
    column = table.column
    township, village, text = (column(name)[n] or "" for name in ("township", "village", "area"))
    found: Place | Problem | None
    if township or village:
        found = areas.find(township, village)
        if text and text is not NOTHING and isinstance(found, Place):
            near = areas.resolve(text, within=found)
            found = near if isinstance(near, Place) else found
    elif text and text is not NOTHING:
        found = areas.resolve(text)
    else:
        found = areas.county()
    if found is None:
        missing = {"value": "", "what": "地区", "says": "reference.missing"}
        return Problem("reference.unknown", "area", missing)
    if isinstance(found, Place) and not areas.reaches(found.id):
        outside = {"value": found.name, "what": "地区", "says": "area.out_of_reach"}
        return Problem("reference.unknown", "area", outside)
    return found


def place_field(table: SheetTable) -> str:
    """The column that says where a line lies, for what is told about it."""
    return next((name for name in ("village", "area", "township") if table.header_of(name)), "area")
