"""What of the facts a line states the register does not have yet, compared as precisely as stated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anlan.kernel import codes
from anlan.kernel.code_list import CodeList
from anlan.kernel.partial_dates import DAY, PartialDate

_PARTIAL = {
    "moved_on": "moved_precision",
    "joined_on": "joined_precision",
    "full_member_on": "full_member_precision",
    "since": "since_precision",
    "founded_on": "founded_precision",
    "elected_on": "elected_precision",
}
"""Days that are known to the day, month or year, with the column that says which."""
_BROAD: Mapping[str, CodeList] = {"education": codes.EDUCATION, "relation": codes.RELATION}
"""Facts of lists in which a broad code (子) may be said of a finer one (长子)."""


def differing(known: Mapping[str, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """The stated facts that say something else than the known ones; empty when the register has them all.

    A coarser statement that agrees with a finer one says nothing new: 2001.5 where 2001-05-06 is known, 大专
    where 大学专科毕业 is.
    """
    new = {name: value for name, value in stated.items() if known[name] != value}
    if new:
        if "education_text" in new:
            # A code and the words kept beside it are one fact.
            new["education"] = stated["education"]
        for name in _BROAD.keys() & new.keys():
            _drop_broader(name, known, new)
        for name in _PARTIAL.keys() & stated.keys():
            _drop_coarser(name, known, stated, new)
    return new


def _drop_broader(name: str, known: Mapping[str, Any], new: dict[str, Any]) -> None:
    before, after = known[name], new[name]
    if before and after and after[1:] == "0" and _BROAD[name].agree(before, after):
        del new[name]
        new.pop(f"{name}_text", None)


def _drop_coarser(
    name: str, known: Mapping[str, Any], stated: Mapping[str, Any], new: dict[str, Any]
) -> None:
    precision = _PARTIAL[name]
    before, after = known[name], stated[name]
    if not isinstance(before, date) or not isinstance(after, date):
        return
    kept = PartialDate(before, known[precision] or DAY)
    said = PartialDate(after, stated.get(precision, kept.precision))
    if kept.finer_of(said) is kept:
        new.pop(name, None)
        new.pop(precision, None)
