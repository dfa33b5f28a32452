"""Break-downs: every figure is the count of its list, every break-down makes up its whole, on any day."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlan.insights.queries.levels import level_of
from anlan.insights.queries.places import by_area, by_organization
from anlan.insights.queries.statistics import Statistics
from anlan.insights.queries.tallies import DIMENSIONS, population_on
from anlan.insights.tests.world import DAY, START, county, populated
from anlan.kernel.actors import SystemActor
from anlan.registers.models import Membership

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def statistics_of(day: date = DAY, **asked: str) -> Statistics:
    return Statistics(SYSTEM, level_of(SYSTEM, day, **asked), day)


def counts(found: Statistics, code: str) -> dict[str, int | None]:
    return {row.code: row.count for row in found.breakdown(code).rows if row.count != 0}


def test_members_by_every_dimension() -> None:
    populated()
    found = statistics_of()
    assert found.total("members") == 7
    assert counts(found, "members_sex") == {"1": 5, "2": 1, "none": 1}
    assert counts(found, "members_minority") == {"han": 5, "minority": 1, "other": 1}
    assert counts(found, "members_ethnic_group") == {"01": 5, "15": 1, "other": 1}
    assert counts(found, "members_stage") == {"probationary": 1, "full": 6}
    assert counts(found, "members_age_band") == {"to_30": 1, "46_50": 3, "from_61": 2, "none": 1}
    assert counts(found, "members_education_level") == {"2": 1, "4": 1, "5": 1, "6": 3, "none": 1}
    assert counts(found, "members_joined_band") == {
        "before_1949": 1,
        "to_2002": 4,
        "since_2012": 1,
        "none": 1,
    }
    assert counts(found, "members_floating") == {
        "no": 2,
        "county": 1,
        "province": 1,
        "beyond": 1,
        "unclear": 2,
    }


def test_secondary_school_and_technical_school_count_as_party_statistics_say() -> None:
    """高中/中专 is 高中、中技; 中专 alone is 中专; 职高 and 技校 are 高中、中技."""
    world = county()
    for code in ("60", "41", "44", "47", "80", "90"):
        world.member("水泉村支部", education=code)
    found = statistics_of()
    assert counts(found, "members_education_level") == {"4": 1, "5": 3, "6": 2}


def test_organizations_by_every_dimension() -> None:
    county()
    found = statistics_of()
    assert found.total("organizations") == 5
    assert counts(found, "organizations_kind") == {"working_committee": 1, "committee": 1, "branch": 3}
    assert counts(found, "organizations_tier") == {"county": 1, "township": 1, "village": 3}
    assert counts(found, "organizations_setup_mode") == {"standalone": 2, "trade": 1, "joint": 1, "none": 1}
    assert counts(found, "organizations_election") == {
        "overdue": 1,
        "due_soon": 1,
        "in_term": 1,
        "unknown": 2,
    }
    assert counts(found, "organizations_founded_band") == {"to_2002": 1, "none": 4}


def test_an_election_is_read_as_of_the_day() -> None:
    county()
    before = statistics_of(date(2021, 11, 30))
    assert before.breakdown("organizations_election").count("unknown") == 3
    edge = statistics_of(date(2026, 3, 1))
    assert edge.breakdown("organizations_election").count("overdue") == 0
    assert edge.breakdown("organizations_election").count("due_soon") == 1
    after = statistics_of(date(2026, 3, 2))
    assert after.breakdown("organizations_election").count("overdue") == 1


def test_residents_by_every_dimension() -> None:
    populated()
    found = statistics_of()
    assert found.total("residents") == 5 and found.total("households") == 3
    assert counts(found, "residents_sex") == {"1": 3, "2": 2}
    assert counts(found, "residents_minority") == {"han": 4, "minority": 1}
    assert counts(found, "residents_age_band") == {"to_5": 1, "46_59": 3, "from_80": 1}
    assert counts(found, "residents_education_level") == {"junior": 4, "none": 1}
    assert counts(found, "residents_resettlement_mode") == {
        "within_county": 1,
        "scattered": 1,
        "other": 1,
        "none": 2,
    }
    assert counts(found, "residents_support_mode") == {"cash": 1, "none": 4}
    assert counts(found, "residents_moved_year") == {"2003": 1, "2004": 1, "none": 3}


def test_the_past_is_read_as_it_was() -> None:
    """Somebody died, a household moved, a membership ended."""
    populated()
    now, then = statistics_of(area="500299002201"), statistics_of(date(2025, 1, 1), area="500299002201")
    assert (now.total("members"), then.total("members")) == (1, 2)
    assert (now.total("residents"), then.total("residents")) == (1, 0)
    assert statistics_of(date(2025, 1, 1)).total("residents") == 6
    assert statistics_of(date(2025, 5, 4)).total("residents") == 6
    assert statistics_of(date(2025, 5, 5)).total("residents") == 5


LEVELS = [
    {},
    {"area": "500299001000"},
    {"area": "500299001201"},
    {"area": "50029900120101"},
    {"area": "500299002000"},
]


@pytest.mark.parametrize("asked", LEVELS)
@pytest.mark.parametrize("day", [DAY, date(2025, 1, 1), date(2020, 2, 29), START])
def test_every_figure_is_the_count_of_its_list(day: date, asked: dict[str, str]) -> None:
    """The list is narrowed by the parameters in the figure's own address."""
    populated()
    found = statistics_of(day, **asked)
    for table in found.breakdowns:
        population = table.breakdown.population
        dimensions = {one.code: one for one in DIMENSIONS[population]}
        for row in table.rows:
            query = {name: values[0] for name, values in parse_qs(urlsplit(row.url).query).items()}
            assert query.pop("on") == day.isoformat()
            assert query.pop("area") == found.level.key
            rows = population_on(population, found.level, day)
            for code, value in query.items():
                rows = dimensions[code].narrow(rows, value, day)
            assert rows.count() == row.count, (table.code, row.code)
    assert found.balanced


