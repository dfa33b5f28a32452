"""The persons a batch speaks of: those in the register, found by their id numbers, and those it adds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max, Model, Q

from anlan.kernel import protection
from anlan.registers.imports.plain_rows import plain_rows
from anlan.registers.models import (
    FloatingSpell,
    HouseholdMembership,
    Membership,
    Person,
    PersonContact,
    ResettlementRecord,
)
from anlan.registers.models.person import PHONE

CHUNK = 10_000
_DENSE = 3
T = TypeVar("T")

PLAIN_FIELDS = (
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
    "area_id",
)
"""Columns of a person that a sheet may state, as the importer compares them."""


class Facts(dict[str, Any]):
    """What is known of a new person; what no line stated is an empty text."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(slots=True)
class Known:
    """A person as the register will have them once the batch is written."""

    id: int
    salt: bytes
    facts: dict[str, Any]
    is_new: bool = False
    phones: frozenset[bytes] = frozenset()
    accounts: frozenset[bytes] = frozenset()
    household: "OpenRow | None" = None
    resettlement: "OpenRow | None" = None
    membership: "OpenRow | None" = None
    floating: "OpenRow | None" = None

    def contacts(self, kind: str) -> frozenset[bytes]:
        """The keyed indexes of the phones or accounts known."""
        return self.phones if kind == PHONE else self.accounts

    def remember(self, kind: str, index: bytes) -> None:
        """Know one more phone or account. (Shared empty sets: most persons have none.)"""
        if kind == PHONE:
            self.phones |= {index}
        else:
            self.accounts |= {index}

    def forget(self, kind: str) -> None:
        """Know no phone, or no account."""
        if kind == PHONE:
            self.phones = frozenset()
        else:
            self.accounts = frozenset()


@dataclass(slots=True)
class OpenRow:
    """The open row of a dated fact: its id, since when, and what it says."""

    id: int
    valid_from: date
    facts: dict[str, Any]
    is_new: bool = False


class People:
    """Persons by the keyed index of their id number.

    ``outside`` tells which of the persons with some ids lie outside the importing person's ranges; None for
    somebody who reaches everything.
    """

    def __init__(self, outside: Callable[[Sequence[int]], set[int]] | None = None) -> None:
        self.by_index: dict[bytes, Known] = {}
        self.said: dict[bytes, int] = {}
        """Where refused lines say the bearer of an id number lives: evidence, no more."""
        self.elsewhere: set[int] = set()
        """Persons outside the importing person's ranges."""
        self.ended: dict[tuple[str, int], date] = {}
        """When the last row of a dated fact ended, for persons who have none open."""
        self._outside = outside
        self._asked: set[bytes] = set()
        self._asked_facts: dict[str, set[int]] = defaultdict(set)

    def load(self, indexes: Iterable[bytes], facts: Sequence[str]) -> None:
        """Look up those not asked for yet, with what the register knows of them today.

        ``facts`` names the dated facts that are needed: household, resettlement, membership, floating.
        """
        wanted = list(indexes)
        missing = [index for index in wanted if index not in self._asked]
        self._asked.update(missing)
        found: dict[int, Known] = {}
        stored = _stored(missing)
        for chunk in chunks(sorted(stored)):
            rows = plain_rows(Person.objects.filter(_among("pk", chunk)), ("id", "salt", *PLAIN_FIELDS))
            for own_id, salt, *values in rows:
                index = stored.get(own_id)
                if index is not None:
                    known = Known(own_id, bytes(salt or b""), dict(zip(PLAIN_FIELDS, values, strict=True)))
                    self.by_index[index] = found[own_id] = known
        for ids in chunks(sorted(found)):
            _load_contacts(found, ids)
            if self._outside is not None:
                self.elsewhere |= self._outside(ids)
        asked = filter(None, map(self.by_index.get, wanted))
        known_here = {known.id: known for known in asked if not known.is_new}
        for name in facts:
            self._load_facts(name, known_here)

    def _load_facts(self, name: str, persons: dict[int, Known]) -> None:
        ids = sorted(persons.keys() - self._asked_facts[name])
        self._asked_facts[name].update(ids)
        # Without those asked for before: the batch may have changed what stands open of them.
        stored = {own_id: persons[own_id] for own_id in ids}
        for chunk in chunks(ids):
            _load_open_rows(name, stored, chunk)
        lacking = [own_id for own_id in ids if getattr(stored[own_id], name) is None]
        model = _DATED[name][0]._default_manager
        for chunk in chunks(lacking):
            closed = model.filter(person_id__in=chunk).values_list("person_id").annotate(Max("valid_to"))
            self.ended.update(((name, person_id), day) for person_id, day in closed if day is not None)

    def get(self, index: bytes) -> Known | None:
        """The person with this id number, None when the register has none."""
        return self.by_index.get(index)

    def add(self, index: bytes, known: Known) -> None:
        """A person the batch adds."""
        self._asked.add(index)
        self.by_index[index] = known

    def salts(self) -> dict[int, bytes]:
        """The salts of all persons known, by id."""
        return {known.id: known.salt for known in self.by_index.values()}


