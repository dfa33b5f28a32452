"""Which facts may be corrected for many records at once, by register list, and how a value is kept meanwhile.

Only facts that many records truly share: those that tell one person or household from another (names,
numbers, birth, address) are corrected one by one. A change of the world (a transfer, an election, a change of
support) has a day and a verb of its own and is never a bulk correction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anlan.kernel.partial_dates import PartialDate
from anlan.registers.rules.editing import EDITABLE, Fact


@dataclass(frozen=True, slots=True)
class BulkFact:
    """A fact of ``EDITABLE`` offered on a list; ``also`` are facts that go with every new value of it."""

    model: str
    name: str
    also: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """How an address names it."""
        return f"{self.model}.{self.name}"

    @property
    def fact(self) -> Fact:
        """What it holds."""
        return EDITABLE[self.model][self.name]

    def values(self, value: Any) -> dict[str, Any]:
        """The facts a new value writes."""
        return {self.name: value, **self.also}


_ABOUT_PERSONS = (
    BulkFact("person", "ethnic_group"),
    # The words of a sheet kept beside the code would go on being shown.
    BulkFact("person", "education", {"education_text": ""}),
    BulkFact("person", "occupation"),
)
_ABOUT_RESETTLEMENT = (
    BulkFact("resettlementrecord", "from_place"),
    BulkFact("resettlementrecord", "moved"),
    BulkFact("resettlementrecord", "mode"),
)

BULK: Mapping[str, Sequence[BulkFact]] = {
    "persons": (*_ABOUT_PERSONS, *_ABOUT_RESETTLEMENT),
    "households": _ABOUT_RESETTLEMENT,
    "members": (
        BulkFact("membership", "post"),
        BulkFact("membership", "is_resettler"),
        *_ABOUT_PERSONS,
    ),
    "organizations": (
        BulkFact("partyorganization", "setup_mode"),
        BulkFact("partyorganization", "elected"),
        BulkFact("partyorganization", "election_due_on"),
    ),
}
"""By the list; what is corrected may be another record than the list's rows (a household's: its persons')."""


def bulk_fact(register: str, code: str) -> BulkFact | None:
    """The fact a list offers under a code, None when it offers none."""
    return next((fact for fact in BULK.get(register, ()) if fact.code == code), None)


def as_json(value: Any) -> Any:
    """A value of a fact as JSON can say it."""
    if isinstance(value, PartialDate):
        return [value.date.isoformat(), value.precision]
    return value.isoformat() if isinstance(value, date) else value


def from_json(fact: Fact, kept: Any) -> Any:
    """A value of a fact from what ``as_json`` gave."""
    if kept is None:
        return None
    if fact.kind == "partial":
        return PartialDate(date.fromisoformat(kept[0]), kept[1])
    return date.fromisoformat(kept) if fact.kind == "day" else kept