def test_unions_are_the_sum_of_their_values() -> None:
    populated()
    found = statistics_of()
    for population, dimensions in DIMENSIONS.items():
        for dimension in dimensions:
            for union in dimension.unions:
                rows = dimension.narrow(population_on(population, found.level, DAY), union.value, DAY)
                assert rows.count() == found.tally(population).count(dimension, union.value)


def test_a_person_with_two_memberships_at_once_upsets_the_balance() -> None:
    """The whole counts persons, the parts count rows: what must not be is seen."""
    world = populated()
    member = world.member("水泉村支部", valid_from=date(2010, 1, 1), valid_to=date(2027, 1, 1))
    Membership.objects.create(
        person=member.person, organization=member.organization, stage="full", valid_from=date(2015, 1, 1)
    )
    found = statistics_of()
    balance = found.breakdown("members_sex").balance
    assert not balance.holds and balance.difference == 1 and not found.balanced


def test_areas_and_villages_below_them() -> None:
    populated()
    table = by_area(statistics_of())
    codes = [column.code for column in table.columns]
    rows = {
        row.name: dict(zip(codes, (figure.count for figure in row.figures), strict=True))
        for row in table.rows
    }
    assert list(rows) == ["大榕镇", "水泉村", "坝村", "小榕乡", "江村"]
    assert [row.depth for row in table.rows] == [0, 1, 1, 0, 1]
    assert rows["大榕镇"]["organizations"] == 3 and rows["大榕镇"]["members"] == 6
    assert rows["水泉村"]["residents"] == 2 and rows["江村"]["residents"] == 1
    assert rows["坝村"]["members_floating_yes"] == 3
    total = dict(zip(codes, (figure.count for figure in table.total.figures), strict=True))
    assert total["members"] == 7 and total["residents"] == 5 and total["organizations"] == 5


def test_organizations_with_what_lies_below_them() -> None:
    populated()
    table = by_organization(statistics_of())
    rows = {row.name: row.figures[0].count for row in table.rows}
    assert rows == {"县工委": 7, "大榕镇党委": 6, "水泉村支部": 3, "坝村支部": 3, "江村支部": 1}
    assert {row.name: row.depth for row in table.rows}["水泉村支部"] == 2


def test_an_organizations_level_has_its_members_and_no_residents() -> None:
    world = populated()
    uid = str(world.organizations["大榕镇党委"].uid)
    found = statistics_of(organization=uid)
    assert found.populations == ("organizations", "members")
    assert found.total("members") == 6 and found.total("organizations") == 3
    assert {table.breakdown.population for table in found.breakdowns} == {"organizations", "members"}
    assert found.level.query == {"organization": uid}


def test_the_number_of_queries_does_not_grow() -> None:
    """The same at three and at thirty rows; two a population, and what options need."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = statistics_of()
            assert found.breakdowns
            by_area(found)
            by_organization(found)
        return len(captured)

    world = populated()
    queries()  # the parameters are read once a process
    first = queries()
    for number in range(30):
        world.member("坝村支部", birth_date=date(1970, 1, 1) + timedelta(days=400 * number))
        world.household("坝村", {"moved_on": date(1995 + number % 9, 1, 1)})
    assert queries() == first
    assert first <= 20
