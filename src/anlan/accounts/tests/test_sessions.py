"""Sessions: seen by their owner and by who may help, ended one by one or all, and with every new password."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD, Cast, make_user

from anlan.accounts.actions.password_reset import password_reset
from anlan.accounts.models import SignedInSession, User
from anlan.accounts.queries.sessions import device_words, handle_of, shown_sessions
from anlan.accounts.rules import device_codes, is_superior
from anlan.kernel.models import ChangeEntry

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/111 MicroMessenger/8.0"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (CHROME, "Windows 电脑 Chrome 浏览器"),
        (CHROME + " Edg/120.0", "Windows 电脑 Edge 浏览器"),
        (WECHAT, "安卓手机 微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1", "苹果手机 Safari 浏览器"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb", "鸿蒙手机"),
        ("curl/8", "其他设备"),
        ("", "其他设备"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_words(told: str, words: str) -> None:
    assert device_words(device_codes(told)) == words


def sign_in(user: User, agent: str) -> Client:
    browser = Client(headers={"user-agent": agent})
    assert browser.post("/sign-in/", {"login": user.username, "password": PASSWORD}).status_code == 302
    assert browser.get("/me/").status_code == 200
    return browser


def signed_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


@pytest.fixture
def user(cast: Cast) -> User:
    return make_user("zhang", "张三", PASSWORD)


def test_ones_own_devices_are_listed_and_signed_out(user: User) -> None:
    here, phone = sign_in(user, CHROME), sign_in(user, WECHAT)
    page = here.get("/me/").content.decode()
    panel = page.split('id="sessions"')[1].split("</section>")[0]
    assert "Windows 电脑 Chrome 浏览器" in panel and "安卓手机 微信" in panel and "127.0.0.1" in panel
    assert panel.count('name="handle"') == 1 and "这台设备" in panel
    assert not [row for row in SignedInSession.objects.all() if row.session_key in page]
    [handle] = re.findall(r'name="handle" value="(\w+)"', panel)
    assert here.post("/me/sessions/end/", {"handle": handle}).status_code == 303
    assert not signed_in(phone)
    assert "已退出 1 台设备" in here.get("/me/").content.decode()
    here.post("/me/sessions/end/", {"handle": handle})
    assert "已经退出了" in here.get("/me/").content.decode()
    entry = ChangeEntry.objects.get(action="accounts.own_session_end")
    assert entry.facts == {"sessions": [{"device": "android wechat", "address": "127.0.0.1"}]}


def test_all_other_devices_are_signed_out_at_once(user: User) -> None:
    here, others = sign_in(user, CHROME), [sign_in(user, WECHAT) for _ in range(2)]
    here.post("/me/sessions/end/")
    assert signed_in(here) and not any(signed_in(one) for one in others)


def test_ones_own_session_here_is_not_ended_by_its_handle(user: User) -> None:
    here = sign_in(user, CHROME)
    key = here.session.session_key
    assert key
    here.post("/me/sessions/end/", {"handle": handle_of(key)})
    assert signed_in(here)


def test_an_administrator_sees_and_ends_the_sessions_of_an_account(cast: Cast, user: User) -> None:
    browser, admin = sign_in(user, WECHAT), cast.administrator.client()
    page = admin.get("/users/zhang/").content.decode()
    assert "安卓手机 微信" in page and "全部退出" in page
    assert "安卓手机 微信" not in cast.auditor.client().get("/users/zhang/").content.decode()
    assert admin.post("/users/zhang/sessions/end/").status_code == 303
    assert not signed_in(browser)
    page = admin.get("/users/zhang/").content.decode()
    assert "现在没有在任何设备上登录" in page and "结束登录" in page


def test_a_new_password_ends_all_other_sessions(user: User, cast: Cast) -> None:
    here, phone = sign_in(user, CHROME), sign_in(user, WECHAT)
    new = "Another-2026-word"
    form = {"old": PASSWORD, "password": new, "repeated": new}
    assert here.post("/password/", form).status_code == 302
    assert SignedInSession.objects.filter(user=user).count() == 1
    assert signed_in(here) and not signed_in(phone)
    password_reset(cast.administrator.person, user=user)
    assert not SignedInSession.objects.filter(user=user).exists() and not signed_in(here)


def test_what_has_ended_by_itself_is_not_listed(user: User) -> None:
    sign_in(user, CHROME)
    now = timezone.now()
    assert len(shown_sessions(user, now, 60)) == 1
    assert shown_sessions(user, now + timedelta(minutes=61), 60) == []
    assert len(shown_sessions(user, now + timedelta(minutes=61), 0)) == 1
    assert shown_sessions(user, now + timedelta(days=2), 0) == []


OFFICER, TOWN, VILLAGE = (
    ("county_officer", "county"),
    ("township_officer", "township"),
    ("liaison", "village"),
)


@pytest.mark.parametrize(
    ("own", "theirs", "allowed"),
    [
        ([OFFICER], [TOWN], True),
        ([OFFICER], [VILLAGE, TOWN], True),
        ([TOWN], [VILLAGE], True),
        ([TOWN], [TOWN], False),
        ([TOWN], [VILLAGE, TOWN], False),
        ([TOWN], [OFFICER], False),
        ([OFFICER], [("leader", "county")], False),
        ([OFFICER], [("administrator", "township")], False),
        ([OFFICER], [TOWN, ("auditor", "village")], False),
        ([OFFICER], [], False),
        ([("leader", "county")], [VILLAGE], False),
        ([("administrator", "township")], [TOWN], True),
        ([("administrator", "county")], [], True),
        ([], [VILLAGE], False),
    ],
)
def test_who_stands_above_whom(
    own: list[tuple[str, str]], theirs: list[tuple[str, str]], allowed: bool
) -> None:
    assert is_superior(own, theirs) is allowed
