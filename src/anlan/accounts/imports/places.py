"""Which area or organisation the words of a line mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anlan.accounts.reach import reach_trees
from anlan.accounts.roles import Role, Tier
from anlan.kernel.actors import Actor
from anlan.kernel.names import plain
from anlan.kernel.paths import Tree, path_ids
from anlan.kernel.problems import Problem
from anlan.places.models import Area
from anlan.places.rules import AreaKind

_KINDS = (AreaKind.COUNTY, AreaKind.TOWNSHIP, AreaKind.VILLAGE, AreaKind.COMMUNITY)
_WHOLE = ("全县", "本县", "县级")
_SHORTEST_CODE = 6


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """What was meant: the tree, the path, the tier it belongs to, its full name."""

    tree: Tree
    path: str
    tier: Tier
    name: str


def tier_of(path: str) -> Tier:
    """The tier of a place by its depth in its tree."""
    return {1: Tier.COUNTY, 2: Tier.TOWNSHIP}.get(len(path_ids(path)), Tier.VILLAGE)


class Places:
    """All areas of today by code and by every way their names are written; two queries for any sheet."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        rows = list(Area.objects.filter(kind__in=_KINDS, valid_to=None).order_by("code"))
        self._by_id = {row.pk: row for row in rows}
        self._by_code = {row.code: row for row in rows}
        self._county = next((row for row in rows if row.kind == AreaKind.COUNTY), None)
        self._by_name: dict[str, list[Area]] = {}
        for row in rows:
            for written in self._written(row):
                self._by_name.setdefault(written, []).append(row)
        self._organizations: Mapping[str, Sequence[str]] | None = None

    def find(self, text: str, role: str) -> FoundPlace | Problem:
        """The place a line means, or why none does."""
        if role == Role.BRANCH_SECRETARY:
            return self._organization(text)
        words = _bare(text)
        if words in _WHOLE and self._county is not None:
            return self._found(self._county)
        if words.isdigit() and len(words) >= _SHORTEST_CODE:
            hit = self._by_code.get(words.ljust(12, "0"))
            return self._found(hit) if hit else Problem("account_sheet.place", "place", {"value": text})
        hits = self._by_name.get(words, [])
        if len(hits) == 1:
            return self._found(hits[0])
        if hits:
            names = "、".join(self._full(hit) for hit in hits[:5])
            return Problem("account_sheet.place_many", "place", {"value": text, "places": names})
        return Problem("account_sheet.place", "place", {"value": text})

    def _organization(self, text: str) -> FoundPlace | Problem:
        if self._organizations is None:
            trees = reach_trees()
            choices = trees["organization"].choices(self._actor) if "organization" in trees else ()
            known: dict[str, list[str]] = {}
            for path, name in choices:
                known.setdefault(_bare(name), []).append(path)
            self._organizations = known
        paths = self._organizations.get(_bare(text), ())
        if len(paths) != 1:
            return Problem("account_sheet.organization", "place", {"value": text})
        return FoundPlace("organization", paths[0], tier_of(paths[0]), plain(text))

    def _found(self, area: Area) -> FoundPlace:
        return FoundPlace("area", area.path, tier_of(area.path), self._full(area))

    def _names(self, area: Area) -> list[str]:
        return [self._by_id[key].name for key in path_ids(area.path) if key in self._by_id]

    def _full(self, area: Area) -> str:
        names = self._names(area)
        return "".join(names[1:] or names)

    def _written(self, area: Area) -> set[str]:
        names = self._names(area)
        return {_bare("".join(names[at:])) for at in range(len(names))}


def _bare(text: str) -> str:
    return plain(text).replace(" ", "").replace("/", "").replace("　", "")
