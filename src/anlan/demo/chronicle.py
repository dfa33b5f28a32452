"""The made-up county's past as it is entered: half a year at a time, first single events, then sheets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from anlan.demo import tables
from anlan.demo.county.facts import (
    Birth,
    County,
    Death,
    HouseholdMove,
    Member,
    Merger,
    Organization,
    PersonMove,
    Roll,
    Township,
    Village,
    Wedding,
)
from anlan.demo.county.places import MERGED_ON, RENAMED_ON
from anlan.demo.county.scale import BASE_DAY, LAST_DAY
from anlan.sheets.lines import SheetTable


@dataclass(frozen=True, slots=True)
class TownshipRenamed:
    """A township gets its present name, and its committee with it."""

    day: date
    township: Township


@dataclass(frozen=True, slots=True)
class BranchRenamed:
    """An organisation gets its present name."""

    day: date
    organization: Organization


@dataclass(frozen=True, slots=True)
class Transfer:
    """A member goes from one branch to another, on paper, with a letter."""

    day: date
    member: Member
    before: Organization
    after: Organization


Entry = (
    Birth | Death | Wedding | HouseholdMove | PersonMove | Merger | TownshipRenamed | BranchRenamed | Transfer
)


@dataclass(slots=True)
class Period:
    """What is entered for one span of time: each event by itself, in order, then all sheets as one batch."""

    until: date
    entries: list[Entry] = field(default_factory=list)
    sheets: list[SheetTable] = field(default_factory=list)


def first_sheets(county: County) -> list[SheetTable]:
    """The sheets of the base day: areas, organisations, residents, members."""
    roll = county.history[0]
    if not isinstance(roll, Roll):
        raise TypeError("the history begins with the first register")
    members = [one for one in county.members if _enters(one) <= BASE_DAY]
    return [
        tables.area_table(county),
        tables.organization_table(tables.in_force(county.organizations, BASE_DAY), BASE_DAY),
        tables.resident_table(roll),
        tables.member_table(members, BASE_DAY),
    ]


def periods(county: County) -> Iterator[Period]:
    """The half years after the base day, in order; those in which nothing happened are left out."""
    entries = _entries(county)
    rolls = [one for one in county.history[1:] if isinstance(one, Roll)]
    begin = BASE_DAY
    for until in _ends():
        period = Period(until)
        period.entries = [one for one in entries if begin < one.day <= until]
        period.sheets = _organization_sheets(county, begin, until)
        period.sheets += [tables.resident_table(roll) for roll in rolls if roll.as_of == until]
        changed = [one for one in county.members if _changes_within(one, begin, until)]
        if changed:
            period.sheets.append(tables.member_table(changed, until))
        if period.entries or period.sheets:
            yield period
        begin = until


def _ends() -> list[date]:
    """The ends of half years, and the days before a name changed: a sheet from before bears the old one."""
    years = range(BASE_DAY.year, LAST_DAY.year + 1)
    halves = {date(year, *day) for year in years for day in ((6, 30), (12, 31))}
    changes = {day - timedelta(days=1) for day in (RENAMED_ON, MERGED_ON)}
    return [*sorted(day for day in halves | changes if day < LAST_DAY), LAST_DAY]


def _entries(county: County) -> list[Entry]:
    """All single events by day; on one day those of places come before those of people."""
    found: list[Entry] = [one for one in county.history if not isinstance(one, Roll)]
    found += [TownshipRenamed(one.renamed_on, one) for one in county.townships if one.renamed_on]
    found += [BranchRenamed(one.renamed_on, one) for one in county.organizations if one.renamed_on]
    for member in county.members:
        for before, day in member.earlier:
            if isinstance(member.organization.place, Village):
                found.append(Transfer(day, member, before, member.organization))
    found.sort(key=lambda one: (one.day, not isinstance(one, Merger | TownshipRenamed | BranchRenamed)))
    return found


def _organization_sheets(county: County, begin: date, until: date) -> list[SheetTable]:
    """A sheet a day on which some organisations were founded or elected anew."""
    by_day: dict[date, list[Organization]] = {}
    for one in county.organizations:
        for election in one.elections:
            if begin < election.elected_on <= until:
                by_day.setdefault(election.elected_on, []).append(one)
    return [
        tables.organization_table(tables.in_force(ones, day), day) for day, ones in sorted(by_day.items())
    ]


def _enters(member: Member) -> date:
    """The day from which the county's lists have the member: having joined, and having come."""
    return max(member.joined_on, member.resident.arrived_on or BASE_DAY)


def _changes_within(member: Member, begin: date, until: date) -> bool:
    """Whether the member joined or came, became a full one, changed to a trade's branch, or went away."""
    died = member.resident.died_on
    if _enters(member) > until or (died and died <= until):
        return False
    days: Sequence[date | None] = (
        max(_enters(member), BASE_DAY),
        member.full_member_on,
        member.floating_since,
        *(day for _, day in member.earlier if not isinstance(member.organization.place, Village)),
    )
    return any(day is not None and begin < day <= until for day in days)
