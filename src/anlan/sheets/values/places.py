"""Names of places and organisations."""

import re

from anlan.places.naming import group_name, place_path
from anlan.sheets.lines import NOTHING
from anlan.sheets.values.base import Cell, ColumnFacts, Parser, ValueType, is_nothing, squeezed, unknown

_TOWNSHIP = ("镇", "乡", "街道", "街道办", "办事处")
_VILLAGE = ("村", "社区", "居委会", "村委会", "村民委员会", "居民委员会", "居")
_ORGANIZATION = ("支部", "党委", "总支", "工委", "党组", "党小组", "支部委员会", "总支部", "委员会")


def _place_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        return NOTHING if is_nothing(text) else text

    return parse


def _group_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        return NOTHING if is_nothing(text) else group_name(text)

    return parse


def _path_parser(_: ColumnFacts) -> Parser:
    def parse(cell: Cell) -> object:
        text = squeezed(cell)
        if is_nothing(text):
            return NOTHING
        return place_path(text) or unknown(cell)

    return parse


_HIGHER = re.compile(r"(?:镇|乡|街道)(?=.)")


def looks_like_township(cell: Cell) -> bool:
    """Whether a cell is the name of a township by itself."""
    text = squeezed(cell)
    return isinstance(cell, str) and len(text) <= 10 and text.endswith(_TOWNSHIP)


def looks_like_village(cell: Cell) -> bool:
    """A village or community by itself; with its township before it, it could be any address."""
    text = squeezed(cell)
    return isinstance(cell, str) and len(text) <= 12 and text.endswith(_VILLAGE) and not _HIGHER.search(text)


def looks_like_organization(cell: Cell) -> bool:
    """Whether a cell is the name of a Party organisation."""
    text = squeezed(cell)
    return (
        isinstance(cell, str)
        and text.rstrip("0123456789").endswith(_ORGANIZATION)
        and "村民委员会" not in text
    )


def _looks_like_place(cell: Cell) -> bool:
    return isinstance(cell, str) and not squeezed(cell).isdigit()


def _looks_like_group(cell: Cell) -> bool:
    text = squeezed(cell)
    return text.endswith(("组", "社")) and len(text) <= 8 and group_name(text).endswith("组")


TOWNSHIP = ValueType("place", _place_parser, looks_like_township, specific=True)
VILLAGE = ValueType("place", _place_parser, looks_like_village, specific=True)
GROUP = ValueType("group", _group_parser, _looks_like_group, specific=True)
"""A village group in one spelling, see ``group_name``."""
PLACE = ValueType("place", _place_parser, _looks_like_place, firm=True)
"""The name of a place of any level, without spaces."""
PLACE_PATH = ValueType(
    "place_path", _path_parser, lambda cell: bool((p := place_path(squeezed(cell))) and p.village)
)
"""A place of several levels in one cell, taken apart: ``PlacePath``."""
ORGANIZATION = ValueType("organization", _place_parser, looks_like_organization, specific=True)
"""The name of a Party organisation, without spaces."""
