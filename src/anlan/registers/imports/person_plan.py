"""What the lines of a batch do to persons: new ones, changed facts, phones and accounts.

Shared by every kind of sheet that speaks of persons. The id number decides sex and birth; what a line does
not state is left as it is.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from anlan.kernel import id_numbers, protection
from anlan.kernel.bulk import database_uids
from anlan.registers.derive import name_columns
from anlan.registers.imports.agreement import differing
from anlan.registers.imports.derivation import derived_columns
from anlan.registers.imports.people import Facts, Known, People
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
        self.uids = _new_uids()
        """New public identifiers."""

    def add(self, index: bytes, id_number: str, stated: Mapping[str, Any]) -> Known:
        """A person the register does not have yet. ``stated`` as ``stated_facts`` gives it."""
        born = id_numbers.birth_date(id_number)
        facts = stated if isinstance(stated, Facts) else Facts(stated)
        facts["sex"] = sex = id_numbers.sex(id_number)
        facts["birth_date"], facts["birth_precision"] = born, "day"
        salt = new_salt()
        own_id, noted = self.persons.add(
            next(self.uids),
            facts.get("area_id"),
            facts["name"],
            sex,
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
        self.book.give(derived_columns, self._to_derive, into=self.persons)
        self._to_derive = []

    def seal(self, salts: Mapping[int, bytes]) -> None:
        """Seal the book and complete the new persons with what follows from id number and name."""
        self._give_derivation()
        self.book.seal(salts)

    def change(self, known: Known, stated: Mapping[str, Any], later: Mapping[str, Any] | None = None) -> bool:
        """Bring a person's plain facts to what a line states; gives whether any differs.

        ``later`` is what a sheet of a later kind in the batch states of the same person: what the register
        has from there already is not changed to and fro.
        """
        facts = known.facts
        new = differing(facts, stated)
        if new and later:
            unheard = differing(facts, later).keys()
            new = {name: value for name, value in new.items() if name not in later or name in unheard}
        if not new:
            return False
        old = {name: facts[name] for name in new}
        facts.update(new)
        if "name" in new:
            old |= dict(zip(_NAME_FIELDS, name_columns(old["name"]), strict=True))
            new |= dict(zip(_NAME_FIELDS, name_columns(new["name"]), strict=True))
        self.book.update(("person", known.id), Person, known.id, old, new)
        return True

    def state_contacts(
        self, known: Known, kind: str, values: Any, source: str, on: date, note: str = ""
    ) -> bool:
        """Add phones or accounts not known yet, or end all of them where the cell says that there are none;
        gives whether that changes anything.
        """
        if values is None:
            return False
        if values is NOTHING:
            return self._end_contacts(known, kind, on)
        added = False
        for value in values if isinstance(values, list | tuple) else (values,):
            index = protection.index_of(value)
            if index in known.contacts(kind):
                continue
            known.remember(kind, index)
            added = True
            tail = protection.tail_index_of(protection.tail_of(value))
            _row, noted = self.contacts.add(
                known.id, kind, protection.seal(value), index, tail, note, source, iso(on), None
            )
            self.book.note(("person", known.id), noted)
        return added

    def _end_contacts(self, known: Known, kind: str, on: date) -> bool:
        if not known.contacts(kind):
            return False
        rows = PersonContact.objects.filter(person_id=known.id, kind=kind, valid_to=None, valid_from__lte=on)
        ended = list(rows.values_list("pk", flat=True))
        for own_id in ended:
            ends = {"valid_to": iso(on)}
            self.book.update(("person", known.id), PersonContact, own_id, {"valid_to": None}, ends)
        known.forget(kind)
        return bool(ended)


def _new_uids() -> Iterator[str]:
    while True:
        yield from database_uids(UIDS_AT_ONCE)


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
    facts = Facts(name=name) if name else Facts()
    if ethnic_group is not None:
        facts["ethnic_group"] = coded(ethnic_group)
    if education is NOTHING:
        facts["education"] = facts["education_text"] = ""
    elif education is not None:
        facts["education"], facts["education_text"] = education.code, education.text
    if marital is not None:
        facts["marital_status"] = coded(marital)
    if occupation is not None:
        facts["occupation"] = text(occupation)
    if address is not None:
        facts["address"] = text(address)
    return facts


def dated(name: str, precision: str, value: Any) -> dict[str, Any]:
    """A partial date as its two columns; nothing when the cell states none."""
    if value is None or isinstance(value, str):
        return {}
    if value is NOTHING:
        return {name: None, precision: ""}
    return {name: value.date, precision: value.precision}


__all__ = ["ACCOUNT", "PHONE", "PersonPlan", "coded", "dated", "stated_facts", "text"]
