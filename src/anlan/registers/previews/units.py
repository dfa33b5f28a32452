"""Sheets of units and of contact points, read beside the register."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anlan.kernel.actors import Actor
from anlan.kernel.names import plain
from anlan.registers.models import ContactPoint, ContactPointDuty, Unit
from anlan.registers.previews.choices import question_of
from anlan.registers.rules.units import UNIT_KIND, tidy_credit_code
from anlan.registers.tables.contact_points import contact_point_url
from anlan.registers.tables.units import unit_url
from anlan.sheets.instructions import Question
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import NOTHING, RowProblem, SheetTable
from anlan.sheets.readers import CellChange, RegisterReader


def _name(text: Any) -> str:
    return plain(text).replace(" ", "") if text else ""


def _single(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows by name, where the name is that of one only: of namesakes only the plan knows which is meant."""
    found: dict[str, Any] = {}
    several: set[str] = set()
    for row in rows:
        if row.name in found:
            several.add(row.name)
        found[row.name] = row
    return {name: row for name, row in found.items() if name not in several}


class UnitReader(RegisterReader):
    """Units by name."""

    def keys(self, table: SheetTable) -> Sequence[str]:
        """The name as it is compared."""
        return [_name(text) for text in table.column("name")]

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """Kind, code, trade and contact that differ."""
        keys = self.keys(table)
        known = _single(Unit.objects.filter(name__in={keys[line] for line in lines}, valid_to=None))
        return {
            line: list(_unit_changes(table, line, known[keys[line]])) for line in lines if keys[line] in known
        }

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the units the actor may see, where the name is that of one only."""
        rows = Unit.objects.visible_to(actor).filter(name__in=[key for key in keys if key], valid_to=None)
        return {name: unit_url(row) for name, row in _single(rows).items()}

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous place puts."""
        return question_of(table, problem, context)


def _unit_changes(table: SheetTable, line: int, unit: Unit) -> Iterable[CellChange]:
    kind, code = table.column("kind")[line], table.column("credit_code")[line]
    said = {
        "kind": kind.code if kind and kind is not NOTHING else "",
        "credit_code": tidy_credit_code(code) if code and code is not NOTHING else "",
        "trade": table.column("trade")[line] or "",
        "contact_name": table.column("contact_name")[line] or "",
    }
    for name, value in said.items():
        before = getattr(unit, name)
        if value and value != before:
            words = (
                (UNIT_KIND.name_of(before), UNIT_KIND.name_of(value)) if name == "kind" else (before, value)
            )
            yield CellChange(name, *words)


class ContactPointReader(RegisterReader):
    """Contact points by name."""

    def keys(self, table: SheetTable) -> Sequence[str]:
        """The name as it is compared."""
        return [_name(text) for text in table.column("name")]

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """Place, officer and opening that differ."""
        keys = self.keys(table)
        points = _single(ContactPoint.objects.filter(name__in={keys[line] for line in lines}, valid_to=None))
        rows = ContactPointDuty.objects.filter(contact_point__in=points.values(), valid_to=None)
        duties = {row.contact_point_id: row for row in rows}
        found: dict[int, Sequence[CellChange]] = {}
        for line in lines:
            point = points.get(keys[line])
            duty = duties.get(point.pk) if point is not None else None
            if duty is not None:
                found[line] = [
                    CellChange(name, getattr(duty, name), str(value))
                    for name in ("place", "officer_name", "opening")
                    if (value := table.column(name)[line]) and value != getattr(duty, name)
                ]
        return found

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the contact points the actor may see, where the name is that of one only."""
        rows = ContactPoint.objects.visible_to(actor).filter(name__in=[key for key in keys if key])
        return {name: contact_point_url(row) for name, row in _single(rows.filter(valid_to=None)).items()}

    def question(self, table: SheetTable, problem: RowProblem, context: ImportContext) -> Question | None:
        """The question an ambiguous place puts."""
        return question_of(table, problem, context)
