"""Whatever stands in the registers, on any day parts make up the whole and lists have as many rows."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from anlan.insights.queries.levels import level_of
from anlan.insights.queries.statistics import Statistics
from anlan.insights.queries.tallies import DIMENSIONS, population_on
from anlan.insights.tests.world import START, county
from anlan.kernel.actors import SystemActor

SYSTEM = SystemActor("test")
DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))
PERSONS = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["", "0", "1", "2", "9", "男"]),
        "ethnic_group": st.sampled_from(["", "01", "15", "97", "汉"]),
        "education": st.sampled_from(["", "10", "28", "41", "44", "50", "60", "71", "83", "90", "99", "77"]),
        "birth_date": st.none() | DAYS,
        "died_on": st.none() | DAYS,
    }
)
MEMBERS = st.fixed_dictionaries(
    {
        "organization": st.sampled_from(["县工委", "大榕镇党委", "水泉村支部", "江村支部"]),
        "stage": st.sampled_from(["full", "probationary", "activist", "applicant"]),
        "joined_on": st.none() | DAYS,
        "floating": st.none()
        | st.sampled_from(["", "浙江温州", "重庆主城", "小榕乡街上", "本县", "国外", "澜山县城"]),
        "valid_to": st.none() | st.dates(START + timedelta(days=1), date(2030, 12, 31)),
    }
)
RECORDS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["", "scattered", "插花"]),
        "support_mode": st.sampled_from(["", "cash", "both", "不明"]),
        "moved_on": st.none() | DAYS,
    }
)


class BalanceTest(TestCase):
    """Hypothesis fills the registers anew for every example."""

    @pytest.mark.django_db
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(PERSONS, MEMBERS), max_size=6),
        st.lists(st.tuples(PERSONS, RECORDS), max_size=6),
        st.dates(START, date(2030, 12, 31)),
    )
    def test_balance(
        self,
        members: list[tuple[dict[str, object], dict[str, object]]],
        residents: list[tuple[dict[str, object], dict[str, object]]],
        day: date,
    ) -> None:
        """For every population and dimension."""
        world = county()
        for person, facts in members:
            world.member(**{**person, **facts})  # type: ignore[arg-type]
        for person, facts in residents:
            world.household("一组", {**person, **facts})
        found = Statistics(SYSTEM, level_of(SYSTEM, day), day)
        for table in found.breakdowns:
            assert table.balance.holds, table.code
            whole = population_on(table.breakdown.population, found.level, day)
            assert whole.count() == table.balance.total
            for row in table.rows:
                narrowed = table.breakdown.dimension.narrow(whole, row.code, day)
                assert narrowed.count() == row.count, (table.code, row.code)
        assert set(DIMENSIONS) == {"organizations", "members", "residents", "households"}
