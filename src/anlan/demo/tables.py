"""The made-up county's facts as the sheets the importer takes, already read."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from string import digits
from typing import Any

from anlan.demo.county.facts import (
    ContactPoint,
    County,
    Election,
    Household,
    Line,
    Member,
    Organization,
    Roll,
    Township,
    Unit,
    Village,
)
from anlan.demo.county.scale import AREAS_SINCE, BASE_DAY
from anlan.demo.county.support import is_verified
from anlan.kernel.code_list import Coded
from anlan.kernel.codes import PARTY_JOB
from anlan.kernel.partial_dates import DAY, MONTH, PartialDate
from anlan.places.rules import AreaKind
from anlan.sheets.lines import SheetTable

Columns = dict[str, list[Any]]


def _table(
    kind: str, title: str, as_of: date, columns: Columns, households: list[int] | None = None
) -> SheetTable:
    count = len(next(iter(columns.values())))
    return SheetTable(
        kind=kind,
        file=f"{title.rstrip(digits)}（{as_of.year}年{as_of.month}月{as_of.day}日）.xlsx",
        sheet=title,
        title=title,
        as_of=as_of,
        row_numbers=list(range(1, count + 1)),
        columns=columns,
        households=households,
    )


def area_table(county: County) -> SheetTable:
    """All areas as on the base day: the county, townships, villages, groups, resettlement points."""
    rows: list[tuple[str, str, str, str]] = [(f"{county.code}000000", county.name, "", AreaKind.COUNTY)]
    for township in county.townships:
        name = township.former_name or township.name
        rows.append((township.code, name, f"{county.code}000000", AreaKind.TOWNSHIP))
    for village in county.villages:
        kind = AreaKind.COMMUNITY if village.name.endswith("社区") else AreaKind.VILLAGE
        rows.append((village.code, village.name, village.township.code, kind))
        for number, group in enumerate(village.groups, 1):
            rows.append((f"{village.code}{number:03d}", group, village.code, AreaKind.GROUP))
        if village.point:
            rows.append((f"{village.code}901", village.point, village.code, AreaKind.POINT))
    codes, names, parents, kinds = (list(column) for column in zip(*rows, strict=True))
    columns: Columns = {
        "code": codes,
        "name": names,
        "parent_code": [parent or None for parent in parents],
        "kind": [Coded(kind) for kind in kinds],
    }
    return _table("areas", "行政区划", AREAS_SINCE, columns)


_CODED: dict[str, Coded] = {}


def _coded(code: str) -> Coded | None:
    return _CODED.setdefault(code, Coded(code)) if code else None


def _claim(line: Line) -> Household | None:
    """The household with which somebody was verified as resettled; None for those who came later."""
    household = line.resident.moved_with
    return household if household and is_verified(line.resident, household) else None


def _moved_on(line: Line) -> PartialDate | None:
    """The day somebody was moved; children of the moved who were born later were not moved themselves."""
    claim = _claim(line)
    return PartialDate(claim.moved_on, DAY) if claim and line.resident.born <= claim.moved_on else None


_RESIDENT_COLUMNS: dict[str, Callable[[Line], Any]] = {
    "village": lambda line: line.village.name,
    "group": lambda line: line.group,
    "household_number": lambda line: line.household.number,
    "head_name": lambda line: line.head_name,
    "name": lambda line: line.resident.name,
    "relation": lambda line: _coded(line.relation),
    "id_number": lambda line: line.resident.id_number,
    "ethnic_group": lambda line: _coded(line.resident.ethnic_group),
    "education": lambda line: _coded(line.education),
    "marital_status": lambda line: _coded(line.marital),
    "moved_on": _moved_on,
    "from_place": lambda line: claim.from_place if (claim := _claim(line)) else None,
    "resettlement_mode": lambda line: _coded(claim.mode) if (claim := _claim(line)) else None,
    "support_mode": lambda line: _coded(claim.support_mode) if (claim := _claim(line)) else None,
    "register_number": lambda line: line.resident.register_number if _claim(line) else None,
    "phone": lambda line: (line.phone,) if line.phone else None,
    "address": lambda line: line.household.address or None,
}


def resident_table(roll: Roll) -> SheetTable:
    """A roll as a sheet of residents."""
    townships = {
        one.township.code: _township_name(one, roll.as_of) for one in {line.village for line in roll.lines}
    }
    columns: Columns = {"township": [townships[line.village.township.code] for line in roll.lines]}
    for name, value in _RESIDENT_COLUMNS.items():
        columns[name] = [value(line) for line in roll.lines]
    numbers: dict[int, int] = {}
    households = [numbers.setdefault(id(line.household), len(numbers)) for line in roll.lines]
    title = "移民人口登记表" if roll.as_of == BASE_DAY else f"移民人口变动表{roll.as_of:%Y%m}"
    return _table("residents", title, roll.as_of, columns, households)


def organization_table(organizations: Sequence[tuple[Organization, Election]], as_of: date) -> SheetTable:
    """Organisations with one of their elections, as they were called and led on a day."""
    columns: Columns = {
        "name": [one.name_on(as_of) for one, _ in organizations],
        "parent": [one.parent.name_on(as_of) if one.parent else None for one, _ in organizations],
        "kind": [Coded(one.kind) for one, _ in organizations],
        "area": [_place_name(one.place, as_of) for one, _ in organizations],
        "setup_mode": [Coded(one.setup_mode) for one, _ in organizations],
        "founded_on": [PartialDate(one.founded_on, MONTH) for one, _ in organizations],
        "elected_on": [PartialDate(election.elected_on, DAY) for _, election in organizations],
        "election_due_on": [PartialDate(election.due_on, DAY) for _, election in organizations],
        "secretary_name": [election.secretary for _, election in organizations],
        "secretary_phone": [(election.phone,) for _, election in organizations],
    }
    return _table("organizations", "党组织情况统计表", as_of, columns)


def member_table(members: Sequence[Member], as_of: date) -> SheetTable:
    """Members as they were on a day: their branch of then, probation over or not, away or not."""
    branches = [member.organization_on(as_of) for member in members]
    full = [
        one.full_member_on if one.full_member_on and one.full_member_on <= as_of else None for one in members
    ]
    away = [bool(one.floating_since and one.floating_since <= as_of) for one in members]
    columns: Columns = {
        "branch": [branch.name_on(as_of) for branch in branches],
        "township": [_township_name(branch.place, as_of) for branch in branches],
        "village": [branch.place.name if isinstance(branch.place, Village) else None for branch in branches],
        "name": [one.resident.name for one in members],
        "id_number": [one.resident.id_number for one in members],
        "ethnic_group": [Coded(one.resident.ethnic_group) for one in members],
        "education": [_coded(one.resident.education) for one in members],
        "joined_on": [PartialDate(one.joined_on, DAY) for one in members],
        "full_member_on": [PartialDate(day, DAY) if day else None for day in full],
        "stage": [Coded("full" if day else "probationary") for day in full],
        "standing": [Coded("normal")] * len(members),
        "post": [one.post or None for one in members],
        "occupation": [PARTY_JOB.name_of(one.occupation) for one in members],
        "is_resettler": [one.is_resettler for one in members],
        "is_floating": [True if gone else None for gone in away],
        "floating_to": [one.floating_to if gone else None for one, gone in zip(members, away, strict=True)],
        "floating_since": [
            PartialDate(one.floating_since, MONTH) if gone and one.floating_since else None
            for one, gone in zip(members, away, strict=True)
        ],
        "phone": [(one.resident.phone,) if one.resident.phone else None for one in members],
    }
    return _table("members", "党员花名册", as_of, columns)


def unit_table(units: Sequence[Unit], as_of: date) -> SheetTable:
    """Units as they were on a day, with what covered them then."""
    covered = [one.covered_from is not None and one.covered_from <= as_of for one in units]
    columns: Columns = {
        "name": [one.name for one in units],
        "kind": [Coded(one.kind) for one in units],
        "credit_code": [one.credit_code or None for one in units],
        "trade": [one.trade or None for one in units],
        "township": [_township_name(one.place, as_of) for one in units],
        "village": [one.place.name if isinstance(one.place, Village) else None for one in units],
        "contact_name": [one.contact for one in units],
        "phone": [(one.phone,) for one in units],
        "resettlers": [one.resettlers for one in units],
        "members": [one.members for one in units],
        "full_members": [one.full_members for one in units],
        "organization": [
            one.organization.name_on(as_of) if one.organization and there else None
            for one, there in zip(units, covered, strict=True)
        ],
        "setup_mode": [_coded(one.setup_mode) if one.organization else None for one in units],
        "liaison": [
            one.liaison or None if there else None for one, there in zip(units, covered, strict=True)
        ],
        "liaison_phone": [(one.liaison_phone,) if one.liaison_phone else None for one in units],
        "work_starts_on": [_day(one.work_starts_on) for one in units],
        "work_ends_on": [_day(one.work_ends_on) for one in units],
    }
    return _table("units", "移民单位登记表", as_of, columns)


def contact_point_table(points: Sequence[ContactPoint], as_of: date) -> SheetTable:
    """The contact points of the three tiers."""
    columns: Columns = {
        "name": [one.name for one in points],
        "tier": [Coded(one.tier) for one in points],
        "township": [_township_name(one.place, as_of) for one in points],
        "village": [one.place.name if isinstance(one.place, Village) else None for one in points],
        "place": [one.room for one in points],
        "officer_name": [one.officer for one in points],
        "phone": [(one.phone,) for one in points],
        "opening": [one.opening for one in points],
    }
    return _table("contact_points", "移民群众联系点一览表", as_of, columns)


def _day(day: date | None) -> PartialDate | None:
    return PartialDate(day, DAY) if day else None


def _township_name(place: Township | Village | None, day: date) -> str | None:
    if place is None:
        return None
    township = place.township if isinstance(place, Village) else place
    before = township.renamed_on is not None and day < township.renamed_on
    return township.former_name if before else township.name


def _place_name(place: Township | Village | None, day: date) -> str | None:
    """The township's name, or township and village written together; None for the county."""
    if isinstance(place, Village):
        return f"{_township_name(place, day)}{place.name}"
    return _township_name(place, day)


def in_force(organizations: Iterable[Organization], day: date) -> list[tuple[Organization, Election]]:
    """Organisations there were on a day, each with its latest election until then."""
    found = []
    for one in organizations:
        held = [election for election in one.elections if election.elected_on <= day]
        if held and one.founded_on <= day:
            found.append((one, held[-1]))
    return found
