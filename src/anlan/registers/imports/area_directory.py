"""Which area a sheet means by what it writes: code, name, former name, full path, or several columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anlan.kernel.bulk import reserve_ids
from anlan.kernel.names import plain
from anlan.kernel.paths import child_path
from anlan.kernel.problems import Problem
from anlan.places.models import Area, AreaVersion
from anlan.places.rules import VILLAGES, AreaKind

_SUFFIXES = (
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "社区",
    "街道",
    "村",
    "镇",
    "乡",
    "县",
    "区",
    "市",
)
GROUP_NUMBER_DIGITS = 3
_UNNUMBERED_GROUPS_FROM = 500
_IDS_AT_ONCE = 50


@dataclass(slots=True)
class Place:
    """An area as the importer sees it; ``is_new`` while it is only planned."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    since: date | None = None
    is_new: bool = False


class AreaDirectory:
    """All areas of the register by every name they have or had, and those the batch adds.

    Loaded once a batch; lookups are remembered, because a sheet writes the same village thousands of times.
    """

    def __init__(self, answers: Mapping[str, str] | None = None, paths: Sequence[str] = ("",)) -> None:
        self.by_id: dict[int, Place] = {}
        self.by_code: dict[str, Place] = {}
        self.new: list[Place] = []
        self.settled: dict[tuple[int, int], Place] = {}
        """Places of lines that only the register could tell, by the id of the table and the line."""
        self._by_name: dict[str, list[int]] = {}
        self._groups: dict[tuple[int, str], Place] = {}
        self._answers = dict(answers or {})
        self._memo: dict[object, Place | Problem] = {}
        self._villages: dict[int, Place | None] = {}
        self._paths = tuple(paths)
        self._ids: Iterator[int] = iter(())
        for row in Area.objects.filter(valid_to=None).values_list(
            "pk", "code", "name", "kind", "parent_id", "path", "valid_from"
        ):
            place = Place(*row)
            # What lies outside the importing person's ranges is not there for them, as everywhere else.
            if any(place.path.startswith(path) or path.startswith(place.path) for path in paths):
                self._learn(place)
        former = AreaVersion.objects.filter(area__valid_to=None).exclude(valid_to=None)
        for area_id, name in former.values_list("area_id", "name"):
            if area_id in self.by_id:
                self._name(name, area_id)

    def reaches(self, area_id: int | None) -> bool:
        """Whether an area lies in the importing person's ranges; those above are known for their names."""
        place = self.by_id.get(area_id) if area_id is not None else None
        return place is not None and place.path.startswith(self._paths)

    def _learn(self, place: Place) -> None:
        self.by_id[place.id] = place
        self.by_code[place.code] = place
        if place.kind == AreaKind.GROUP and place.parent_id is not None:
            self._groups[place.parent_id, place.name] = place
        else:
            self._name(place.name, place.id)

    def _name(self, name: str, area_id: int) -> None:
        for spelling in {key_of(name), stem_of(name)}:
            ids = self._by_name.setdefault(spelling, [])
            if area_id not in ids:
                ids.append(area_id)

    def add(self, place: Place) -> None:
        """Take an area the batch is going to add into the directory."""
        place.is_new = True
        self.new.append(place)
        self._learn(place)
        self._memo.clear()

    def rename(self, area_id: int, name: str) -> None:
        """Know an area also by a name the batch gives it."""
        self.by_id[area_id].name = name
        self._name(name, area_id)
        self._memo.clear()

    def find(
        self,
        township: str | None = None,
        village: str | None = None,
        group: str | None = None,
        *,
        within: Place | None = None,
    ) -> Place | Problem:
        """The lowest area meant by these columns (as sheets write them; None or "" says nothing).

        Refused: ``reference.unknown`` when a name is not in the register, ``reference.ambiguous`` when
        several bear it and nothing decides. A group missing under a known village is added to the batch.
        ``within`` narrows the choice of the village to what lies under an area.
        """
        key = (township, village, group, within.id) if within else (township, village, group)
        found = self._memo.get(key)
        if found is None:
            found = self._find("" if within else township or "", village or "", group or "", within)
            self._memo[key] = found
        return found

    def _find(self, township: str, village: str, group: str, within: Place | None) -> Place | Problem:
        base = within
        for text in (township, village):
            if not text:
                continue
            found = self.resolve(text, within=base)
            if isinstance(found, Problem):
                return found
            base = found
        if base is None:
            missing = {"value": "", "what": "村", "says": "reference.missing"}
            return Problem("reference.unknown", "village", missing)
        if not group:
            return base
        if AreaKind(base.kind) not in VILLAGES:
            level = {"value": base.name, "what": "村", "says": "reference.level"}
            return Problem("reference.unknown", "village", level)
        return self._groups.get((base.id, group)) or self._new_group(base, group)

    def resolve(self, text: str, within: Place | None = None) -> Place | Problem:
        """The area of one text, which may be a code, a name, or a path of names written together.

        ``within`` narrows the choice to what lies under an area.
        """
        answer = self._answers.get(text)
        if answer and answer in self.by_code:
            return self.by_code[answer]
        if text in self.by_code:
            return self.by_code[text]
        candidates = self._candidates(key_of(text), within)
        if not candidates:
            candidates = self._path_candidates(key_of(text), within)
        if len(candidates) == 1:
            return candidates[0]
        if not candidates:
            return Problem("reference.unknown", "", {"value": text, "what": "地区"})
        choices = "、".join(f"{self.full_name(place)}({place.code})" for place in candidates)
        return Problem(
            "reference.ambiguous", "", {"value": text, "count": len(candidates), "choices": choices}
        )

    def _candidates(self, key: str, within: Place | None) -> list[Place]:
        ids = self._by_name.get(key) or self._by_name.get(stem_of(key), [])
        places = [self.by_id[area_id] for area_id in ids]
        return [place for place in places if within is None or place.path.startswith(within.path)]

    def _path_candidates(self, key: str, within: Place | None) -> list[Place]:
        """Names written one after the other (大榕镇水泉村): each possible head narrows the rest."""
        found: dict[int, Place] = {}
        for cut in range(len(key) - 1, 1, -1):
            for head in self._exact(key[:cut], within):
                rest = key[cut:]
                tails = self._candidates(rest, head) or self._path_candidates(rest, head)
                tails = tails or self._named_group(head, rest)
                found.update((place.id, place) for place in tails if place.id != head.id)
            if found:
                break
        return list(found.values())

    def _exact(self, key: str, within: Place | None) -> Iterator[Place]:
        for area_id in self._by_name.get(key, []):
            place = self.by_id[area_id]
            if within is None or place.path.startswith(within.path):
                yield place

    def _named_group(self, village: Place, text: str) -> list[Place]:
        group = self._groups.get((village.id, text))
        return [group] if group else []

    def _new_group(self, village: Place, name: str) -> Place:
        digits = name[:-1] if name[:-1].isdigit() else ""
        number = int(digits) if digits and int(digits) < _UNNUMBERED_GROUPS_FROM else None
        code = self._free_group_code(village.code, number)
        own_id = self.next_id()
        group = Place(own_id, code, name, AreaKind.GROUP.value, village.id, child_path(village.path, own_id))
        group.is_new = True
        self.new.append(group)
        self._learn(group)
        return group

    def next_id(self) -> int:
        """The id of a new area."""
        own_id = next(self._ids, None)
        if own_id is None:
            self._ids = iter(reserve_ids(Area, _IDS_AT_ONCE))
            own_id = next(self._ids)
        return own_id

    def _free_group_code(self, village_code: str, number: int | None) -> str:
        if number is not None:
            code = f"{village_code}{number:0{GROUP_NUMBER_DIGITS}}"
            if code not in self.by_code:
                return code
        number = _UNNUMBERED_GROUPS_FROM
        while f"{village_code}{number:0{GROUP_NUMBER_DIGITS}}" in self.by_code:
            number += 1
        return f"{village_code}{number:0{GROUP_NUMBER_DIGITS}}"

    def village_of(self, area_id: int) -> Place | None:
        """The village or community an area lies in (itself included), None above the village."""
        if area_id in self._villages:
            return self._villages[area_id]
        place: Place | None = self.by_id.get(area_id)
        while place is not None and AreaKind(place.kind) not in VILLAGES:
            place = self.by_id.get(place.parent_id) if place.parent_id else None
        self._villages[area_id] = place
        return place

    def county(self) -> Place | None:
        """The county itself."""
        return next((place for place in self.by_id.values() if place.parent_id is None), None)

    def full_name(self, place: Place) -> str:
        """Names from the township down, written together."""
        parent = self.by_id.get(place.parent_id) if place.parent_id else None
        if parent is None or parent.kind == AreaKind.COUNTY:
            return place.name
        return self.full_name(parent) + place.name

    def take_new(self) -> list[Place]:
        """The areas added since the last call, for the plan that writes them."""
        new, self.new = self.new, []
        return new


def key_of(text: str) -> str:
    """A place name as it is compared: one width, no spaces."""
    return plain(text).replace(" ", "")


def stem_of(text: str) -> str:
    """A place name without what kind of place it is, when something is left: 水泉村 → 水泉."""
    name = key_of(text)
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


def area_rows(places: Iterable[Place], on: date) -> Iterator[tuple[object, ...]]:
    """Rows of new areas for ``AREA_FIELDS``."""
    for place in places:
        yield (
            place.id,
            place.code,
            place.name,
            place.kind,
            place.parent_id,
            place.path,
            on.isoformat(),
            None,
        )


AREA_FIELDS = ("id", "code", "name", "kind", "parent_id", "path", "valid_from", "valid_to")
VERSION_FIELDS = ("area_id", "code", "name", "kind", "parent_id", "path", "valid_from", "valid_to")
