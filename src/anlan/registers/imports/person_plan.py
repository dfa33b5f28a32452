"""What the lines of a batch do to persons: new ones, changed facts, phones and accounts.

Shared by every kind of sheet that speaks of persons. The id number decides sex and birth; what a line does
not state is left as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from anlan.kernel import id_numbers, protection
from anlan.kernel.names import pinyin_of, search_tokens
from anlan.kernel.bulk import database_uids
from anlan.registers.imports.derivation import derived_columns
from anlan.registers.imports.people import Facts, Known, OpenRow, People
from anlan.registers.imports.rowbook import RowBook, iso
from anlan.registers.models import Person, PersonContact
from anlan.registers.models.person import ACCOUNT, PHONE, new_salt
from anlan.sheets.lines import NOTHING

PERSON_FIELDS = (
    "uid",
    "area_id",
    "name",
    "sex",
    "birth_date",
    "birth_precision",
    "died_on",
    "ethnic_group",
    "education",
    "education_text",
    "marital_status",
    "occupation",
    "address",
    "id_index",
    "salt",
)
DERIVED = ("uid", "id_index", "salt")
COMPLETED_BY = ("id_number", "id_tail", "pinyin", "initials", "tokens")
"""Columns that follow from id number and name, worked out by ``derived_columns`` beside the planning."""
DERIVED_AT_ONCE = 4000
CONTACT_FIELDS = (
    "person_id",
    "kind",
    "value",
    "value_index",
    "value_tail",
    "note",
    "source",
    "valid_from",
    "valid_to",
)
UIDS_AT_ONCE = 4000


class PersonPlan:
    """Collects what happens to persons in one batch."""

    def __init__(self, book: RowBook, people: People) -> None:
        self.book = book
        self.people = people
        self.persons = book.table(Person, PERSON_FIELDS, DERIVED, COMPLETED_BY)
        self._to_derive: list[tuple[str, str]] = []
        self.contacts = book.table(PersonContact, CONTACT_FIELDS, ("value_index", "value_tail"))
        self._uids: Iterator[Any] = iter(())
        self._names: dict[str, tuple[str, str, str]] = {}

    def add(self, index: bytes, id_number: str, stated: Mapping[str, Any]) -> Known:
        """A person the register does not have yet. ``stated`` as ``stated_facts`` gives it."""
        born = id_numbers.birth_date(id_number)
        facts = Facts(stated, sex=id_numbers.sex(id_number), birth_date=born, birth_precision="day")
        salt = new_salt()
        own_id, noted = self.persons.add(
            self.uid(),
            facts.get("area_id"),
            facts["name"],
            facts["sex"],
            iso(born),
            "day",
            None,
            facts["ethnic_group"],
            facts["education"],
            facts["education_text"],
            facts["marital_status"],
            facts["occupation"],
            facts["address"],
            index,
            salt,
        )
        self._to_derive.append((id_number, facts["name"]))
        if len(self._to_derive) == DERIVED_AT_ONCE:
            self._give_derivation()
        known = Known(own_id, salt, facts, is_new=True)
        self.people.add(index, known)
        self.book.note(("person", own_id), noted)
        return known

    def _give_derivation(self) -> None:
        self.book.give(derived_columns, self._to_derive)
        self._to_derive = []

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Seal the book and complete the new persons with what follows from id number and name."""
        self._give_derivation()
        derived = self.book.seal(salts)
        self.persons.complete([columns for done in derived for columns in done])

    def change(self, known: Known, stated: Mapping[str, Any]) -> bool:
        """Bring a person's plain facts to what a line states; gives whether any differs."""
        facts = known.facts
        new = {name: value for name, value in stated.items() if facts[name] != value}
        if not new:
            return False
        old = {name: facts[name] for name in new}
        facts.update(new)
        if "name" in new:
            old |= dict(zip(_NAME_FIELDS, self._derived(old["name"]), strict=True))
            new |= dict(zip(_NAME_FIELDS, self._derived(new["name"]), strict=True))
        self.book.update(("person", known.id), Person, known.id, old, new)
        return True

    def add_contacts(
        self, known: Known, kind: str, values: Any, source: str, on: date, note: str = ""
    ) -> bool:
        """Add phones or accounts not known yet; gives whether there were any. None is taken away."""
        if values is None or values is NOTHING:
            return False
        added = False
        for value in values if isinstance(values, list | tuple) else (values,):
            index = protection.index_of(value)
            if index in known.contacts(kind):
                continue
            known.remember(kind, index)
            added = True
            tail = protection.tail_index_of(protection.tail_of(value))
            _, noted = self.contacts.add(
                known.id, kind, protection.seal(value), index, tail, note, source, iso(on), None
            )
            self.book.note(("person", known.id), noted)
        return added

    def uid(self) -> Any:
        """A new public identifier, as the database in use keeps it."""
        uid = next(self._uids, None)
        if uid is None:
            self._uids = database_uids(UIDS_AT_ONCE)
            uid = next(self._uids)
        return uid

    def _derived(self, name: str) -> tuple[str, str, str]:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = (*pinyin_of(name), search_tokens(name))
        return found


