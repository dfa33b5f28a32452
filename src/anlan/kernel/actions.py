"""The action runner: the only way to write.

``@action("requests.close", on="request")`` turns ``def request_close(change, *, request, …)`` into
``request_close(actor, request=…, …)``. The runner refuses an actor of a kind the action does not allow,
asks the permission of the same code on the object as stored, opens one transaction, runs, asks the
permission again on the result (unless the action hands over), and writes one entry into the record.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from anlan.kernel import permissions, record
from anlan.kernel.actors import Actor
from anlan.kernel.changes import Change
from anlan.kernel.problems import NotFound, Problem, Refused

P = ParamSpec("P")
R = TypeVar("R")
FollowUp = Callable[[Change, Any, Mapping[str, Any]], None]
OFFICERS = ("person", "cli", "system")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What the runner knows of an action; read by sweeps, the permission matrix and the reference pages."""

    code: str
    label: str | Promise
    on: str | None
    actors: tuple[str, ...]
    hands_over: bool
    function: Callable[..., Any]


_actions: dict[str, ActionSpec] = {}
_follow_ups: dict[str, list[FollowUp]] = {}


def actions() -> Mapping[str, ActionSpec]:
    """All actions by code."""
    return _actions


def register_follow_up(code: str, follow_up: FollowUp) -> None:
    """Run something after an action, in its transaction and entry: how a higher app answers a lower one."""
    _follow_ups.setdefault(code, []).append(follow_up)


def action(
    code: str,
    *,
    label: str | Promise,
    on: str | None = None,
    actors: tuple[str, ...] = OFFICERS,
    hands_over: bool = False,
) -> Callable[[Callable[Concatenate[Change, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Declare an action.

    ``code`` is also its permission and audit code. ``on`` names the keyword holding the object the
    permission is asked on; None asks whether the actor holds it anywhere, and the action itself must look
    at each row. ``hands_over`` allows the result to leave the actor's range (transfer, assign).
    """

    def declare(function: Callable[Concatenate[Change, P], R]) -> Callable[Concatenate[Actor, P], R]:
        if code in _actions:
            raise ValueError(f"action {code} is declared twice")
        spec = ActionSpec(code, label, on, actors, hands_over, function)
        _actions[code] = spec

        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            _admit(spec, actor, kwargs)
            with transaction.atomic():
                change = Change(actor=actor, today=timezone.localdate())
                result = function(change, *args, **kwargs)
                for follow_up in _follow_ups.get(code, ()):
                    follow_up(change, result, kwargs)
                _stay_in_range(spec, actor, result)
                if not change.is_empty():
                    change.entry_id = record.write_entry(change, code, timezone.now()).pk
            return result

        return run

    return declare


def _admit(spec: ActionSpec, actor: Actor, kwargs: Mapping[str, Any]) -> None:
    if actor is None or actor.kind not in spec.actors:
        raise Refused(Problem("action.actor", params={"action": str(spec.label)}))
    if actor.kind in ("token", "anonymous"):
        return
    target = kwargs.get(spec.on) if spec.on else None
    if isinstance(target, models.Model) and target.pk is not None:
        stored = type(target)._base_manager.filter(pk=target.pk).first()
        if stored is None:
            raise NotFound(f"{spec.on} {target.pk}")
        target = stored
    if not permissions.holds(actor, spec.code, target):
        raise (
            NotFound(spec.code)
            if target is not None
            else Refused(Problem("action.permission", params={"action": str(spec.label)}))
        )


def _stay_in_range(spec: ActionSpec, actor: Actor, result: object) -> None:
    if spec.hands_over or not isinstance(result, models.Model) or actor.kind in ("token", "anonymous"):
        return
    if permissions.places_of(result) and not permissions.holds(actor, spec.code, result):
        raise Refused(Problem("action.out_of_range", params={"action": str(spec.label)}))
