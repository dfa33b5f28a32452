"""Who marries whom after the base day, and which couples have children: planned first, told in ``lives``."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from anlan.demo.county.facts import FEMALE, HEAD, MALE, MARRIED, SINGLE, SPOUSE, Household, Resident
from anlan.demo.county.households import CHILDREN, DAUGHTER_IN_LAW, SONS
from anlan.demo.county.identities import Identities, any_day
from anlan.demo.county.scale import BASE_DAY, LAST_DAY, Scale

_JOINS_PER_SPLIT = 1.1
_SPOUSES_FROM_HERE = 0.3
_DAUGHTERS_WHO_STAY = 0.07
_YOUNGEST, _OLDEST = 22, 31
_YOUNGEST_MOTHER, _OLDEST_MOTHER = 20, 42
_BIRTHS_END = LAST_DAY - timedelta(days=20)


@dataclass(slots=True, eq=False)
class Match:
    """A wedding to come. ``splits``: the two begin a household of their own."""

    day: date
    resident: Resident
    spouse: Resident
    from_here: bool
    splits: bool


def plan_weddings(
    rng: Random, identities: Identities, households: list[Household], scale: Scale
) -> list[Match]:
    """Weddings in the order of their days; ``splits`` as many as the households that are to be added."""
    splits = scale.households - scale.base_households
    wanted = splits + round(splits * _JOINS_PER_SPLIT)
    unmarried = [one for h in households for one in h.members if _may_marry(one)]
    brides = [one for one in unmarried if one.sex == FEMALE]
    rng.shuffle(brides)
    staying = round(wanted * _DAUGHTERS_WHO_STAY)
    grooms = [one for one in unmarried if one.sex == MALE]
    chosen = brides[:staying] + rng.sample(grooms, min(len(grooms), wanted - staying))
    by_year: dict[int, list[Resident]] = {}
    for bride in brides[staying:]:
        by_year.setdefault(bride.born.year, []).append(bride)
    matches = [_match(rng, identities, one, by_year) for one in chosen]
    matches.sort(key=lambda match: (match.day, match.resident.id_number))
    _say_who_splits(rng, matches, splits)
    return matches


def _say_who_splits(rng: Random, matches: list[Match], count: int) -> None:
    """First those whose parents' household has a young couple already, then any."""
    crowded: list[Match] = []
    others: list[Match] = []
    seen = {id(h) for match in matches for h in [match.resident.household] if h and _has_couple(h)}
    for match in matches:
        home = id(match.resident.household)
        (crowded if home in seen else others).append(match)
        seen.add(home)
    rng.shuffle(crowded)
    rng.shuffle(others)
    for match in (crowded + others)[:count]:
        match.splits = True


def _has_couple(household: Household) -> bool:
    return any(one.relation == DAUGHTER_IN_LAW for one in household.members)


def _may_marry(one: Resident) -> bool:
    if one.relation not in CHILDREN or one.marital != SINGLE:
        return False
    return one.age_on(LAST_DAY) > _YOUNGEST and one.age_on(BASE_DAY) < _OLDEST - 1


def _match(rng: Random, identities: Identities, one: Resident, brides: dict[int, list[Resident]]) -> Match:
    first = max(BASE_DAY + timedelta(days=5), _birthday(one.born, _YOUNGEST))
    last = min(LAST_DAY - timedelta(days=40), max(_birthday(one.born, _OLDEST), first))
    day = any_day(rng, first, max(first, last))
    if one.sex == MALE and rng.random() < _SPOUSES_FROM_HERE:
        for year in (one.born.year + 1, one.born.year, one.born.year + 2, one.born.year - 1):
            waiting = brides.get(year)
            if (
                waiting
                and _birthday(waiting[-1].born, 20) < day
                and waiting[-1].household is not one.household
            ):
                return Match(day, one, waiting.pop(), from_here=True, splits=False)
    sex = FEMALE if one.sex == MALE else MALE
    born = one.born + timedelta(days=rng.randint(-900, 1400) * (1 if sex == FEMALE else -1))
    born = min(born, _birthday(day, -_YOUNGEST_MOTHER) - timedelta(days=1))
    return Match(day, one, identities.person(sex, born), from_here=False, splits=False)


def _birthday(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def plan_births(
    rng: Random, households: list[Household], matches: list[Match], count: int, fathers_dead: set[int]
) -> list[tuple[date, Resident, Resident]]:
    """Exactly ``count`` births as (day, mother, father), in order; parents who die are left out."""
    couples = _young_couples(households, matches)
    couples = [c for c in couples if id(c[0]) not in fathers_dead and id(c[1]) not in fathers_dead]
    slots: list[tuple[float, date, Resident, Resident]] = []
    for mother, father, after, already in couples:
        day = after
        for place in range(already, 4):
            day += timedelta(days=rng.randint(300, 900) if place == 0 else rng.randint(700, 1900))
            if day > _BIRTHS_END or _birthday(day, -_OLDEST_MOTHER) > mother.born:
                break
            slots.append((rng.random() * (1, 0.62, 0.16, 0.05)[place], day, mother, father))
    if len(slots) < count:
        raise ValueError(f"{len(slots)} possible births are fewer than {count}")
    slots.sort(key=lambda slot: -slot[0])
    return sorted(
        ((day, mother, father) for _, day, mother, father in slots[:count]),
        key=lambda birth: (birth[0], birth[1].id_number),
    )


def _young_couples(
    households: list[Household], matches: list[Match]
) -> list[tuple[Resident, Resident, date, int]]:
    """(mother, father, not before, children they have) of all couples that may still have children."""
    found = []
    for household in households:
        by_relation = {one.relation: one for one in household.members}
        children = [one for one in household.members if one.relation in CHILDREN and one.marital == SINGLE]
        grandchildren = [one for one in household.members if one.relation in ("41", "42")]
        for pair, kids in (((HEAD, SPOUSE), children), ((SONS[0], DAUGHTER_IN_LAW), grandchildren)):
            one, other = by_relation.get(pair[0]), by_relation.get(pair[1])
            if one is None or other is None:
                continue
            mother, father = (one, other) if one.sex == FEMALE else (other, one)
            last = max((kid.born for kid in kids), default=BASE_DAY - timedelta(days=300))
            found.append((mother, father, max(last + timedelta(days=500), BASE_DAY), len(kids)))
    for match in matches:
        mother, father = match.resident, match.spouse
        if mother.sex == MALE:
            mother, father = father, mother
        found.append((mother, father, match.day, 0))
    return found


def marry(match: Match) -> None:
    """Both are married from now on."""
    match.resident.marital = match.spouse.marital = MARRIED
