"""Facts of the registers in the words of their sheets: which field a column is, how its value is written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anlan.kernel.code_list import CodeList
from anlan.kernel.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    MARITAL_STATUS,
    MEMBERSHIP_STAGE,
    ORGANIZATION_KIND,
    RELATION,
    RESETTLEMENT_MODE,
    SETUP_MODE,
    STANDING,
    SUPPORT_MODE,
)
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.sheets.readers import CellChange
from anlan.web import formats

Row = Mapping[str, Any]
Write = Callable[[Row], str]
Words = Mapping[str, tuple[str, Write]]
"""By the column that carries a fact: the sheet's field, and how the fact is written."""


def _text(column: str) -> Write:
    return lambda row: str(row.get(column) or "")


def _coded(column: str, codes: CodeList) -> Write:
    return lambda row: codes.name_of(row[column]) if row.get(column) else ""


def _day(column: str, precision: str = "") -> Write:
    def write(row: Row) -> str:
        day = row.get(column)
        if not isinstance(day, date):
            return ""
        return formats.write_day(PartialDate(day, row.get(precision) or DAY))

    return write


def _yes_no(column: str) -> Write:
    return lambda row: "" if row.get(column) is None else _("是") if row[column] else _("否")


def _education(row: Row) -> str:
    return str(row.get("education_text") or "") or _coded("education", EDUCATION)(row)


PERSON_WORDS: Words = {
    "name": ("name", _text("name")),
    "ethnic_group": ("ethnic_group", _coded("ethnic_group", ETHNIC_GROUP)),
    "education": ("education", _education),
    "education_text": ("education", _education),
    "marital_status": ("marital_status", _coded("marital_status", MARITAL_STATUS)),
    "occupation": ("occupation", _text("occupation")),
    "address": ("address", _text("address")),
}
PLACE_WORDS: Words = {"relation": ("relation", _coded("relation", RELATION))}
RESETTLEMENT_WORDS: Words = {
    "register_number": ("register_number", _text("register_number")),
    "from_place": ("from_place", _text("from_place")),
    "moved_on": ("moved_on", _day("moved_on", "moved_precision")),
    "mode": ("resettlement_mode", _coded("mode", RESETTLEMENT_MODE)),
    "support_mode": ("support_mode", _coded("support_mode", SUPPORT_MODE)),
}
MEMBERSHIP_WORDS: Words = {
    "stage": ("stage", _coded("stage", MEMBERSHIP_STAGE)),
    "standing": ("standing", _coded("standing", STANDING)),
    "joined_on": ("joined_on", _day("joined_on", "joined_precision")),
    "full_member_on": ("full_member_on", _day("full_member_on", "full_member_precision")),
    "post": ("post", _text("post")),
    "is_resettler": ("is_resettler", _yes_no("is_resettler")),
}
FLOATING_WORDS: Words = {
    "destination": ("floating_to", _text("destination")),
    "since": ("floating_since", _day("since", "since_precision")),
}
ORGANIZATION_WORDS: Words = {
    "name": ("name", _text("name")),
    "code": ("code", _text("code")),
    "kind": ("kind", _coded("kind", ORGANIZATION_KIND)),
    "setup_mode": ("setup_mode", _coded("setup_mode", SETUP_MODE)),
    "founded_on": ("founded_on", _day("founded_on", "founded_precision")),
    "elected_on": ("elected_on", _day("elected_on", "elected_precision")),
    "election_due_on": ("election_due_on", _day("election_due_on")),
}


def in_words(words: Words, before: Row, new: Row) -> list[CellChange]:
    """The cells in which ``new`` differs from what stands in ``before``, each once."""
    after = {**before, **new}
    found: dict[str, CellChange] = {}
    for column in new:
        if column in words:
            field, write = words[column]
            change = CellChange(field, write(before), write(after))
            if change.before != change.after:
                found[field] = change
    return list(found.values())
