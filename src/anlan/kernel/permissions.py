"""Which role may do or see what, and where a record lies.

Apps register their permissions (code → roles, from ``policy.py``) and, per model, a resolver that says
at which paths of the two trees an object lies. The kernel itself knows no role and no register.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.db import models

from anlan.kernel.actors import Actor, CliActor, PersonActor, SystemActor
from anlan.kernel.paths import Range, Tree, subtree

Place = tuple[Tree, str]
Resolver = Callable[[Any], Iterable[Place]]

_permissions: dict[str, frozenset[str]] = {}
_resolvers: dict[type, Resolver] = {}


def register_permissions(permissions: Mapping[str, Iterable[str]]) -> None:
    """Add an app's permissions: code → the roles that hold it. A code is declared once."""
    for code, roles in permissions.items():
        if code in _permissions:
            raise ValueError(f"permission {code} is declared twice")
        _permissions[code] = frozenset(roles)


def permissions() -> Mapping[str, frozenset[str]]:
    """All permissions with their roles, for the matrix page and the sweeps."""
    return _permissions


def register_resolver(model: type, resolver: Resolver) -> None:
    """Say where objects of a model lie: the resolver gives (tree, path) pairs; one inside is enough."""
    _resolvers[model] = resolver


def places_of(target: Any) -> tuple[Place, ...]:
    """Where an object lies. A model nobody registered lies nowhere, so that nobody but the system reaches
    it.
    """
    resolver = _resolvers.get(type(target))
    return tuple(resolver(target)) if resolver else ()


def ranges_for(actor: Actor, permission: str) -> tuple[Range, ...]:
    """The ranges in which the actor holds the permission; empty means nowhere."""
    roles = _permissions.get(permission, frozenset())
    if isinstance(actor, PersonActor):
        return actor.ranges(roles)
    if isinstance(actor, SystemActor | CliActor):
        return (Range("area", ""), Range("organization", ""))
    return ()


def reach_of(actor: Actor) -> Hashable:
    """All that decides what an actor may see; the same for everybody who may see the same."""
    return actor.grants if isinstance(actor, PersonActor) else actor


def holds(actor: Actor, permission: str, target: Any = None) -> bool:
    """Whether the actor holds the permission on the target as it is stored (anywhere, without a target)."""
    if target is None or isinstance(actor, SystemActor | CliActor):
        return bool(ranges_for(actor, permission))
    return _inside(actor, permission, places_of(target))


def held(actor: Actor, codes: Iterable[str], target: Any) -> frozenset[str]:
    """Those of the permissions the actor holds on the target; where it lies is asked once."""
    if isinstance(actor, SystemActor | CliActor):
        return frozenset(codes)
    places = places_of(target)
    return frozenset(code for code in codes if _inside(actor, code, places))


def _inside(actor: Actor, permission: str, places: Iterable[Place]) -> bool:
    ranges = ranges_for(actor, permission)
    return any(reach.tree == tree and reach.holds(path) for reach in ranges for tree, path in places)


def in_ranges(ranges: Iterable[Range], columns: Mapping[Tree, str]) -> models.Q:
    """The condition that a row lies in one of the ranges; ``columns`` names its path column per tree.

    No range gives a condition that nothing meets: without a role there is nothing to see.
    """
    conditions = [subtree(columns[reach.tree], reach.path) for reach in ranges if reach.tree in columns]
    if not conditions:
        return models.Q(pk__in=())
    union = models.Q()
    for condition in conditions:
        if not condition:
            return models.Q()
        union |= condition
    return union
