"""Who holds which permission where."""

import pytest
from tests.cast import Cast

from anlan.kernel import permissions
from anlan.kernel.actors import AnonymousActor, CliActor, Grant, PersonActor, SystemActor, TokenActor
from anlan.kernel.paths import Range


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_permissions", {"test.see": frozenset({"reader"})})


def reader(*paths: str) -> PersonActor:
    return PersonActor(1, "读者", tuple(Grant("reader", Range("area", path)) for path in paths))


def test_a_role_gives_its_ranges_and_other_roles_none() -> None:
    actor = PersonActor(
        1, "x", (Grant("reader", Range("area", "1.2.")), Grant("writer", Range("area", "1.")))
    )
    assert permissions.ranges_for(actor, "test.see") == (Range("area", "1.2."),)
    assert permissions.ranges_for(actor, "test.unknown") == ()


def test_tokens_and_strangers_hold_nothing_and_the_system_everything() -> None:
    for actor in (TokenActor(1), AnonymousActor("form")):
        assert permissions.ranges_for(actor, "test.see") == () and not permissions.holds(actor, "test.see")
    for trusted in (SystemActor("job"), CliActor("root")):
        assert permissions.holds(trusted, "test.see", object())


def test_somebody_unknown_holds_nothing() -> None:
    assert permissions.ranges_for(None, "test.see") == ()  # type: ignore[arg-type]


def test_what_nobody_registered_lies_nowhere() -> None:
    assert permissions.places_of(object()) == ()
    assert not permissions.holds(reader(""), "test.see", object())


@pytest.mark.django_db
def test_one_place_inside_is_enough_over_either_tree(cast: Cast) -> None:
    world = cast.world
    assert permissions.holds(reader(world.east.path), "test.see", world.east_branch)
    assert not permissions.holds(reader(world.west.path), "test.see", world.east_branch)
    secretary = PersonActor(2, "y", (Grant("reader", Range("organization", world.east_branch.path)),))
    assert permissions.holds(secretary, "test.see", world.east_branch)
    assert permissions.holds(secretary, "test.see", world.east_person)
    assert not permissions.holds(secretary, "test.see", world.east_other_branch)


def test_a_permission_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        permissions.register_permissions({"test.see": ("other",)})
