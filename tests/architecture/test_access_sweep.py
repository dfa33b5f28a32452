"""Everything answers only inside the range: every address and every action, by the whole cast."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import anlan
from anlan.accounts.roles import Role, Tier
from anlan.kernel.actions import ActionSpec, actions
from anlan.kernel.actors import Actor
from anlan.kernel.permissions import permissions
from anlan.kernel.problems import NotFound, Refused
from tests.architecture.access_rows import WHO
from tests.architecture.access_table import ACTIONS, OUTSIDE, OWNER, TARGETS, URLS
from tests.cast import PLAYERS, Cast, Player, make_player


def named_addresses() -> Iterator[str]:
    """The names of all addresses of the web door; one without a name is given by its pattern."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, inner)
            else:
                yield f"{space}{pattern.name or pattern.pattern}"

    yield from walk(get_resolver().url_patterns, "")


@cache
def all_actions() -> tuple[ActionSpec, ...]:
    """Every action there is: all modules of actions are imported first."""
    for module in pkgutil.walk_packages(anlan.__path__, "anlan."):
        if ".actions" in module.name or module.name.endswith("_actions"):
            importlib.import_module(module.name)
    return tuple(actions()[code] for code in sorted(actions()))


@pytest.fixture
def players(cast: Cast) -> dict[str, Player]:
    """The cast by name, with a leader of the county, who sees figures."""
    leader = make_player("leader", "韩领", Role.LEADER, Tier.COUNTY, cast.world.county.path)
    return {name: getattr(cast, name) for name in PLAYERS} | {"leader": leader}


def status_of(player: Player, address: str) -> int:
    """What a player is answered at an address; what is streamed is read to its end, which closes it."""
    answer = player.client().get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def test_every_address_stands_in_the_table() -> None:
    assert sorted(set(named_addresses())) == sorted(URLS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(URLS))
def test_address_answers_each_as_the_table_says(name: str, cast: Cast, players: dict[str, Player]) -> None:
    assert set(players) == set(WHO)
    for case in URLS[name]:
        address = case.address(cast.world)
        found = tuple(status_of(players[who], address) for who in WHO)
        assert dict(zip(WHO, found, strict=True)) == dict(zip(WHO, case.statuses, strict=True)), address


def test_every_action_stands_in_the_table() -> None:
    assert [spec.code for spec in all_actions()] == sorted(ACTIONS)


def test_every_action_of_persons_has_a_permission() -> None:
    persons = [spec for spec in all_actions() if "person" in spec.actors and spec.own is None]
    assert not [spec.code for spec in persons if spec.code not in permissions()]


class LetIn(Exception):
    """The runner let somebody in; the action itself is not run."""


@pytest.fixture
def only_admission(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop every action right after its runner has let somebody in."""

    def stop(spec: ActionSpec, actor: Actor, kwargs: object) -> None:
        raise LetIn(spec.code)

    monkeypatch.setattr("anlan.kernel.actions._carry_out", stop)


def refuses(spec: ActionSpec, actor: Actor | None, targets: dict[str, object]) -> bool:
    """Whether the runner turns the actor away."""
    run = getattr(sys.modules[spec.function.__module__], spec.function.__name__)
    try:
        run(actor, **targets)
    except (NotFound, Refused):
        return True
    except LetIn:
        return False
    raise AssertionError(f"{spec.code} neither let in nor turned away")


@pytest.mark.django_db
@pytest.mark.usefixtures("only_admission")
@pytest.mark.parametrize("code", sorted(ACTIONS))
def test_action_lets_in_whom_the_table_says(code: str, cast: Cast, players: dict[str, Player]) -> None:
    spec = {one.code: one for one in all_actions()}[code]
    named = [name for name in (spec.on, spec.own) if name]
    for side in (0, 1):
        targets = {name: TARGETS[name][side](cast) for name in named}
        for who, player in players.items():
            allowed = who in ACTIONS[code]
            if spec.own:
                allowed = allowed and who == OWNER[side]
            elif spec.on:
                allowed = allowed and who not in OUTSIDE[side]
            assert refuses(spec, player.actor, targets) is not allowed, (who, targets)
