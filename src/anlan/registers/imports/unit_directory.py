"""The units a batch may speak of, as the register will have them once it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anlan.registers.imports.area_directory import AreaDirectory
from anlan.registers.imports.organization_directory import key_of
from anlan.registers.models import Cover, OfficerCover, Unit, UnitHeadcount, UnitVersion

FACTS = (
    "name",
    "kind",
    "credit_code",
    "trade",
    "area_id",
    "contact_name",
    "work_starts_on",
    "work_ends_on",
)
COUNTS = ("resettlers", "members", "full_members")


@dataclass(slots=True)
class OpenRow:
    """A dated row that is open: its id, since when, what it says."""

    id: int
    valid_from: date
    facts: dict[str, Any]


@dataclass(slots=True)
class KnownUnit:
    """A unit with its open version, headcount, cover and officers by duty."""

    id: int
    facts: dict[str, Any]
    phone_index: bytes | None = None
    is_new: bool = False
    version: OpenRow | None = None
    headcount: OpenRow | None = None
    cover: OpenRow | None = None
    officers: dict[str, OpenRow] = field(default_factory=dict)


class UnitDirectory:
    """All open units within the actor's areas, by credit code and by name. Six queries, however many."""

    def __init__(self, areas: AreaDirectory) -> None:
        self.by_id: dict[int, KnownUnit] = {}
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        rows = Unit.objects.filter(valid_to=None).values_list("pk", "phone_index", *FACTS)
        for own_id, index, *values in rows:
            facts = dict(zip(FACTS, values, strict=True))
            known = KnownUnit(own_id, facts, bytes(index) if index else None)
            if areas.reaches(facts["area_id"]):
                self.learn(known)
            elif facts["credit_code"]:
                self._by_code[facts["credit_code"]] = own_id
        former = UnitVersion.objects.exclude(valid_to=None).values_list("unit_id", "name")
        for own_id, name in former:
            self._name(own_id, name)
        self._attach()

    def _attach(self) -> None:
        for row in UnitVersion.objects.filter(valid_to=None).values("id", "unit_id", "valid_from"):
            self._set(row, "version", {})
        for row in UnitHeadcount.objects.filter(valid_to=None).values("id", "unit_id", "valid_from", *COUNTS):
            self._set(row, "headcount", {name: row[name] for name in COUNTS})
        columns = ("organization_id", "setup_mode")
        for row in Cover.objects.filter(valid_to=None).values("id", "unit_id", "valid_from", *columns):
            self._set(row, "cover", {name: row[name] for name in columns})
        officers = OfficerCover.objects.filter(valid_to=None)
        for row in officers.values("id", "unit_id", "valid_from", "duty", "name", "phone_index"):
            known = self.by_id.get(row["unit_id"])
            if known is not None:
                facts = {"name": row["name"], "phone_index": row["phone_index"]}
                known.officers[row["duty"]] = OpenRow(row["id"], row["valid_from"], facts)

    def _set(self, row: Mapping[str, Any], name: str, facts: dict[str, Any]) -> None:
        known = self.by_id.get(row["unit_id"])
        if known is not None:
            setattr(known, name, OpenRow(row["id"], row["valid_from"], facts))

    def learn(self, known: KnownUnit) -> None:
        """Know a unit, found or planned."""
        self.by_id[known.id] = known
        if known.facts["credit_code"]:
            self._by_code[known.facts["credit_code"]] = known.id
        self._name(known.id, known.facts["name"])

    def _name(self, own_id: int, name: str) -> None:
        ids = self._by_name.setdefault(key_of(name), [])
        if own_id in self.by_id and own_id not in ids:
            ids.append(own_id)

    def with_code(self, code: str) -> int | None:
        """The id of the unit that has a credit code, also outside the actor's areas."""
        return self._by_code.get(code) if code else None

    def find(self, name: str, code: str, kind: str, area_id: int, above: Iterable[int]) -> KnownUnit | None:
        """The unit a line is about: by its credit code, else by its name, here before below and above.

        Of several of one name only one in the same area is meant; of another kind only where the line states
        none.
        """
        own = self._by_code.get(code) if code else None
        if own is not None:
            return self.by_id.get(own)
        named = [self.by_id[one] for one in self._by_name.get(key_of(name), [])]
        # Another code is another unit, whatever its name.
        named = [one for one in named if not (code and one.facts["credit_code"])]
        named = [one for one in named if not kind or one.facts["kind"] in (kind, "")]
        here = [one for one in named if one.facts["area_id"] == area_id]
        if here:
            return here[0]
        around = set(above)
        near = [one for one in named if one.facts["area_id"] in around]
        return near[0] if len(near) == 1 else None
