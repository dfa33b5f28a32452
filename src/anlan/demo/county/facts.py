"""What the made-up county consists of: plain facts, no database.

``Resident`` and ``Household`` hold how things are on the last day; how they were earlier stands in the rolls
(what a sheet of that day says) and in the events between them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

MALE, FEMALE = "1", "2"
HEAD, SPOUSE = "02", "10"
SINGLE, MARRIED, WIDOWED = "10", "20", "30"


@dataclass(slots=True, eq=False)
class Village:
    """A village or community; ``groups`` are names such as 3组; ``successor`` took it in when merged."""

    code: str
    name: str
    township: "Township"
    groups: list[str]
    weight: float
    point: str = ""
    successor: "Village | None" = None

    def lasting(self) -> "Village":
        """The village of today."""
        return self.successor or self


@dataclass(slots=True, eq=False)
class Township:
    """A township, town or street; ``former_name`` until ``renamed_on``."""

    code: str
    name: str
    villages: list[Village] = field(default_factory=list)
    former_name: str = ""
    renamed_on: date | None = None


@dataclass(slots=True, eq=False)
class Resident:
    """One made-up human being. ``old_number``: the id card was given out with 15 digits;
    ``moved_with``: the household they were moved with, None for those born or married in later,
    on ``arrived_on``.
    """

    name: str
    sex: str
    born: date
    id_number: str
    ethnic_group: str
    education: str
    marital: str = SINGLE
    phone: str = ""
    old_number: bool = False
    register_number: str = ""
    died_on: date | None = None
    household: "Household | None" = None
    relation: str = ""
    moved_with: "Household | None" = None
    arrived_on: date | None = None

    def age_on(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(slots=True, eq=False)
class Household:
    """A household where it lives on the last day; ``members`` are alive and belong to it, head included."""

    number: str
    village: Village
    group: str
    moved_on: date
    from_place: str
    mode: str
    support_mode: str
    head: Resident | None = None
    members: list[Resident] = field(default_factory=list)
    address: str = ""


class Line(NamedTuple):
    """What a sheet of residents says about one person on its day."""

    resident: Resident
    household: Household
    village: Village
    group: str
    head_name: str
    relation: str
    education: str
    marital: str
    phone: str


@dataclass(slots=True)
class Roll:
    """A sheet of residents: the first register, or what changed until ``as_of``."""

    as_of: date
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Birth:
    """A child born into a household."""

    day: date
    child: Resident
    household: Household
    relation: str


@dataclass(slots=True, eq=False)
class Death:
    """A death; ``next_head`` where it was the head's, with the relations that changed by it."""

    day: date
    resident: Resident
    household: Household
    next_head: Resident | None = None
    relations: list[tuple[Resident, str]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Wedding:
    """Two marry; ``newcomer`` joins the household under ``relation``, from outside or from ``left``."""

    day: date
    resident: Resident
    newcomer: Resident
    household: Household
    relation: str
    left: Household | None = None


@dataclass(slots=True, eq=False)
class HouseholdMove:
    """A household moves to another village of the county."""

    day: date
    household: Household
    village: Village
    group: str


@dataclass(slots=True, eq=False)
class PersonMove:
    """One person moves into another household."""

    day: date
    resident: Resident
    household: Household
    relation: str


@dataclass(slots=True, eq=False)
class Merger:
    """One village is taken in by another of the same township."""

    day: date
    village: Village
    successor: Village


Event = Birth | Death | Wedding | HouseholdMove | PersonMove | Merger


@dataclass(slots=True, eq=False)
class Election:
    """One election of an organisation: who became secretary, and until when."""

    elected_on: date
    due_on: date
    secretary: str
    phone: str


@dataclass(slots=True, eq=False)
class Organization:
    """A Party organisation; ``name`` is today's, ``former_name`` was borne until ``renamed_on``."""

    name: str
    kind: str
    setup_mode: str
    parent: "Organization | None"
    place: Township | Village | None
    founded_on: date
    elections: list[Election] = field(default_factory=list)
    former_name: str = ""
    renamed_on: date | None = None
    members: list["Member"] = field(default_factory=list)

    def name_on(self, day: date) -> str:
        """What it was called on a day."""
        return self.former_name if self.renamed_on and day < self.renamed_on else self.name


@dataclass(slots=True, eq=False)
class Member:
    """A member on the last day or that of death; ``earlier`` are organisations left, and when."""

    resident: Resident
    organization: Organization
    joined_on: date
    full_member_on: date | None
    post: str = ""
    occupation: str = ""
    is_resettler: bool = True
    floating_to: str = ""
    floating_since: date | None = None
    earlier: list[tuple[Organization, date]] = field(default_factory=list)

    def organization_on(self, day: date) -> Organization:
        """The organisation the member belonged to on a day."""
        return next((one for one, until in self.earlier if day < until), self.organization)


@dataclass(slots=True, eq=False)
class Unit:
    """A unit to be covered, known since ``since``; ``organization`` and ``liaison`` cover it from
    ``covered_from``.
    """

    name: str
    kind: str
    credit_code: str
    trade: str
    place: Township | Village
    since: date
    contact: str
    phone: str
    resettlers: int
    members: int
    full_members: int
    organization: Organization | None = None
    setup_mode: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    covered_from: date | None = None
    work_starts_on: date | None = None
    work_ends_on: date | None = None


@dataclass(slots=True, eq=False)
class ContactPoint:
    """A contact point for resettlers; ``place`` None is the county's."""

    name: str
    tier: str
    place: Township | Village | None
    room: str
    officer: str
    phone: str
    opening: str


@dataclass(slots=True, eq=False)
class Officer:
    """A resettlement officer responsible for a village or its resettlement point."""

    village: Village
    of_point: bool
    name: str
    phone: str


@dataclass(slots=True, eq=False)
class County:
    """Everything about the made-up county. ``history`` begins with the roll of the base day and goes by days;
    what a roll says holds from its day on, and events before it in the list are known to it.
    """

    code: str
    name: str
    seed: int
    townships: list[Township]
    villages: list[Village]
    households: list[Household]
    residents: list[Resident]
    dead: list[Resident]
    history: list[Event | Roll]
    organizations: list[Organization]
    members: list[Member]
    units: list[Unit]
    contact_points: list[ContactPoint]
    officers: list[Officer]
