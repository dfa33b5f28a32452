"""The action runner: who may, what is written, what is not."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import Cast, World

from anlan.kernel import actions, permissions
from anlan.kernel.actions import action, register_follow_up
from anlan.kernel.actors import Actor, AnonymousActor, CliActor, SystemActor, TokenActor
from anlan.kernel.changes import Change
from anlan.kernel.models import ChangedRecord, ChangeEntry
from anlan.kernel.problems import NotFound, Problem, Refused
from anlan.kernel.record import history

pytestmark = pytest.mark.django_db
Rename = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares is gone after it."""
    monkeypatch.setattr(actions, "_actions", dict(actions._actions))
    monkeypatch.setattr(actions, "_follow_ups", dict(actions._follow_ups))
    monkeypatch.setattr(permissions, "_permissions", dict(permissions._permissions))


def declare_rename(
    code: str = "test.rename", roles: tuple[str, ...] = ("township_officer",), **how: Any
) -> Rename:
    permissions.register_permissions({code: roles})

    @action(code, label="改名", on="area", **how)
    def rename(change: Change, *, area: Any, name: str, path: str | None = None) -> Any:
        row = type(area).objects.get(pk=area.pk)
        change.begin(row)
        row.name = name
        if path is not None:
            row.path = path
        change.save(row)
        if name == "refused":
            raise Refused(Problem("value.required"))
        return row

    return rename


def entries() -> int:
    return ChangeEntry.objects.count()


def test_somebody_with_the_role_in_the_range_may(cast: Cast) -> None:
    rename = declare_rename()
    before = entries()
    row = rename(cast.township_officer.person, area=cast.world.east_village, name="新桥村")
    assert row.name == "新桥村" and entries() == before + 1
    entry = ChangeEntry.objects.order_by("-sequence")[0]
    assert (entry.action, entry.actor_kind, entry.actor_label) == ("test.rename", "person", "郑东")
    assert entry.actor_id == cast.township_officer.person.user_id


def test_no_actor_is_refused(world: World) -> None:
    rename = declare_rename()
    with pytest.raises(Refused, match=r"action.actor"):
        rename(None, area=world.east, name="x")


@pytest.mark.parametrize("actor", [TokenActor(1), AnonymousActor("form")])
def test_a_kind_the_action_does_not_take_is_refused(world: World, actor: Actor) -> None:
    rename = declare_rename()
    with pytest.raises(Refused, match=r"action.actor"):
        rename(actor, area=world.east, name="x")


@pytest.mark.parametrize("actor", [SystemActor("job"), CliActor("root")])
def test_the_system_and_the_shell_reach_everything(world: World, actor: Actor) -> None:
    assert declare_rename()(actor, area=world.west, name="新岭乡").name == "新岭乡"


@pytest.mark.parametrize("player", ["neighbour", "liaison", "auditor", "administrator", "member"])
def test_outside_the_range_or_role_the_thing_does_not_exist(cast: Cast, player: str) -> None:
    rename = declare_rename()
    before = entries()
    with pytest.raises(NotFound):
        rename(getattr(cast, player).actor, area=cast.world.east_village, name="x")
    cast.world.east_village.refresh_from_db()
    assert cast.world.east_village.name == "石桥村" and entries() == before


def test_without_a_target_the_missing_permission_is_said(cast: Cast) -> None:
    permissions.register_permissions({"test.sweep": ("auditor",)})

    @action("test.sweep", label="清理")
    def sweep(change: Change) -> None:
        """Nothing."""

    sweep(cast.auditor.person)
    with pytest.raises(Refused, match=r"action.permission"):
        sweep(cast.liaison.person)


def test_the_permission_is_asked_on_the_row_as_stored(cast: Cast) -> None:
    rename = declare_rename()
    village = cast.world.west_village
    village.path = cast.world.east_village.path + "999."
    with pytest.raises(NotFound):
        rename(cast.township_officer.person, area=village, name="x")


def test_a_result_outside_the_range_is_refused_and_nothing_written(cast: Cast) -> None:
    rename = declare_rename()
    village, before = cast.world.east_village, entries()
    with pytest.raises(Refused, match=r"action.out_of_range"):
        rename(cast.township_officer.person, area=village, name="y", path=cast.world.west.path + "77.")
    village.refresh_from_db()
    assert village.name == "石桥村" and entries() == before


def test_an_action_that_hands_over_may_leave_the_range(cast: Cast) -> None:
    rename = declare_rename(hands_over=True)
    moved = rename(
        cast.township_officer.person,
        area=cast.world.east_village,
        name="y",
        path=cast.world.west.path + "77.",
    )
    assert moved.path == cast.world.west.path + "77."


def test_nothing_changed_writes_no_entry(cast: Cast) -> None:
    rename = declare_rename()
    before = entries()
    rename(cast.township_officer.person, area=cast.world.east_village, name="石桥村")
    assert entries() == before


