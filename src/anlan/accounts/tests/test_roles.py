"""Roles: what they give from which day, who may give them, and over whom."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from tests.cast import SYSTEM, Cast, Player, give_role, make_player, make_user

from anlan.accounts.actions.password_reset import password_reset
from anlan.accounts.actions.role_grant import role_end, role_grant
from anlan.accounts.actions.user_create import user_create
from anlan.accounts.actions.user_lock import user_lock
from anlan.accounts.actors import actor_for
from anlan.accounts.models import RoleGrant, User
from anlan.accounts.queries import roles_of
from anlan.accounts.roles import Role, Tier
from anlan.kernel.paths import Range
from anlan.kernel.permissions import holds, ranges_for
from anlan.kernel.problems import NotFound, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def grant(cast: Cast, by: Player, user: User, **how: Any) -> RoleGrant:
    asked: dict[str, Any] = {
        "role": Role.LIAISON,
        "tier": Tier.VILLAGE,
        "path": cast.world.east_village.path,
        "valid_from": DAY,
    }
    return role_grant(by.person, user=user, **{**asked, **how})


def test_an_actor_has_the_roles_of_the_day_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user("many", "多职")
    east, west = cast.world.east.path, cast.world.west.path
    give_role(user, Role.TOWNSHIP_OFFICER, Tier.TOWNSHIP, east)
    RoleGrant.objects.create(
        user=user, role=Role.LIAISON, tier=Tier.VILLAGE, tree="area", path=west,
        valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30),
    )  # fmt: skip
    with django_assert_num_queries(1):
        actor = actor_for(user, date(2026, 6, 29))
    assert {(one.role, one.range.path) for one in actor.grants} == {
        ("township_officer", east),
        ("liaison", west),
    }
    assert [one.role for one in actor_for(user, date(2026, 6, 30)).grants] == ["township_officer"]
    assert [one.role for one in actor_for(user, date(2025, 12, 31)).grants] == ["township_officer"]
    assert actor_for(user, date(2019, 12, 31)).grants == ()


def test_one_person_holds_several_roles_each_within_its_range(cast: Cast) -> None:
    user = make_user("many", "多职")
    give_role(user, Role.TOWNSHIP_OFFICER, Tier.TOWNSHIP, cast.world.east.path)
    give_role(user, Role.LIAISON, Tier.VILLAGE, cast.world.west_village.path)
    actor = actor_for(user, DAY)
    assert holds(actor, "registers.person_view", cast.world.west_person)
    assert ranges_for(actor, "registers.person_add") == (Range("area", cast.world.east.path),)


def test_a_locked_account_has_no_roles(cast: Cast) -> None:
    user = cast.liaison.user
    assert user is not None
    user_lock(cast.administrator.person, user=user)
    user.refresh_from_db()
    assert actor_for(user, DAY).grants == ()


def test_an_administrator_makes_an_account_and_gives_it_a_role(cast: Cast) -> None:
    user, first = user_create(cast.administrator.person, username="new", display_name="新人", unit="石桥村")
    assert user.check_password(first) and user.must_change_password and len(first) == 14
    grant(cast, cast.administrator, user)
    [role] = roles_of(user)
    assert (role.role, role.tier, role.reach, role.last_day) == ("联络员", "村级", "东河镇 石桥村", None)


@pytest.mark.parametrize("player", ["county_officer", "township_officer", "liaison", "auditor", "member"])
def test_nobody_else_makes_accounts_or_gives_roles(cast: Cast, player: str) -> None:
    actor: Player = getattr(cast, player)
    with pytest.raises(Refused, match=r"action.permission"):
        user_create(actor.person, username="new", display_name="新人")
    assert cast.liaison.user is not None
    with pytest.raises(NotFound):
        grant(cast, actor, cast.liaison.user)
    if player in ("county_officer", "township_officer"):
        assert password_reset(actor.person, user=cast.liaison.user)
    else:
        with pytest.raises(NotFound):
            password_reset(actor.person, user=cast.liaison.user)


def test_nobody_raises_or_locks_themselves(cast: Cast) -> None:
    admin = cast.administrator
    assert admin.user is not None
    with pytest.raises(Refused, match=r"account.own"):
        grant(cast, admin, admin.user, role=Role.COUNTY_OFFICER, tier=Tier.COUNTY, path="")
    with pytest.raises(Refused, match=r"account.own"):
        user_lock(admin.person, user=admin.user)
    with pytest.raises(Refused, match=r"account.own"):
        password_reset(admin.person, user=admin.user)
    with pytest.raises(Refused, match=r"account.own"):
        role_end(admin.person, grant=RoleGrant.objects.get(user=admin.user), on=DAY)


def test_an_administrator_of_a_township_reaches_its_accounts_only(cast: Cast) -> None:
    east = cast.world.east.path
    admin = make_player("eastadmin", "管东", Role.ADMINISTRATOR, Tier.TOWNSHIP, east)
    liaison, county, neighbour = cast.liaison.user, cast.county_officer.user, cast.neighbour.user
    assert liaison and county and neighbour
    grant(cast, admin, liaison, path=cast.world.east_other_village.path)
    with pytest.raises(Refused, match=r"action.out_of_range"):
        grant(cast, admin, liaison, path=cast.world.west_village.path)
    for user in (county, neighbour):
        with pytest.raises(NotFound):
            password_reset(admin.person, user=user)
    # With a role outside the township too, the account is out of reach: its password opens both.
    give_role(liaison, Role.LIAISON, Tier.VILLAGE, cast.world.west_village.path)
    with pytest.raises(NotFound):
        password_reset(admin.person, user=liaison)
    visible = User.objects.visible_to(admin.person)
    assert set(visible) == {cast.township_officer.user, cast.colleague.user, liaison, admin.user}


def test_accounts_over_organisations_are_the_countys(cast: Cast) -> None:
    admin = make_player("eastadmin", "管东", Role.ADMINISTRATOR, Tier.TOWNSHIP, cast.world.east.path)
    assert cast.member.user is not None
    with pytest.raises(NotFound):
        password_reset(admin.person, user=cast.member.user)
    assert password_reset(cast.administrator.person, user=cast.member.user)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"role": "king"}, r"value.required"),
        ({"path": ""}, r"account.role_path"),
        ({"tier": "moon"}, r"account.role_path"),
        ({"valid_to": date(2026, 6, 29)}, r"account.role_dates"),
    ],
)
def test_senseless_roles_are_refused(cast: Cast, wrong: dict[str, Any], code: str) -> None:
    assert cast.liaison.user is not None
    with pytest.raises(Refused, match=code):
        grant(cast, cast.administrator, cast.liaison.user, **wrong)


def test_a_role_ends_on_its_day(cast: Cast) -> None:
    user = cast.liaison.user
    assert user is not None
    row = RoleGrant.objects.get(user=user)
    role_end(cast.administrator.person, grant=row, on=DAY, reason="调离")
    assert actor_for(user, date(2026, 6, 29)).grants and not actor_for(user, DAY).grants
    with pytest.raises(Refused, match=r"account.role_dates"):
        role_end(cast.administrator.person, grant=row, on=date(2019, 1, 1))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"username": "a"}, r"account.username_format"),
        ({"username": "two words"}, r"account.username_format"),
        ({"username": "LIAISON"}, r"account.username_taken"),
        ({"display_name": " "}, r"name.missing"),
        ({"password": "short"}, r"password.too_short"),
        ({"password": "Password123"}, r"password.common"),
    ],
)
def test_senseless_accounts_are_refused(cast: Cast, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        user_create(SYSTEM, **{"username": "new", "display_name": "新人", **given})


def test_a_given_password_stays(cast: Cast) -> None:
    user, password = user_create(SYSTEM, username="demo", display_name="演示", password="River-2026-x")
    assert password == "River-2026-x" and not user.must_change_password


def test_the_list_of_accounts_keeps_to_the_range(cast: Cast) -> None:
    page = cast.administrator.client().get("/users/").content.decode()
    assert "郑东" in page and "冯西" in page and "乡镇工作人员（东河镇）" in page
    page = cast.township_officer.client().get("/users/").content.decode()
    assert "陈石" in page and "冯西" not in page
    page = cast.administrator.client().get("/users/?role=auditor").content.decode()
    assert "卫审" in page and "郑东" not in page
    page = cast.administrator.client().get("/users/?q=吴东").content.decode()
    assert "吴东" in page and "郑东" not in page


def queries_of_the_list(cast: Cast) -> int:
    client = cast.administrator.client()
    client.get("/users/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/users/")
    return len(queries)


def test_the_list_costs_the_same_at_ten_and_at_forty_accounts(cast: Cast) -> None:
    few = queries_of_the_list(cast)
    for number in range(30):
        make_player(f"more{number}", f"员{number}", Role.LIAISON, Tier.VILLAGE, cast.world.west_village.path)
    assert queries_of_the_list(cast) == few
