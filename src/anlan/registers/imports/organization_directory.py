"""Which Party organisation a sheet means by the name it writes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anlan.kernel.names import plain
from anlan.kernel.problems import Problem
from anlan.registers.imports.area_directory import AreaDirectory, Place
from anlan.registers.models import OrganizationVersion, PartyOrganization

FACTS = (
    "name",
    "code",
    "kind",
    "setup_mode",
    "parent_id",
    "area_id",
    "founded_on",
    "founded_precision",
    "elected_on",
    "elected_precision",
    "election_due_on",
)
_LONG_FORMS = (
    ("中国共产党", ""),
    ("中共", ""),
    ("总支部委员会", "总支"),
    ("支部委员会", "支部"),
    ("工作委员会", "工委"),
    ("委员会", "委"),
    ("总支部", "总支"),
    ("移民", ""),
    ("党", ""),
)
_SHORTEST_TAIL = 4
_JOINTS = re.compile(r"[/>》→·、\-—_ ]+")


@dataclass(slots=True)
class KnownOrganization:
    """An organisation as the register will have it once the batch is written."""

    id: int
    path: str
    facts: dict[str, Any]
    is_new: bool = False
    posts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name today."""
        return str(self.facts["name"])


class OrganizationDirectory:
    """All open organisations the actor reaches, by every name they have or had, and those the batch adds."""

    def __init__(
        self,
        areas: AreaDirectory,
        answers: Mapping[str, str] | None = None,
        organization_paths: Sequence[str] = (),
    ) -> None:
        self.areas = areas
        self.by_id: dict[int, KnownOrganization] = {}
        self._by_path: dict[str, KnownOrganization] = {}
        self._exact: dict[str, list[int]] = {}
        self._loose: dict[str, list[int]] = {}
        self._uids: dict[str, int] = {}
        self._answers = dict(answers or {})
        self._memo: dict[object, KnownOrganization | Problem] = {}
        rows = PartyOrganization.objects.filter(valid_to=None).values_list("pk", "uid", "path", *FACTS)
        for own_id, uid, path, *values in rows:
            facts = dict(zip(FACTS, values, strict=True))
            if facts["area_id"] in areas.by_id or any(path.startswith(reach) for reach in organization_paths):
                self._uids[str(uid)] = own_id
                self.learn(KnownOrganization(own_id, path, facts))
        former = OrganizationVersion.objects.exclude(valid_to=None)
        for own_id, name in former.values_list("organization_id", "name"):
            if own_id in self.by_id:
                self.name(own_id, name)

    def learn(self, organization: KnownOrganization) -> None:
        """Know an organisation, found or planned."""
        self.by_id[organization.id] = organization
        self._by_path[organization.path] = organization
        self.name(organization.id, organization.name)

    def name(self, own_id: int, name: str) -> None:
        """Know an organisation also by this name."""
        for index, key in ((self._exact, key_of(name)), (self._loose, loose_key(name))):
            ids = index.setdefault(key, [])
            if own_id not in ids:
                ids.append(own_id)
        self._memo.clear()

    def find(
        self, text: str, *, areas: Iterable[Place] = (), parent: KnownOrganization | None = None
    ) -> KnownOrganization | Problem:
        """The organisation a text means.

        ``areas`` are what is known of where it should lie, the strongest evidence first (the line's own
        village, the village in which the person is registered, the sheet's title); they decide only between
        several of one name. Refused: ``reference.unknown``, ``reference.ambiguous``.
        """
        key = (text, *(area.id for area in areas), parent.id if parent else None)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._find(text, list(areas), parent)
        return found

    def _find(
        self, text: str, areas: list[Place], parent: KnownOrganization | None
    ) -> KnownOrganization | Problem:
        answer = self._uids.get(self._answers.get(text, ""))
        if answer:
            return self.by_id[answer]
        candidates = self.candidates(text)
        if parent is not None and len(candidates) > 1:
            candidates = [c for c in candidates if c.facts["parent_id"] == parent.id] or candidates
        for area in areas:
            if len(candidates) > 1:
                candidates = [c for c in candidates if self._lies_in(c, area)] or candidates
        if len(candidates) == 1:
            return candidates[0]
        if not candidates:
            return Problem("reference.unknown", "", {"value": text, "what": "党组织"})
        choices = "、".join(self.described(candidate) for candidate in candidates)
        return Problem(
            "reference.ambiguous", "", {"value": text, "count": len(candidates), "choices": choices}
        )

    def exact(self, name: str) -> list[KnownOrganization]:
        """All organisations that bear or bore exactly this name."""
        return [self.by_id[own_id] for own_id in self._exact.get(key_of(name), [])]

    def candidates(self, text: str) -> list[KnownOrganization]:
        """All organisations a text may mean, by the strictest reading that finds any."""
        ids = self._exact.get(key_of(text)) or self._loose.get(loose_key(text))
        if not ids:
            ids = self._by_path_text(text) or self._by_tail(text)
        return [self.by_id[own_id] for own_id in ids]

    def _by_path_text(self, text: str) -> list[int]:
        """Names written one after the other: 云屏街道龙溪社区党支部, 中共云屏街道委员会/龙溪社区党支部."""
        key = loose_key(_JOINTS.sub("", plain(text)))
        found = []
        for loose, ids in self._loose.items():
            if len(loose) >= _SHORTEST_TAIL and key.endswith(loose) and len(key) > len(loose):
                head = key[: -len(loose)]
                found += [own_id for own_id in ids if self._head_fits(head, self.by_id[own_id])]
        return found

    def _head_fits(self, head: str, organization: KnownOrganization) -> bool:
        place = self.areas.resolve(head)
        if isinstance(place, Place) and self._lies_in(organization, place):
            return True
        parent = self.by_id.get(organization.facts["parent_id"] or 0)
        return parent is not None and loose_key(parent.name).endswith(head)

    def _by_tail(self, text: str) -> list[int]:
        """A name cut short at its head: 移民系统党工委 for 中共某县委移民系统工作委员会."""
        key = loose_key(text)
        if len(key) < _SHORTEST_TAIL:
            return []
        return [own_id for loose, ids in self._loose.items() if loose.endswith(key) for own_id in ids]

    def _lies_in(self, organization: KnownOrganization, area: Place) -> bool:
        own = self.areas.by_id.get(organization.facts["area_id"])
        return own is not None and own.path.startswith(area.path)

    def described(self, organization: KnownOrganization) -> str:
        """Name with the one above it, so that namesakes can be told apart."""
        parent = self.by_id.get(organization.facts["parent_id"] or 0)
        return f"{parent.name}/{organization.name}" if parent else organization.name


def key_of(text: str) -> str:
    """A name as it is compared first: one width, no spaces."""
    return plain(text).replace(" ", "")


def loose_key(text: str) -> str:
    """A name without the words that sheets leave out or shorten (中共, 委员会, 移民, 党)."""
    key = key_of(text)
    for long, short in _LONG_FORMS:
        key = key.replace(long, short)
    return key
