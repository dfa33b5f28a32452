"""Who dies after the base day, and who heads the household then."""

import math
from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import HEAD, MARRIED, SPOUSE, WIDOWED, Household, Resident
from anlan.demo.county.households import FATHER, MOTHER
from anlan.demo.county.identities import any_day
from anlan.demo.county.scale import BASE_DAY, LAST_DAY

_OLDEST_AGE = 97
_YOUNGEST_VICTIM = 46
_PARENTS_OF_SPOUSE = {(FATHER, "1"): "55", (MOTHER, "1"): "56", (FATHER, "2"): "53", (MOTHER, "2"): "54"}
"""What the head's father and mother are to the spouse who becomes head, by the spouse's sex."""


def plan_deaths(rng: Random, households: list[Household], count: int) -> list[tuple[date, Resident]]:
    """``count`` deaths in order, at most one in a household; the oldest first, then by age."""
    waiting: list[tuple[float, Resident]] = []
    for household in households:
        for one in household.members:
            if not _may_die(household, one):
                continue
            age = one.age_on(date(2018, 1, 1))
            if one.age_on(LAST_DAY) > _OLDEST_AGE:
                waiting.append((-1.0, one))
            else:
                waiting.append((-math.log(1 - rng.random()) / math.exp((age - 60) / 9), one))
    waiting.sort(key=lambda pair: (pair[0], pair[1].id_number))
    seen: set[int] = set()
    deaths: list[tuple[date, Resident]] = []
    for _, one in waiting:
        if id(one.household) in seen or len(deaths) == count:
            continue
        seen.add(id(one.household))
        deaths.append((_last_day(rng, one), one))
    deaths.sort(key=lambda death: (death[0], death[1].id_number))
    return deaths


def _may_die(household: Household, one: Resident) -> bool:
    """Only those whose household goes on with a grown head."""
    if one.age_on(LAST_DAY) < _YOUNGEST_VICTIM + 16:
        return False
    if one.relation == HEAD:
        return any(other.relation == SPOUSE for other in household.members)
    return one.relation in (SPOUSE, FATHER, MOTHER)


def _last_day(rng: Random, one: Resident) -> date:
    first = max(BASE_DAY + timedelta(days=20), date(one.born.year + _YOUNGEST_VICTIM, 12, 31))
    oldest = date(one.born.year + _OLDEST_AGE, 1, 1)
    last = min(LAST_DAY - timedelta(days=10), max(oldest, first + timedelta(days=30)))
    return any_day(rng, first, max(first, last))


def bury(day: date, one: Resident) -> tuple[Resident | None, list[tuple[Resident, str]]]:
    """Take a dead person out of their household.

    Gives the spouse who heads it now (None when the dead was not the head), and the relations that changed.
    """
    household = one.household
    if household is None:
        raise ValueError("nobody dies twice")
    one.died_on = day
    household.members.remove(one)
    spouse = next((other for other in household.members if _were_married(one, other)), None)
    if spouse:
        spouse.marital = WIDOWED
    if one.relation != HEAD:
        return None, []
    if spouse is None:
        raise ValueError(f"household {household.number} would be without a head")
    changed = [(spouse, HEAD)]
    for other in household.members:
        new = _PARENTS_OF_SPOUSE.get((other.relation, spouse.sex))
        if new:
            changed.append((other, new))
    for other, relation in changed:
        other.relation = relation
    household.head = spouse
    return spouse, changed


def _were_married(one: Resident, other: Resident) -> bool:
    pairs = ({HEAD, SPOUSE}, {FATHER, MOTHER})
    return other.marital == MARRIED and {one.relation, other.relation} in pairs
