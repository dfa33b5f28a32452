"""Signing in, by the form as people do it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD, SYSTEM, Cast, make_user

from anlan.accounts.actions.password_reset import password_reset
from anlan.accounts.actions.user_create import user_create
from anlan.accounts.actions.user_lock import user_lock, user_unlock
from anlan.accounts.models import SignInGuard, User
from anlan.kernel import record
from anlan.kernel.models import ChangeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user("xiaolin", "林小", PASSWORD)


def sign_in(
    client: Client, password: str, username: str = "xiaolin", address: str = "10.0.0.1"
) -> tuple[int, str]:
    answer = client.post("/sign-in/", {"login": username, "password": password}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def test_the_right_password_opens_the_door(client: Client, user: User) -> None:
    answer = client.post("/sign-in/", {"login": "XiaoLin", "password": PASSWORD, "next": "/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    page = client.get("/me/")
    assert page.status_code == 200 and "林小" in page.content.decode()
    user.refresh_from_db()
    assert user.last_login is not None


def test_next_never_leads_to_a_stranger(client: Client, user: User) -> None:
    answer = client.post(
        "/sign-in/", {"login": "xiaolin", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/"


def test_failures_count_down_and_then_lock_with_a_time(client: Client, user: User) -> None:
    for left in (4, 3, 2, 1):
        status, text = sign_in(client, "wrong")
        assert status == 422 and f"还可以再试 {left} 次" in text
    assert "以后再试" in sign_in(client, "wrong")[1]
    status, text = sign_in(client, PASSWORD)
    assert status == 422 and "以后再试" in text


def test_the_lock_opens_by_itself(client: Client, user: User) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    SignInGuard.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(client, PASSWORD)[0] == 302


def test_a_name_nobody_has_is_treated_alike(client: Client, user: User) -> None:
    known = [sign_in(client, "wrong")[1].replace("xiaolin", "") for _ in range(5)]
    unknown = [sign_in(client, "wrong", "nobody", "10.0.0.2")[1].replace("nobody", "") for _ in range(5)]
    assert [("再试 4 次" in text, "以后再试" in text) for text in known] == [
        ("再试 4 次" in text, "以后再试" in text) for text in unknown
    ]


def test_another_name_is_not_locked_with_it(client: Client, user: User) -> None:
    make_user("other", "别人", PASSWORD)
    for _ in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, PASSWORD, "other")[0] == 302


def test_an_address_that_tries_many_names_is_locked(client: Client, user: User) -> None:
    for number in range(50):
        sign_in(client, "wrong", f"guess{number}", "10.9.9.9")
    assert "以后再试" in sign_in(client, PASSWORD, address="10.9.9.9")[1]
    assert sign_in(client, PASSWORD, address="10.0.0.1")[0] == 302


def test_successes_and_failures_are_recorded_and_no_typed_text(client: Client, user: User) -> None:
    sign_in(client, "wrong")
    sign_in(client, "wrong", "MySecret2026")
    sign_in(client, PASSWORD)
    items = record.history("user", user.pk)
    assert [item.entry.action for item in items] == ["accounts.sign_in_succeed", "accounts.sign_in_fail"]
    assert items[0].entry.actor_id == user.pk and items[1].entry.facts["address"] == "10.0.0.1"
    assert not any("mysecret" in str(entry.facts).lower() for entry in ChangeEntry.objects.all())
    assert record.verify() == []


def test_a_locked_account_stays_out_and_its_session_ends(client: Client, user: User) -> None:
    sign_in(client, PASSWORD)
    user_lock(SYSTEM, user=user, reason="离岗")
    assert client.get("/me/").status_code == 302
    status, text = sign_in(client, PASSWORD)
    assert status == 422 and ("已停用" in text or "不对" in text)
    user_unlock(SYSTEM, user=user)
    assert sign_in(client, PASSWORD)[0] == 302


def test_a_reset_opens_the_lock_and_ends_sessions(client: Client, user: User) -> None:
    sign_in(client, PASSWORD)
    other = Client()
    for _ in range(5):
        sign_in(other, "wrong")
    first = password_reset(SYSTEM, user=user)
    assert client.get("/me/").status_code == 302
    assert sign_in(other, first)[0] == 302
    assert other.get("/me/")["Location"] == "/password/"


def test_the_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    user, first = user_create(SYSTEM, username="newcomer", display_name="新来")
    sign_in(client, first, "newcomer")
    assert client.get("/me/")["Location"] == "/password/"
    answer = client.post("/password/", {"old": first, "password": "Own-Pass-77", "repeated": "Own-Pass-77"})
    assert answer.status_code == 302
    assert client.get("/me/").status_code == 200
    user.refresh_from_db()
    assert not user.must_change_password


def test_a_password_too_old_must_be_changed(client: Client, user: User) -> None:
    sign_in(client, PASSWORD)
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert client.get("/me/")["Location"] == "/password/"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"old": "wrong", "password": "Own-Pass-77", "repeated": "Own-Pass-77"}, "原密码不对"),
        ({"old": PASSWORD, "password": "Own-Pass-77", "repeated": "Own-Pass-78"}, "不一样"),
        ({"old": PASSWORD, "password": "Ab1-", "repeated": "Ab1-"}, "至少要 8 位"),
        ({"old": PASSWORD, "password": "onlysmallletters", "repeated": "onlysmallletters"}, "至少 3 种"),
        ({"old": PASSWORD, "password": "Xiaolin-2026", "repeated": "Xiaolin-2026"}, "不能包含用户名"),
        ({"old": PASSWORD, "password": PASSWORD, "repeated": PASSWORD}, "最近用过"),
    ],
)
def test_a_new_password_must_meet_the_rules(
    client: Client, user: User, given: dict[str, str], sentence: str
) -> None:
    client.force_login(user)
    answer = client.post("/password/", given)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_idle_session_ends(client: Client, user: User) -> None:
    sign_in(client, PASSWORD)
    assert client.get("/me/").status_code == 200
    session = client.session
    session["seen_at"] = int(timezone.now().timestamp()) - 3601
    session.save()
    assert client.get("/me/").status_code == 302


def test_signing_out_ends_the_session(client: Client, user: User) -> None:
    sign_in(client, PASSWORD)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/me/")["Location"].startswith("/sign-in/")


def test_pages_refuse_strangers_and_keep_where_they_wanted_to_go(client: Client) -> None:
    assert client.get("/me/?a=1")["Location"] == "/sign-in/?next=/me/%3Fa%3D1"
    answer = client.get("/me/", headers={"HX-Request": "true"})
    assert answer.status_code == 204 and answer["HX-Redirect"] == "/sign-in/"


def test_the_cast_is_signed_in(cast: Cast) -> None:
    for player in cast:
        expected = 302 if player.user is None else 200
        assert player.client().get("/me/").status_code == expected, player.name