def test_a_refusal_inside_leaves_nothing(cast: Cast) -> None:
    rename = declare_rename()
    before = entries()
    with pytest.raises(Refused, match=r"value.required"):
        rename(cast.township_officer.person, area=cast.world.east_village, name="refused")
    cast.world.east_village.refresh_from_db()
    assert cast.world.east_village.name == "石桥村" and entries() == before
    assert not ChangedRecord.objects.filter(kind="area", object_id=cast.world.east_village.pk).exists()


def test_follow_ups_share_transaction_and_entry(cast: Cast) -> None:
    rename = declare_rename()
    world, before = cast.world, entries()

    def also(change: Change, result: Any, asked: Any) -> None:
        row = type(result).objects.get(pk=world.east_group.pk)
        change.begin(row)
        row.name = f"{asked['name']}一组"
        change.save(row)
        if asked["name"] == "坏":
            raise Refused(Problem("value.required"))

    register_follow_up("test.rename", also)
    rename(cast.township_officer.person, area=world.east_village, name="新桥村")
    assert entries() == before + 1
    entry = ChangeEntry.objects.order_by("-sequence")[0]
    assert {record.object_id for record in entry.records.all()} == {
        world.east_village.pk,
        world.east_group.pk,
    }
    with pytest.raises(Refused):
        rename(cast.township_officer.person, area=world.east_village, name="坏")
    world.east_village.refresh_from_db()
    assert world.east_village.name == "新桥村" and entries() == before + 1


def test_an_action_inside_another_has_its_own_entry_at_the_end(cast: Cast) -> None:
    rename = declare_rename()
    world, before = cast.world, entries()
    permissions.register_permissions({"test.both": ("township_officer",)})

    @action("test.both", label="两处")
    def both(change: Change, *, fail: str = "") -> None:
        rename(change.actor, area=world.east_village, name="甲村")
        assert entries() == before, "the head of the chain is taken last"
        if fail == "inside":
            with pytest.raises(Refused):
                rename(change.actor, area=world.east_other_village, name="refused")
        row = type(world.east).objects.get(pk=world.east_group.pk)
        change.begin(row)
        row.name = "9组"
        change.save(row)
        if fail == "outside":
            raise Refused(Problem("value.required"))

    with pytest.raises(Refused):
        both(cast.township_officer.person, fail="outside")
    assert entries() == before
    both(cast.township_officer.person, fail="inside")
    latest = ChangeEntry.objects.order_by("-sequence").values_list("action", flat=True)
    assert list(latest[:2]) == ["test.both", "test.rename"] and entries() == before + 2


def test_ones_own_account_needs_no_role(cast: Cast) -> None:
    @action("test.own", label="本人", actors=("person",), own="user")
    def own(change: Change, *, user: Any) -> str:
        return str(user.display_name)

    liaison = cast.liaison
    assert own(liaison.person, user=liaison.user) == "陈石"
    with pytest.raises(NotFound):
        own(liaison.person, user=cast.auditor.user)


def test_actions_take_keywords_only_and_are_declared_once(cast: Cast) -> None:
    with pytest.raises(ValueError, match="keywords only"):

        @action("test.loose", label="x")
        def loose(change: Change, area: Any) -> None:
            """A target given by position would not be asked about."""

    with pytest.raises(ValueError, match="no keyword"):

        @action("test.unknown", label="x", on="person")
        def unknown(change: Change, *, area: Any) -> None:
            """The named target does not exist."""

    rename = declare_rename()
    with pytest.raises(TypeError, match="keywords only"):
        rename(cast.township_officer.person, cast.world.east_village, name="x")
    with pytest.raises(ValueError, match="declared twice"):
        action("test.rename", label="x")(lambda change: None)


def test_the_record_of_a_deleted_row_keeps_all_of_it(cast: Cast) -> None:
    permissions.register_permissions({"test.delete": ("township_officer",)})
    member = cast.world.east_member

    @action("test.delete", label="删除", on="member")
    def delete(change: Change, *, member: Any) -> None:
        change.delete(member)

    delete(cast.township_officer.person, member=member)
    [item] = history("person", member.person_id, 1)
    assert item.rows is not None
    [(table, _, before, after)] = item.rows
    assert before is not None and after is None
    assert (table, before["stage"], before["organization_id"]) == (
        "registers_membership",
        "full",
        cast.world.east_branch.pk,
    )


def test_what_a_field_does_not_take_is_a_refusal(cast: Cast) -> None:
    rename = declare_rename()
    with pytest.raises(Refused) as refused:
        rename(cast.township_officer.person, area=cast.world.east_village, name="长" * 61)
    [problem] = refused.value.problems
    assert (problem.code, problem.field) == ("value.invalid", "name") and "60" in str(problem.params["told"])
