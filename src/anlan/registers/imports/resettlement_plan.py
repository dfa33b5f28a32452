"""What the lines of a batch say of persons' resettlement and support."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anlan.registers.imports.agreement import differing
from anlan.registers.imports.people import Known, People
from anlan.registers.imports.person_plan import coded, dated, text
from anlan.registers.imports.programmes import Programme, programme_of, programme_on
from anlan.registers.imports.resident_lines import Stated
from anlan.registers.imports.restating import Restated, restate
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import ResettlementRecord
from anlan.sheets.kinds import ImportContext

BLANK = {
    "register_number": "",
    "from_place": "",
    "moved_on": None,
    "moved_precision": "",
    "mode": "",
    "support_mode": "",
    "programme_id": None,
    "support_until": None,
    "end_reason": "",
}
_NOTHING_STATED = tuple(BLANK.values())[:-1]
SUPPORT = "support"
"""Why a row ended whose support was changed by a sheet; see ``REASONS`` of the rules."""


class ResettlementPlan:
    """Collects what happens to resettlement records in one batch."""

    def __init__(self, book: RowBook, people: People, context: ImportContext) -> None:
        self._book = book
        self._people = people
        self._context = context
        self._programmes: dict[tuple[date | None, date], Programme | None] = {}
        self._rows = book.table(ResettlementRecord, ("person_id", *BLANK, "valid_from", "valid_to"))

    def begin(self, known: Known, said: Stated, day: date) -> None:
        """The record of a person the register did not have: a row without a before."""
        moved, mode = said.moved_on, coded(said.support_mode) or ""
        programme = self._programme(moved.date if moved else None, day) if mode else None
        values = (
            text(said.register_number) or "",
            text(said.from_place) or "",
            iso(moved.date) if moved else None,
            moved.precision if moved else "",
            coded(said.resettlement_mode) or "",
            mode,
            programme.id if programme else None,
            iso(programme.until(moved.date if moved else None)) if programme else None,
        )
        if values != _NOTHING_STATED:
            _row, noted = self._rows.add(known.id, *values, "", iso(day), None)
            self._book.note(("person", known.id), noted)

    def restate(self, known: Known, said: Stated, day: date) -> Restated:
        """Bring the record of a person of the register to what a line states."""
        before = known.resettlement.facts if known.resettlement else BLANK
        stated = stated_resettlement(said)
        new = differing(before, stated) if known.resettlement else stated
        if not new:
            return Restated.SAME
        self._follow_up(new, before, day)
        known.resettlement, done = restate(
            self._book,
            self._rows,
            known,
            known.resettlement,
            new,
            BLANK,
            day,
            ended=self._people.ended.get(("resettlement", known.id)),
            reason=SUPPORT if "support_mode" in new else "",
        )
        return done

    def _follow_up(self, new: dict[str, Any], before: Mapping[str, Any], day: date) -> None:
        """Programme and end of support follow from what changes of mode and day of moving."""
        moved_on = new.get("moved_on", before["moved_on"])
        if new.get("support_mode"):
            if before["programme_id"] is None:
                self._give_programme(new, moved_on, day)
        elif "support_mode" in new:
            new["programme_id"] = None
        elif "moved_on" in new and before["programme_id"] is not None:
            programme = programme_of(self._context, before["programme_id"])
            new["support_until"] = programme.until(moved_on) if programme else None

    def _give_programme(self, stated: dict[str, Any], moved_on: date | None, day: date) -> None:
        programme = self._programme(moved_on, day)
        if programme is not None:
            stated["programme_id"] = programme.id
            stated["support_until"] = programme.until(moved_on)

    def _programme(self, moved_on: date | None, day: date) -> Programme | None:
        key = moved_on, day
        if key not in self._programmes:
            self._programmes[key] = programme_on(self._context, moved_on, day)
        return self._programmes[key]


def stated_resettlement(said: Stated) -> dict[str, Any]:
    """What a line states, by column; what it does not state is left out."""
    stated = dated("moved_on", "moved_precision", said.moved_on)
    if said.register_number is not None:
        stated["register_number"] = text(said.register_number)
    if said.from_place is not None:
        stated["from_place"] = text(said.from_place)
    if said.resettlement_mode is not None:
        stated["mode"] = coded(said.resettlement_mode)
    if said.support_mode is not None:
        stated["support_mode"] = coded(said.support_mode)
    return stated
