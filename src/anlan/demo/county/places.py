"""The townships and villages of the made-up county."""

from datetime import date
from random import Random

from anlan.demo.county.facts import Township, Village
from anlan.demo.county.placenames import COUNTY_CODE, group_names, township_names, village_stems
from anlan.demo.county.scale import Scale

MERGED_ON = date(2019, 8, 1)
RENAMED_ON = date(2014, 5, 20)
"""The day a rural township became a town."""

_SAME_NAMES = 2
"""Pairs of villages that bear the same name in different townships."""


def make_places(rng: Random, scale: Scale) -> list[Township]:
    """The townships with their villages; one village more than there are today, with its ``successor``."""
    townships = _townships(rng, scale.townships)
    seats = [townships[n % scale.townships] for n in range(scale.villages)]
    stems = village_stems(rng, scale.villages - _SAME_NAMES + 1)
    merged = stems.pop()
    names = [
        stem + ("社区" if "街道" in seat.name else "村") for stem, seat in zip(stems, seats, strict=False)
    ]
    first = max(1, sum("街道" in seat.name for seat in seats[: scale.townships]))
    for pair in range(_SAME_NAMES):
        names.append(names[first + pair])
    seats[-_SAME_NAMES:] = _elsewhere(seats[:-_SAME_NAMES], names, townships)
    for name, seat in zip(names, seats, strict=True):
        _add_village(rng, seat, name)
    _add_merged(rng, townships[-1], f"{merged}村")
    _add_points(rng, townships, scale.points)
    return townships


def _townships(rng: Random, count: int) -> list[Township]:
    ends = {"街道": 0, "镇": 99, "乡": 199}
    townships = []
    for name in township_names(rng, count):
        end = next(end for end in ends if name.endswith(end))
        ends[end] += 1
        townships.append(Township(f"{COUNTY_CODE}{ends[end]:03d}000", name))
    risen = next(one for one in townships if one.name.endswith("乡"))
    risen.former_name, risen.name, risen.renamed_on = risen.name, risen.name[:-1] + "镇", RENAMED_ON
    return townships


def _elsewhere(seats: list[Township], names: list[str], townships: list[Township]) -> list[Township]:
    """For the last names, which stand a second time: a rural township that has none of that name yet."""
    places = []
    for offset in range(_SAME_NAMES):
        name = names[len(seats) + offset]
        taken = {id(seat) for seat, other in zip(seats, names, strict=False) if other == name}
        rural = [one for one in townships if "街道" not in one.name and id(one) not in taken]
        places.append(rural[offset % len(rural)])
    return places


def _add_village(rng: Random, township: Township, name: str) -> Village:
    is_community = name.endswith("社区")
    same = sum(one.name.endswith("社区") == is_community for one in township.villages)
    code = f"{township.code[:9]}{(1 if is_community else 201) + same:03d}"
    groups = group_names(rng, rng.randint(4, 9))
    village = Village(code, name, township, groups, rng.lognormvariate(0, 0.45))
    township.villages.append(village)
    return village


def _add_merged(rng: Random, township: Township, name: str) -> None:
    """A small village that was taken in by a neighbour; its groups took the numbers after the neighbour's."""
    successor = township.villages[0]
    merged = _add_village(rng, township, name)
    merged.weight = 0.35
    first = len(successor.groups) + 1
    merged.groups = [f"{number}组" for number in range(first, first + 3)]
    merged.successor = successor


def _add_points(rng: Random, townships: list[Township], count: int) -> None:
    villages = [village for one in townships for village in one.villages if village.successor is None]
    for village in rng.sample(villages, count):
        village.point = f"{village.name.removesuffix('村').removesuffix('社区')}移民居民点"
