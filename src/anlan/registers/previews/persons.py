"""What is alike in sheets of residents and of members: lines speak of persons, known by their id numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anlan.kernel import protection
from anlan.kernel.actors import Actor
from anlan.registers.imports.agreement import differing
from anlan.registers.imports.people import Known, OpenRow, People, chunks, index_of
from anlan.registers.imports.person_plan import stated_facts
from anlan.registers.models import Person
from anlan.registers.models.person import ACCOUNT, PHONE
from anlan.registers.previews.words import PERSON_WORDS, Words, in_words
from anlan.registers.tables.register import person_url
from anlan.sheets.kinds import ImportContext
from anlan.sheets.lines import NOTHING, SheetTable
from anlan.sheets.readers import CellChange, RegisterReader

_FACTS = ("name", "ethnic_group", "education", "marital_status", "occupation", "address")
_CONTACTS = (
    ("phone", PHONE, protection.mask_phone),
    ("bank_account", ACCOUNT, protection.mask_account),
)


class PersonReader(RegisterReader):
    """Reads persons; a subclass adds what its sheets say besides."""

    facts: tuple[str, ...] = ()
    """The dated facts its sheets speak of."""

    def keys(self, table: SheetTable) -> Sequence[str]:
        """The keyed index of each line's id number, in hexadecimal digits."""
        return [index_of(number).hex() if number else "" for number in table.column("id_number")]

    def changes(
        self, table: SheetTable, lines: Sequence[int], context: ImportContext
    ) -> Mapping[int, Sequence[CellChange]]:
        """What lines change, compared as the plan compares."""
        ids = table.column("id_number")
        indexes = {line: index_of(ids[line]) for line in lines if ids[line]}
        people = People()
        people.load(list(indexes.values()), self.facts)
        found: dict[int, Sequence[CellChange]] = {}
        self.begin(people, context)
        day = context.day_of(table)
        for line, index in indexes.items():
            known = people.get(index)
            if known is not None:
                found[line] = [
                    *_plain_changes(known, table, line),
                    *self.further_changes(known, table, line, day, context),
                    *_new_contacts(known, table, line),
                ]
        return found

    def begin(self, people: People, context: ImportContext) -> None:
        """Look up what all lines together need."""

    def further_changes(
        self, known: Known, table: SheetTable, line: int, day: date, context: ImportContext
    ) -> Sequence[CellChange]:
        """What a line changes of the dated facts."""
        return ()

    def links(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, str]:
        """The pages of the persons the actor may see."""
        indexes = [bytes.fromhex(key) for key in keys if key]
        rows = Person.objects.visible_to(actor).filter(id_index__in=indexes)
        return {bytes(person.id_index or b"").hex(): person_url(person) for person in rows}


def _plain_changes(known: Known, table: SheetTable, line: int) -> list[CellChange]:
    stated = stated_facts(*(table.column(name)[line] for name in _FACTS))
    return in_words(PERSON_WORDS, known.facts, differing(known.facts, stated))


def open_changes(words: Words, row: OpenRow | None, stated: Mapping[str, Any], day: date) -> list[CellChange]:
    """What a line changes of one dated fact; nothing where the register knows something newer."""
    if row is None:
        return in_words(words, {}, stated)
    return [] if day < row.valid_from else in_words(words, row.facts, differing(row.facts, stated))


def _new_contacts(known: Known, table: SheetTable, line: int) -> list[CellChange]:
    """Phones and accounts the register does not have; a person may have several, so nothing is replaced."""
    found = []
    for name, kind, mask in _CONTACTS:
        value = table.column(name)[line]
        if value is NOTHING:
            if known.contacts(kind):
                found.append(CellChange(name, "•", ""))
            continue
        values = value if isinstance(value, list | tuple) else (value,) if value else ()
        new = [one for one in values if protection.index_of(one) not in known.contacts(kind)]
        if new:
            found.append(CellChange(name, "", "、".join(map(mask, new))))
    return found


def listed_persons(tables: Sequence[SheetTable]) -> set[int]:
    """The persons of the register whose id numbers stand on any line of some sheets."""
    numbers = {number for table in tables for number in table.column("id_number") if number}
    found: set[int] = set()
    for chunk in chunks([index_of(number) for number in numbers]):
        found.update(Person.objects.filter(id_index__in=chunk).values_list("pk", flat=True))
    return found