_NAME_FIELDS = ("pinyin", "initials", "tokens")


def coded(value: Any) -> str | None:
    """A code, or the text kept where the list does not know it; None when nothing is stated."""
    if value is None:
        return None
    if value is NOTHING:
        return ""
    return value.code or value.text  # type: ignore[no-any-return]


def text(value: Any) -> str | None:
    """A text; "" when the cell says there is none, None when it says nothing."""
    return "" if value is NOTHING else value


def stated_facts(
    name: str | None, ethnic_group: Any, education: Any, marital: Any, occupation: Any, address: Any
) -> dict[str, Any]:
    """The plain facts of a person one line states; what it does not state is left out."""
    facts: dict[str, Any] = {"name": name} if name else {}
    if ethnic_group is not None:
        facts["ethnic_group"] = coded(ethnic_group)
    if education is not None and education is not NOTHING:
        facts["education"], facts["education_text"] = education.code, education.text
    if marital is not None:
        facts["marital_status"] = coded(marital)
    if occupation is not None:
        facts["occupation"] = text(occupation)
    if address is not None:
        facts["address"] = text(address)
    return facts


def restate(
    book: RowBook,
    table: Any,
    known: Known,
    open_row: OpenRow | None,
    stated: Mapping[str, Any],
    blank: Mapping[str, Any],
    on: date,
) -> tuple[OpenRow | None, bool]:
    """Bring one dated fact of a person to what a line states from a day on.

    ``blank`` gives all fields with their empty values. No open row: a new one. An open row from an earlier day
    is closed on ``on`` and followed by the next; one from the same day is corrected in place; one from a later
    day stands, because the register knows something newer. Gives the open row and whether anything changes.
    """
    if open_row is not None:
        new = {name: value for name, value in stated.items() if open_row.facts[name] != value}
        if not new or on < open_row.valid_from:
            return open_row, False
        if on == open_row.valid_from or open_row.is_new:
            old = {name: open_row.facts[name] for name in new}
            book.update(("person", known.id), table.model, open_row.id, _plain(old), _plain(new))
            open_row.facts.update(new)
            return open_row, True
        book.update(("person", known.id), table.model, open_row.id, {"valid_to": None}, {"valid_to": iso(on)})
        facts = {**blank, **open_row.facts, **new}
    elif stated:
        facts = {**blank, **stated}
    else:
        return None, False
    values = [_plain_value(facts[name]) for name in blank]
    own_id, noted = table.add(known.id, *values, iso(on), None)
    book.note(("person", known.id), noted)
    if known.is_new:
        # Nobody asks again in this batch what was open before; a county of such rows would fill the memory.
        return None, True
    return OpenRow(own_id, on, facts, is_new=True), True


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    return iso(value) if isinstance(value, date) else value


def dated(name: str, precision: str, value: Any) -> dict[str, Any]:
    """A partial date as its two columns; nothing when the cell states none."""
    if value is None or isinstance(value, str):
        return {}
    if value is NOTHING:
        return {name: None, precision: ""}
    return {name: value.date, precision: value.precision}


def source_of(files: Sequence[str]) -> str:
    """Where a contact comes from, as its row keeps it."""
    return "、".join(files)[:120]


__all__ = ["ACCOUNT", "PHONE", "PersonPlan", "coded", "dated", "restate", "source_of", "stated_facts", "text"]
