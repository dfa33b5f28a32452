"""Names of places. All are invented; none is meant to be a place that exists."""

from random import Random

COUNTY_CODE = "500299"
"""A county code that was never assigned."""
COUNTY_NAME = "岚渚县"

TOWNSHIP_STEMS = (
    "青笏", "鹤汀", "云碓", "枫漪", "石篆", "白苎", "柚坞", "橘埠", "鹭洄", "芦笳",
    "松皋", "桐笕", "蕨岭", "茶垣", "响碾", "落帆", "系舟", "归棹", "晒罾", "望筏",
    "墨浒", "杉篱", "竹臼", "磨砚", "盐筏", "棕桥", "梨垴", "瓦缆", "莲砦", "渔笙",
)  # fmt: skip
_VILLAGE_FIRST = "榆槐杉柏樟桂柿枣菱蓼苇荻鹊鸥鹇鲤砚磬埙箫稻粟麦藕藤葵芷萱霁曦"
_VILLAGE_SECOND = "垭坪湾坳垴塝埫浩沱碛濑岵岫埂坨畈垸塆浦津"
_OUTSIDE = ("澧陌县", "芃水县", "堇川县", "瑶浦县", "巘溪县", "沚阳县")
_GROUP_NAMES = ("大院子", "老屋", "新屋", "河坎", "水井", "堰塘", "碾坊", "榨房")


def township_names(rng: Random, count: int) -> list[str]:
    """Names of townships: two streets, most towns, and at the end a fifth of rural townships."""
    stems = rng.sample(TOWNSHIP_STEMS, count)
    rural = max(1, count // 5)
    streets = 2 if count > 5 else 1
    ends = ["街道"] * streets + ["镇"] * (count - streets - rural) + ["乡"] * rural
    return [stem + end for stem, end in zip(stems, ends, strict=True)]


def village_stems(rng: Random, count: int) -> list[str]:
    """Names of villages without 村 or 社区, each once."""
    every = [first + second for first in _VILLAGE_FIRST for second in _VILLAGE_SECOND]
    return rng.sample(every, count)


def group_names(rng: Random, count: int) -> list[str]:
    """Groups of a village: numbers, and now and then one that kept its own name."""
    names = [f"{number}组" for number in range(1, count + 1)]
    if rng.random() < 0.3:
        names[-1] = f"{rng.choice(_GROUP_NAMES)}组"
    return names


def outside_place(rng: Random) -> str:
    """A place in another county."""
    return f"{rng.choice(_OUTSIDE)}{rng.choice(_VILLAGE_FIRST)}{rng.choice(_VILLAGE_SECOND)}镇"


def flooded_place(rng: Random, township: str) -> str:
    """A village under the water today, in a township of the county."""
    return f"{township}{rng.choice(_VILLAGE_FIRST)}{rng.choice('滩沙坝渡洲')}村"
