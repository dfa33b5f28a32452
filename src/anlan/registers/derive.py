"""Columns that follow from others: how names are searched, how numbers are kept; quick, row by row."""

from functools import lru_cache
from typing import Any, NamedTuple

from anlan.kernel import id_numbers, protection
from anlan.kernel.names import pinyin_of, search_tokens
from anlan.kernel.partial_dates import DAY, PartialDate


class NameColumns(NamedTuple):
    """What a name is found by."""

    pinyin: str
    initials: str
    tokens: str


class SealedColumns(NamedTuple):
    """A number as it is kept: sealed, and the keyed indexes of the whole and of its last four characters."""

    sealed: bytes
    whole: bytes
    tail: bytes


@lru_cache(maxsize=65536)
def name_columns(name: str) -> NameColumns:
    """Pinyin, initials and search tokens of a name (of a person or an organisation)."""
    pinyin, initials = pinyin_of(name)
    return NameColumns(pinyin, initials, search_tokens(name))


def person_columns(name: str) -> dict[str, Any]:
    """The name and what follows from it, by column."""
    return {"name": name, **name_columns(name)._asdict()}


def sealed_columns(value: str) -> SealedColumns:
    """An id number, phone or account (normalised) as it is kept."""
    return SealedColumns(
        protection.seal(value),
        protection.index_of(value),
        protection.tail_index_of(protection.tail_of(value)),
    )


def id_columns(id_number: str) -> dict[str, Any]:
    """A valid id number of 18 characters as it is kept, with the sex and birth it decides, by column."""
    sealed = sealed_columns(id_number)
    return {
        "id_number": sealed.sealed,
        "id_index": sealed.whole,
        "id_tail": sealed.tail,
        "sex": id_numbers.sex(id_number),
        "birth_date": id_numbers.birth_date(id_number),
        "birth_precision": DAY,
    }


def partial_of(row: Any, name: str) -> PartialDate | None:
    """The partial date a row keeps in two columns; see ``partial_columns``."""
    day = getattr(row, _day_column(name))
    return PartialDate(day, getattr(row, f"{name}_precision") or DAY) if day is not None else None


def partial_columns(name: str, value: PartialDate | None) -> dict[str, Any]:
    """A partial date as its two columns: ``joined`` gives ``joined_on`` and ``joined_precision``."""
    column = _day_column(name)
    if value is None:
        return {column: None, f"{name}_precision": ""}
    return {column: value.date, f"{name}_precision": value.precision}


def _day_column(name: str) -> str:
    return {"birth": "birth_date", "since": "since"}.get(name, f"{name}_on")
