"""Who covers a unit, as its line names them: the organisation with its set-up mode, the officers."""

from datetime import date
from typing import Any

from anlan.kernel import protection
from anlan.kernel.problems import Problem
from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.imports.labels import FACT_WORDS
from anlan.registers.imports.organization_directory import OrganizationDirectory
from anlan.registers.imports.person_plan import coded
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.imports.unit_directory import KnownUnit, OpenRow
from anlan.registers.models import Cover, OfficerCover
from anlan.registers.rules.coverage import OFFICER_DUTY
from anlan.sheets.lines import NOTHING, SheetTable

_PHONE = ("phone", "phone_index", "phone_tail")
_DEFAULT_MODE = "joint"
"""Where a line names the organisation and no mode: several units share it (单位共建)."""


class CoverPlan:
    """Collects which covers begin and end in one batch."""

    def __init__(self, book: RowBook, organizations: OrganizationDirectory, areas: AreaDirectory) -> None:
        self._book, self._organizations, self._areas = book, organizations, areas
        self._covers = book.table(
            Cover, ("organization_id", "area_id", "unit_id", "setup_mode", "valid_from", "valid_to")
        )
        self._officers = book.table(
            OfficerCover,
            ("duty", "name", *_PHONE, "area_id", "unit_id", "valid_from", "valid_to"),
            ("phone_index", "phone_tail"),
        )

    def state(self, known: KnownUnit, table: SheetTable, n: int, place: Place, day: date) -> bool:
        """Bring what covers a unit to what its line states; gives whether any differs."""
        changed = self._cover(known, table, n, place, day)
        for duty in OFFICER_DUTY.names:
            changed |= self._officer(known, duty, table, n, day)
        return changed

    def _cover(self, known: KnownUnit, table: SheetTable, n: int, place: Place, day: date) -> bool:
        name, now = table.column("organization")[n], known.cover
        if name is None:
            return False
        if now is not None and day < now.valid_from:
            return self._newer(table, n, "organization", "cover", now.valid_from)
        if name is NOTHING:
            return self._end(known, day)
        organization = self._organizations.find(name, areas=self._around(place))
        if isinstance(organization, Problem):
            # The unit is written all the same; who covers it is asked for again.
            table.warn(n, "organization", "cover.unknown", value=str(name))
            return False
        mode = coded(table.column("setup_mode")[n]) or (now.facts["setup_mode"] if now else _DEFAULT_MODE)
        facts = {"organization_id": organization.id, "setup_mode": mode}
        if now is not None and now.facts == facts:
            return False
        if now is not None and day == now.valid_from:
            self._book.update(("unit", known.id), Cover, now.id, now.facts, facts)
            self._book.note(("organization", organization.id))
            known.cover = OpenRow(now.id, day, facts)
            return True
        self._end(known, day)
        own_id, noted = self._covers.add(organization.id, None, known.id, mode, iso(day), None)
        self._book.note(("unit", known.id), noted)
        self._book.note(("organization", organization.id))
        known.cover = OpenRow(own_id, day, facts)
        return True

    def _around(self, place: Place) -> list[Place]:
        """The unit's own area and those above it, which decide between organisations of one name."""
        found: list[Place] = []
        at: Place | None = place
        while at is not None:
            found.append(at)
            at = self._areas.by_id.get(at.parent_id) if at.parent_id else None
        return found

    def _end(self, known: KnownUnit, day: date) -> bool:
        now, known.cover = known.cover, None
        if now is None:
            return False
        self._book.update(("unit", known.id), Cover, now.id, {"valid_to": None}, {"valid_to": iso(day)})
        self._book.note(("organization", now.facts["organization_id"]))
        return True

    def _officer(self, known: KnownUnit, duty: str, table: SheetTable, n: int, day: date) -> bool:
        name, now = table.column(duty)[n], known.officers.get(duty)
        if name is None or (now is not None and now.facts["name"] == name):
            return False
        if now is not None and day < now.valid_from:
            return self._newer(table, n, duty, "officer", now.valid_from)
        if now is not None:
            ends = {"valid_to": iso(day)}
            self._book.update(("unit", known.id), OfficerCover, now.id, {"valid_to": None}, ends)
            del known.officers[duty]
        if name is NOTHING:
            return now is not None
        phone = sealed_phone(table.column(f"{duty}_phone")[n])
        own_id, noted = self._officers.add(duty, name, *phone, None, known.id, iso(day), None)
        self._book.note(("unit", known.id), noted)
        known.officers[duty] = OpenRow(own_id, day, {"name": name, "phone_index": phone[1]})
        return True

    def _newer(self, table: SheetTable, n: int, column: str, what: str, since: date) -> bool:
        table.warn(n, column, "register.newer", what=str(FACT_WORDS[what]), day=since.isoformat())
        return False


def sealed_phone(phones: Any) -> tuple[bytes | None, bytes | None, bytes | None]:
    """The first phone of a cell as it is kept, with its indexes."""
    phone = phones[0] if phones else ""
    if not phone:
        return None, None, None
    tail = protection.tail_index_of(protection.tail_of(phone))
    return protection.seal(phone), protection.index_of(phone), tail
