"""The made-up county: the same for the same seed, and such as a county could be."""

from collections import Counter
from datetime import date

import pytest

from anlan.demo.county.facts import HEAD, County, Death, Merger, Roll, Village
from anlan.demo.county.making import make_county
from anlan.demo.county.scale import BASE_DAY, LAST_DAY, MEMBERS, PERSONS, scale_of
from anlan.kernel import id_numbers

PERSONS_HERE = 1500


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(PERSONS_HERE, seed=3)


def _told(county: County) -> list[object]:
    """Everything that could differ between two makings, as plain values."""
    people = [
        (one.name, one.id_number, one.education, one.phone, one.relation, one.died_on, one.marital)
        for one in (*county.residents, *county.dead)
    ]
    homes = [(h.number, h.village.code, h.group, h.moved_on, h.from_place, h.mode) for h in county.households]
    days = [one.as_of if isinstance(one, Roll) else one.day for one in county.history]
    elections = [
        (o.name, o.elections[-1].elected_on, o.elections[-1].secretary) for o in county.organizations
    ]
    members = [(m.resident.id_number, m.organization.name, m.joined_on, m.post) for m in county.members]
    return [people, homes, days, elections, members]


def test_the_same_seed_gives_the_same_county(county: County) -> None:
    assert _told(make_county(PERSONS_HERE, seed=3)) == _told(county)


def test_another_seed_gives_another_county(county: County) -> None:
    assert _told(make_county(PERSONS_HERE, seed=4)) != _told(county)


@pytest.mark.parametrize("persons", [200, 300, 1000, 5000])
@pytest.mark.parametrize("seed", [1, 2])
def test_counts_are_exact_at_every_size(persons: int, seed: int) -> None:
    county, scale = make_county(persons, seed), scale_of(persons)
    living = [one for one in county.members if one.resident.died_on is None]
    assert len(county.residents) == persons
    assert len(county.households) == scale.households
    assert sum(village.successor is None for village in county.villages) == scale.villages
    assert len(county.organizations) == scale.organizations
    assert len(living) == scale.members
    assert sum(one.floating_since is not None for one in living) == scale.floating


def test_the_full_county_has_the_published_size() -> None:
    scale = scale_of()
    assert (scale.persons, scale.members, scale.organizations) == (PERSONS, MEMBERS, 67)
    assert (scale.townships, scale.villages, scale.households) == (20, 34, 18_800)


def test_a_county_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="200"):
        make_county(199)


def test_every_id_number_is_valid_and_borne_once(county: County) -> None:
    everybody = {id(one): one for one in (*county.residents, *county.dead)}
    everybody |= {id(one.resident): one.resident for one in county.members}
    numbers = [one.id_number for one in everybody.values()]
    assert len(set(numbers)) == len(numbers)
    for one in everybody.values():
        assert id_numbers.check(one.id_number).code == ""
        assert id_numbers.birth_date(one.id_number) == one.born
        assert id_numbers.sex(one.id_number) == one.sex


def test_every_household_has_one_head_who_is_grown(county: County) -> None:
    for household in county.households:
        heads = [one for one in household.members if one.relation == HEAD]
        assert heads == [household.head]
        assert heads[0].age_on(LAST_DAY) >= 20


def test_ages_are_plausible(county: County) -> None:
    assert all(0 <= one.age_on(LAST_DAY) < 100 for one in county.residents)
    for household in county.households:
        head = household.head
        assert head is not None
        for one in household.members:
            if one.relation in ("22", "32"):
                assert 18 <= one.born.year - head.born.year <= 50
    grown = sum(one.age_on(LAST_DAY) >= 18 for one in county.residents) / len(county.residents)
    assert 0.7 < grown < 0.9


def test_everybody_was_moved_between_1993_and_2009(county: County) -> None:
    assert {household.moved_on.year for household in county.households} <= set(range(1993, 2010))


def test_two_pairs_of_villages_share_a_name_in_different_townships(county: County) -> None:
    names = Counter(village.name for village in county.villages)
    pairs = [name for name, count in names.items() if count == 2]
    assert len(pairs) == 2
    for name in pairs:
        assert len({village.township.code for village in county.villages if village.name == name}) == 2


def test_the_past_is_told_in_order(county: County) -> None:
    first, *later = county.history
    assert isinstance(first, Roll) and first.as_of == BASE_DAY
    days = [one.as_of if isinstance(one, Roll) else one.day for one in later]
    assert days == sorted(days)
    assert days[0] > BASE_DAY and days[-1] <= LAST_DAY
    assert any(isinstance(one, Merger) for one in later)


def test_nobody_is_written_down_after_their_death(county: County) -> None:
    dead: set[int] = set()
    for one in county.history:
        if isinstance(one, Death):
            dead.add(id(one.resident))
        elif isinstance(one, Roll):
            assert dead.isdisjoint(id(line.resident) for line in one.lines)
    assert len(dead) == len(county.dead)


def test_members_joined_grown_and_elections_are_kept_or_overdue(county: County) -> None:
    assert all(one.resident.age_on(one.joined_on) >= 18 for one in county.members)
    due = [one.elections[-1].due_on for one in county.organizations]
    assert any(day < LAST_DAY for day in due)
    assert sum(day > LAST_DAY for day in due) > len(due) / 2


def test_all_four_ways_of_setting_up_occur_at_full_size() -> None:
    county = make_county(20_000)
    assert {one.setup_mode for one in county.organizations} == {"standalone", "joint", "industry", "trade"}
    assert {one.kind for one in county.organizations} == {"working_committee", "committee", "branch"}
    branches = [one for one in county.organizations if isinstance(one.place, Village)]
    assert all(one.founded_on < date(2010, 1, 1) for one in branches)
