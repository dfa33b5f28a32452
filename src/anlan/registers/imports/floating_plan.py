"""What the lines of a batch say of members who work far away."""

from datetime import date
from typing import Any

from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.people import Known, People
from anlan.registers.imports.person_plan import dated, text
from anlan.registers.imports.restating import Restated, close_row, restate
from anlan.registers.imports.rowbook import RowBook
from anlan.registers.models import FloatingSpell
from anlan.sheets.lines import NOTHING, SheetTable

BLANK = {"destination": "", "since": None, "since_precision": ""}


class FloatingPlan:
    """Collects the times away that begin, change and end in one batch."""

    def __init__(self, book: RowBook, people: People) -> None:
        self._book = book
        self._people = people
        self._rows = book.table(FloatingSpell, ("person_id", *BLANK, "valid_from", "valid_to"))

    def state(self, table: SheetTable, n: int, known: Known, day: date) -> bool:
        """Bring the open spell to what a line states; gives whether any differs.

        Away: said so, or a destination named. Back: said so, or 无 as destination. A line that says neither
        leaves things as they are.
        """
        column = table.column
        floats, to = column("is_floating")[n], column("floating_to")[n]
        if floats in (False, NOTHING) or (floats is None and to is NOTHING):
            return self._ended(table, n, known, day)
        if not (floats is True or to):
            return False
        stated: dict[str, Any] = dated("since", "since_precision", column("floating_since")[n])
        if to is not None:
            stated["destination"] = text(to)
        if known.floating is None:
            stated.setdefault("destination", "")
        ended = self._people.ended.get(("floating", known.id))
        known.floating, done = restate(
            self._book, self._rows, known, known.floating, stated, BLANK, day, ended=ended
        )
        if done is Restated.NEWER:
            self._tell(table, n, known.floating.valid_from if known.floating else ended)
        return done is Restated.CHANGED

    def _ended(self, table: SheetTable, n: int, known: Known, day: date) -> bool:
        spell = known.floating
        if spell is not None and day < spell.valid_from:
            self._tell(table, n, spell.valid_from)
            return False
        return self.end(known, day)

    def end(self, known: Known, day: date) -> bool:
        """End the open spell on a day (exclusive), if there is one; gives whether there was."""
        spell = known.floating
        if spell is None or spell.is_new or day < spell.valid_from:
            return False
        close_row(self._book, FloatingSpell, known, spell.id, day)
        known.floating = None
        return True

    def _tell(self, table: SheetTable, n: int, since: date | None) -> None:
        params = {"what": str(FACT_WORDS["floating"]), "day": since.isoformat() if since else ""}
        table.warn(n, "is_floating", "register.newer", **params)
