"""What an administrator does with accounts in the browser."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.cast import Cast, Player

from anlan.accounts.actors import actor_for
from anlan.accounts.models import RoleGrant, User

pytestmark = pytest.mark.django_db


def test_a_new_account_is_made_given_a_role_and_used(cast: Cast) -> None:
    admin = cast.administrator.client()
    answer = admin.post("/new-user/", {"username": "zhang.san", "display_name": "张三", "unit": "东河镇政府"})
    found = re.search(r'slip-code">([\w-]{14})<', answer.content.decode())
    assert answer.status_code == 200 and found and "no-store" in answer["Cache-Control"]
    form = {
        "role": "township_officer",
        "reach": f"area:{cast.world.east.path}",
        "first_day": "2026-01-01",
        "last_day": "2026-12-31",
    }
    assert admin.post("/users/zhang.san/roles/", form).status_code == 303
    user = User.objects.get(username="zhang.san")
    [grant] = RoleGrant.objects.filter(user=user)
    assert (grant.tier, grant.valid_to) == ("township", date(2027, 1, 1))
    assert [one.role for one in actor_for(user, date(2026, 12, 31)).grants] == ["township_officer"]
    browser = Client()
    browser.post("/sign-in/", {"login": "zhang.san", "password": found[1]})
    assert browser.get("/users/")["Location"] == "/password/"
    page = admin.get("/users/zhang.san/").content.decode()
    assert "东河镇" in page and "2026年12月31日" in page and "授予角色" in page
    assert found[1] not in page and user.password not in page


def test_what_is_wrong_is_said_beside_the_field(cast: Cast) -> None:
    admin = cast.administrator.client()
    answer = admin.post("/new-user/", {"username": "liaison", "display_name": "李四"})
    assert answer.status_code == 422 and "已有人使用" in answer.content.decode()
    form = {
        "role": "liaison",
        "reach": f"area:{cast.world.east.path}",
        "first_day": "2026-05-01",
        "last_day": "2026-04-01",
    }
    answer = admin.post("/users/liaison/roles/", form)
    assert answer.status_code == 422 and "不能早于" in answer.content.decode()
    answer = admin.post("/users/liaison/roles/", {**form, "reach": "area:9.9."})
    assert answer.status_code == 422


def test_an_account_is_closed_opened_and_its_password_reset(cast: Cast) -> None:
    admin, user = cast.administrator.client(), cast.liaison.user
    assert user is not None
    liaison = cast.liaison.client()
    assert admin.post("/users/liaison/lock/").status_code == 303
    assert liaison.get("/me/").status_code == 302
    assert "启用账号" in admin.get("/users/liaison/").content.decode()
    admin.post("/users/liaison/unlock/")
    assert liaison.get("/me/").status_code == 302
    liaison = cast.liaison.client()
    assert liaison.get("/me/").status_code == 200
    answer = admin.post("/users/liaison/password/")
    found = re.search(r'slip-code">([\w-]{14})<', answer.content.decode())
    user.refresh_from_db()
    assert found and user.check_password(found[1])
    assert liaison.get("/me/").status_code == 302


def test_a_role_is_taken_back(cast: Cast) -> None:
    row = RoleGrant.objects.get(user=cast.liaison.user)
    admin = cast.administrator.client()
    address = f"/users/liaison/roles/{row.pk}/end/"
    assert address in admin.get("/users/liaison/").content.decode()
    assert "联络员" in admin.get(address).content.decode()
    assert admin.post(address, {"on": "2019-01-01"}).status_code == 422
    answer = admin.post(address, {"on": "2999-01-01", "reason": "退休"})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.valid_to == date(2999, 1, 1)
    page = admin.get("/users/liaison/").content.decode()
    assert "收回日期" in page and "退休" in page and "2998年12月31日" in page and address in page
    later = admin.post(address, {"on": "2999-06-01"})
    assert later.status_code == 422 and "不能改到更晚" in later.content.decode()
    assert admin.post(address, {"on": "2026-01-01"}).status_code == 303
    assert address not in admin.get("/users/liaison/").content.decode()
    assert admin.post(f"/users/auditor/roles/{row.pk}/end/").status_code == 404


def test_on_ones_own_account_nothing_is_offered_and_nothing_done(cast: Cast) -> None:
    admin = cast.administrator.client()
    page = admin.get("/users/administrator/").content.decode()
    assert "重设密码" not in page and "停用账号" not in page
    admin.post("/users/administrator/lock/")
    assert "自己的账号" in admin.get("/users/administrator/").content.decode()
    assert User.objects.get(username="administrator").is_active


WRITES = ("lock/", "unlock/", "roles/", "password/", "sessions/end/")


@pytest.mark.parametrize("name", ["auditor"])
def test_who_only_looks_changes_nothing(cast: Cast, name: str) -> None:
    player: Player = getattr(cast, name)
    browser = player.client()
    page = browser.get("/users/liaison/")
    assert page.status_code == 200 and "重设密码" not in page.content.decode()
    before = User.objects.get(username="liaison").password
    assert [browser.post(f"/users/liaison/{verb}").status_code for verb in WRITES] == [404] * 5
    assert browser.get("/new-user/").status_code == 404
    assert User.objects.get(username="liaison").password == before


@pytest.mark.parametrize("name", ["township_officer", "county_officer"])
def test_a_superior_resets_and_signs_out_but_gives_no_roles(cast: Cast, name: str) -> None:
    player: Player = getattr(cast, name)
    browser, liaison = player.client(), cast.liaison.client()
    liaison.get("/me/")
    page = browser.get("/users/liaison/").content.decode()
    assert "重设密码" in page and "授予角色" not in page and "停用账号" not in page
    assert [browser.post(f"/users/liaison/{verb}").status_code for verb in WRITES[:3]] == [404] * 3
    assert browser.post("/users/liaison/sessions/end/").status_code == 303
    assert liaison.get("/me/").status_code == 302
    before = User.objects.get(username="liaison").password
    assert browser.post("/users/liaison/password/").status_code == 200
    assert User.objects.get(username="liaison").password != before


def test_nobody_resets_an_equal_or_an_account_with_other_rights(cast: Cast) -> None:
    browser = cast.township_officer.client()
    assert "重设密码" not in browser.get("/users/colleague/").content.decode()
    before = User.objects.get(username="colleague").password
    answer = browser.post("/users/colleague/password/")
    assert answer.status_code == 303
    assert "只能为下一级" in browser.get(answer["Location"]).content.decode()
    assert User.objects.get(username="colleague").password == before
    county = cast.county_officer.client()
    for name in ("administrator", "auditor", "county"):
        assert "重设密码" not in county.get(f"/users/{name}/").content.decode()
        county.post(f"/users/{name}/password/")
        assert (
            User.objects.get(username=name).password
            == getattr(cast, {"county": "county_officer"}.get(name, name)).user.password
        )


@pytest.mark.parametrize("name", ["neighbour", "liaison", "member"])
def test_outside_the_range_an_account_does_not_exist(cast: Cast, name: str) -> None:
    player: Player = getattr(cast, name)
    assert player.client().get("/users/township/").status_code == 404


def test_a_secretary_gets_a_range_over_organisations(cast: Cast) -> None:
    admin = cast.administrator.client()
    page = admin.get("/users/liaison/roles/").content.decode()
    assert "石桥村党支部" in page and "柳湾村" in page
    form = {
        "role": "branch_secretary",
        "reach": f"organization:{cast.world.east_branch.path}",
        "first_day": "2026-01-01",
    }
    assert admin.post("/users/liaison/roles/", form).status_code == 303
    granted = RoleGrant.objects.get(user=cast.liaison.user, role="branch_secretary")
    assert (granted.tree, granted.tier) == ("organization", "village")
    assert granted.path == cast.world.east_branch.path
    assert "石桥村党支部" in admin.get("/users/liaison/").content.decode()
