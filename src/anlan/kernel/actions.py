"""The action runner: the only way to write.

``@action("requests.close", on="request")`` turns ``def request_close(change, *, request, …)`` into
``request_close(actor, request=…, …)``. The runner refuses an actor of a kind the action does not allow,
asks the permission of the same code on the object as stored, opens one transaction, runs, asks the
permission again on the result (unless the action hands over), and writes one entry into the record.

An action may run another: both entries are written at the end of the outermost one, so that the head of the
chain, which all writers wait for, is taken last.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from anlan.kernel import disk, permissions, record
from anlan.kernel.actors import Actor, PersonActor
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
    own: str | None
    function: Callable[..., Any]


Finished = list[tuple[Change, str]]
_finished: ContextVar[Finished | None] = ContextVar("finished", default=None)
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
    own: str | None = None,
) -> Callable[[Callable[Concatenate[Change, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Declare an action.

    ``code`` is also its permission and audit code. ``on`` names the keyword holding the object the
    permission is asked on; None asks whether the actor holds it anywhere, and the action itself must look
    at each row. ``hands_over`` allows the result to leave the actor's range (transfer, assign). ``own`` names
    the keyword holding the actor's own account: no role is asked then, but it must be the person's own.

    The function takes keywords only: what is asked about must be known by its name.
    """

    def declare(function: Callable[Concatenate[Change, P], R]) -> Callable[Concatenate[Actor, P], R]:
        if code in _actions:
            raise ValueError(f"action {code} is declared twice")
        _require_keywords(code, function, on, own)
        spec = ActionSpec(code, label, on, actors, hands_over, own, function)
        _actions[code] = spec

        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{code} takes keywords only")
            _admit(spec, actor, kwargs)
            with disk.room_needed():
                return _carry_out(spec, actor, kwargs)  # type: ignore[no-any-return]

        return run  # type: ignore[return-value]

    return declare


def _require_keywords(code: str, function: Callable[..., Any], on: str | None, own: str | None) -> None:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    names = {parameter.name for parameter in parameters}
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
        raise ValueError(f"action {code} must take keywords only")
    for name in (on, own):
        if name is not None and name not in names:
            raise ValueError(f"action {code} has no keyword {name}")


def _carry_out(spec: ActionSpec, actor: Actor, kwargs: Mapping[str, Any]) -> Any:
    """Run an admitted action in one transaction; the outermost one writes the entries."""
    outer = _finished.get()
    finished: Finished = [] if outer is None else outer
    mark = len(finished)
    token = _finished.set(finished)
    try:
        with transaction.atomic():
            change = Change(actor=actor, today=timezone.localdate())
            result = spec.function(change, **kwargs)
            for follow_up in _follow_ups.get(spec.code, ()):
                follow_up(change, result, kwargs)
            _stay_in_range(spec, actor, result)
            if not change.is_empty():
                finished.append((change, spec.code))
            if outer is None:
                for one, code in finished:
                    one.entry_id = record.write_entry(one, code, timezone.now()).pk
    except BaseException:
        # What this action and those inside it did is rolled back: no entry may tell of it.
        del finished[mark:]
        raise
    finally:
        _finished.reset(token)
    return result


def _admit(spec: ActionSpec, actor: Actor, kwargs: Mapping[str, Any]) -> None:
    if actor is None or actor.kind not in spec.actors:
        raise Refused(Problem("action.actor", params={"action": str(spec.label)}))
    if actor.kind in ("token", "anonymous"):
        return
    if spec.own is not None:
        if isinstance(actor, PersonActor) and getattr(kwargs.get(spec.own), "pk", None) == actor.user_id:
            return
        raise NotFound(spec.code)
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
    if (
        spec.hands_over
        or spec.own is not None
        or not isinstance(result, models.Model)
        or actor.kind in ("token", "anonymous")
    ):
        return
    if permissions.places_of(result) and not permissions.holds(actor, spec.code, result):
        raise Refused(Problem("action.out_of_range", params={"action": str(spec.label)}))
