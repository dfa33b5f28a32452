"""Finding persons, households, organisations and members by what people type.

A text is cut into words: a name (full-text index over characters and bigrams), Latin letters (prefix of the
pinyin or of its initials), digits (a whole number or the last of an id number or phone), and numbers with
letters in them (household and register numbers). Several words narrow each other: ``何 0018``. Every way in
uses an index, so that a county of a million is as quick as a village.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from anlan.kernel import id_numbers, protection
from anlan.kernel.names import plain, search_tokens
from anlan.registers.models import (
    Appointment,
    HouseholdMembership,
    OrganizationVersion,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
)

WordKind = Literal["name", "latin", "digits", "number"]
CANDIDATES = 400
"""At most so many values with the same last four characters are opened to compare further ones."""
_PIECES = re.compile(r"[0-9A-Za-z'’\-]+|[^0-9A-Za-z'’\-\s]+")
_DIGITS = re.compile(r"\d+[xX]?$")
_NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search: what it looks like, and its text as it is compared."""

    kind: WordKind
    text: str


def words_of(text: str) -> list[Word]:
    """The words of a typed text. Characters and sounds apart (``张 三``, ``zhang san``) are one name."""
    words: list[Word] = []
    for piece in _PIECES.findall(plain(text)):
        word = _word(piece)
        if not word.text:
            continue
        if word.kind in ("name", "latin") and words and words[-1].kind == word.kind:
            words[-1] = Word(word.kind, words[-1].text + word.text)
        else:
            words.append(word)
    return words


def _word(piece: str) -> Word:
    if _DIGITS.match(piece):
        return Word("digits", piece.upper())
    if any(character.isdigit() for character in piece):
        return Word("number", piece)
    if piece.isascii():
        return Word("latin", re.sub(r"[^a-z]", "", piece.lower()))
    return Word("name", "".join(character for character in piece if character.isalnum()))


def persons_matching(text: str) -> Q:
    """The condition that a person is meant by a text; an empty text means nobody."""
    return _every_word(text, _person)


def households_matching(text: str) -> Q:
    """The condition that a household is meant: by its number, or by somebody in it today."""
    return _every_word(text, _household)


def organizations_matching(text: str) -> Q:
    """The condition that an organisation is meant: by name (also a former one), code, or a post's phone."""
    return _every_word(text, _organization)


def memberships_matching(text: str) -> Q:
    """The condition that a membership is of a person meant by a text."""
    return Q(person_id__in=Person.objects.filter(persons_matching(text)).values("pk"))


def _every_word(text: str, condition_of: Callable[[Word], Q]) -> Q:
    words = words_of(text)
    condition = Q() if words else _NONE
    for word in words:
        condition &= condition_of(word)
    return condition


def _person(word: Word) -> Q:
    if word.kind == "name":
        return _full_text(Person._meta.db_table, word.text)
    if word.kind == "latin":
        # As a set of its own: beside the condition of the range, the database would walk the range instead.
        sounding = starts_with("initials", word.text) | starts_with("pinyin", word.text)
        return Q(pk__in=Person.objects.filter(sounding).values("pk"))
    keys = _persons_by_digits(word.text) if word.kind == "digits" else set()
    # The index leaves empty numbers out; saying so again lets the database use it.
    by_number = ResettlementRecord.objects.filter(
        starts_with("register_number", word.text), ~Q(register_number="")
    )
    keys.update(by_number.values_list("person_id", flat=True)[:CANDIDATES])
    return Q(pk__in=keys)


def _household(word: Word) -> Q:
    if word.kind in ("digits", "number"):
        return starts_with("number", word.text)
    inside = HouseholdMembership.objects.filter(
        valid_to=None, person__in=Person.objects.filter(_person(word)).values("pk")
    )
    return Q(pk__in=inside.values("household"))


def _organization(word: Word) -> Q:
    if word.kind == "name":
        former = OrganizationVersion.objects.filter(name__contains=word.text).values("organization")
        return _full_text(PartyOrganization._meta.db_table, word.text) | Q(pk__in=former)
    if word.kind == "latin":
        return Q(initials__contains=word.text) | Q(pinyin__contains=word.text)
    posts = Appointment.objects.filter(
        phone_tail=protection.tail_index_of(protection.tail_of(word.text)), valid_to=None
    )
    return Q(code=word.text) | Q(pk__in=posts.values("organization"))


def _persons_by_digits(digits: str) -> set[int]:
    if len(digits) < protection.TAIL_LENGTH:
        return set()
    whole = id_numbers.check(digits).number if len(digits) in (15, 18) else ""
    exact = protection.index_of(whole or digits)
    found = set(Person.objects.filter(id_index=exact).values_list("pk", flat=True))
    tail = protection.tail_index_of(protection.tail_of(digits))
    numbers = Person.objects.filter(id_tail=tail).values_list("pk", "id_number")[:CANDIDATES]
    contacts = PersonContact.objects.filter(value_tail=tail, valid_to=None).values_list("person_id", "value")
    for key, sealed in (*numbers, *contacts[:CANDIDATES]):
        if sealed is not None and protection.open_text(sealed).endswith(digits):
            found.add(key)
    return found


def starts_with(column: str, text: str) -> Q:
    """The condition that a column starts with a text of ASCII letters and digits: a range an index answers.

    The upper bound is the next text of the same kind, which holds in every collation, not only in bytes.
    """
    condition = Q(**{f"{column}__startswith": text, f"{column}__gte": text})
    bound = _next(text)
    return condition & Q(**{f"{column}__lt": bound}) if bound else condition


def _next(text: str) -> str:
    """The smallest text after everything that starts with ``text``; "" when there is none of its kind."""
    kept = text.rstrip("zZ9")
    return kept[:-1] + chr(ord(kept[-1]) + 1) if kept and kept[-1].isalnum() else ""


def _full_text(table: str, name: str) -> Q:
    """The condition that the stored characters and bigrams hold those of a name."""
    tokens = search_tokens(name).split()
    pairs = [token for token in tokens if len(token) > 1] or tokens
    if connection.vendor == "postgresql":
        sql = f"SELECT id FROM {table} WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
        asked = " & ".join(f"'{token}'" for token in pairs)
    else:
        sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s"
        asked = " AND ".join(f'"{token}"' for token in pairs)
    return Q(pk__in=RawSQL(sql, (asked,)))