def _stored(indexes: Sequence[bytes]) -> dict[int, bytes]:
    """The persons the register has with these indexes, by id.

    Asked plainly: the ORM's query for a county takes a second.
    """
    column = Person._meta.get_field("id_index").column
    statement = f"SELECT id, {column} FROM {Person._meta.db_table} WHERE {column}"
    found: dict[int, bytes] = {}
    with connection.cursor() as cursor:
        for chunk in chunks(indexes):
            if connection.vendor == "postgresql":
                # One array is one parameter to plan for.
                cursor.execute(f"{statement} = ANY(%s)", [list(chunk)])
            else:
                marks = ", ".join(["%s"] * len(chunk))
                cursor.execute(f"{statement} IN ({marks})", list(chunk))
            found.update((own_id, bytes(index)) for own_id, index in cursor.fetchall())
    return found


def _among(column: str, ids: Sequence[int]) -> Q:
    """The condition that a column holds one of some ascending ids, or lies between them where they are dense.

    A county's ids follow each other; two bounds cost nothing, ten thousand parameters a quarter of a second.
    Rows of others may come along: whoever asks looks each up.
    """
    if ids[-1] - ids[0] < _DENSE * len(ids):
        return Q(**{f"{column}__gte": ids[0], f"{column}__lte": ids[-1]})
    return Q(**{f"{column}__in": ids})


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices small enough for one statement's parameters."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


_DATED: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "household": (HouseholdMembership, ("household_id", "relation")),
    "resettlement": (
        ResettlementRecord,
        (
            "register_number",
            "from_place",
            "moved_on",
            "moved_precision",
            "mode",
            "support_mode",
            "programme_id",
            "support_until",
        ),
    ),
    "membership": (
        Membership,
        (
            "organization_id",
            "stage",
            "standing",
            "joined_on",
            "joined_precision",
            "full_member_on",
            "full_member_precision",
            "post",
            "is_resettler",
        ),
    ),
    "floating": (FloatingSpell, ("destination", "since", "since_precision")),
}


def _load_open_rows(name: str, persons: dict[int, Known], ids: Sequence[int]) -> None:
    model, fields = _DATED[name]
    rows = model._default_manager.filter(_among("person_id", ids), valid_to=None)
    for person_id, own_id, since, *values in plain_rows(rows, ("person_id", "id", "valid_from", *fields)):
        if person_id in persons:
            setattr(persons[person_id], name, OpenRow(own_id, since, dict(zip(fields, values, strict=True))))


def _load_contacts(persons: dict[int, Known], ids: Sequence[int]) -> None:
    contacts = PersonContact.objects.filter(_among("person_id", ids), valid_to=None)
    for person_id, kind, index in plain_rows(contacts, ("person_id", "kind", "value_index")):
        if person_id in persons:
            persons[person_id].remember(kind, bytes(index))


def index_of(id_number: str) -> bytes:
    """The keyed index of an id number as sheets give it after reading (18 characters, X upper case)."""
    return protection.index_of(id_number)
