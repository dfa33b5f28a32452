"""The facts behind proposals, read for an area and a day, and what the rule makes of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from anlan.kernel.paths import path_ids
from anlan.places.rules import VILLAGES, AreaKind
from anlan.registers.dimensions.populations import MEMBER_STAGES
from anlan.registers.models import Membership, OrganizationVersion, Unit, UnitHeadcount
from anlan.registers.parameters import proposal_limits
from anlan.registers.queries.coverage import Coverage
from anlan.registers.queries.details import open_rows
from anlan.registers.rules.proposals import OrganizationCase, Proposal, UnitCase, propose

_VILLAGES = frozenset(kind.value for kind in VILLAGES)
_BRANCHES = ("branch", "general_branch")


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals of an area, with what the records behind them are called: units and organisations."""

    rows: list[Proposal]
    units: dict[int, Unit]
    names: dict[int, str]
    organizations: dict[int, OrganizationVersion]


def proposals_of(coverage: Coverage) -> Proposals:
    """The proposals for what a coverage lacks. Four queries more than the coverage."""
    day = coverage.day
    open_units = {key: one for key, one in coverage.units.items() if one.organization is None}
    units = Unit.objects.in_bulk(list(open_units))
    counts = {
        row.unit_id: row for row in UnitHeadcount.objects.filter(open_rows(day), unit_id__in=list(open_units))
    }
    seats = coverage.seats_by_area()
    cases = []
    for key, one in open_units.items():
        township, village = _around(coverage, one.target.above)
        count, unit = counts.get(key), units[key]
        stated = count.full_members if count else None
        members = count.members if count else None
        cases.append(
            UnitCase(
                key,
                one.target.kind,
                unit.trade,
                township,
                village,
                stated if stated is not None else members,
                stated is None and members is not None,
                unit.work_starts_on,
                unit.work_ends_on,
                next((seats[area] for area in one.target.above if area in seats), 0),
            )
        )
    organizations = coverage.organizations_within()
    grown = [
        OrganizationCase(key, row.kind, members)
        for key, (row, members) in _with_members(organizations, day).items()
    ]
    rows = propose(cases, grown, proposal_limits(day))
    names = {key: one.target.name for key, one in open_units.items()}
    return Proposals(rows, units, names, organizations)


def _around(coverage: Coverage, above: tuple[int, ...]) -> tuple[int, int]:
    """The township and the village among the areas above, 0 for none."""
    township = village = 0
    for key in above:
        area = coverage.area(key)
        if area is not None and area.kind in _VILLAGES:
            village = key
        if area is not None and area.kind == AreaKind.TOWNSHIP:
            township = key
    return township, village


def _with_members(
    organizations: dict[int, OrganizationVersion], day: date
) -> dict[int, tuple[OrganizationVersion, int]]:
    """Branches and general branches with all members in them and below them."""
    rows = Membership.objects.open_on(day).filter(
        stage__in=MEMBER_STAGES, organization_id__in=list(organizations)
    )
    own = dict(rows.order_by().values_list("organization").annotate(count=Count("pk")))
    total: Counter[int] = Counter()
    for key, count in own.items():
        for above in path_ids(organizations[key].path):
            total[above] += count
    return {key: (row, total[key]) for key, row in organizations.items() if row.kind in _BRANCHES}
