"""The pure rules of sign-in."""

from datetime import UTC, datetime, timedelta

import pytest

from anlan.accounts.rules import (
    Failures,
    LockPolicy,
    PasswordPolicy,
    days_until_expiry,
    is_expired,
    password_problems,
    username_problems,
)

NOW = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)
POLICY = LockPolicy(failures=3, minutes=10)


def after(*minutes: int) -> Failures:
    state = Failures()
    for minute in minutes:
        state = state.after_one_more(NOW + timedelta(minutes=minute), POLICY)
    return state


def test_the_last_failure_allowed_locks_for_the_minutes() -> None:
    state = after(0, 1, 2)
    assert after(0, 1).locked_until is None
    assert state.count == 3 and state.locked_until == NOW + timedelta(minutes=12)
    assert state.is_locked(NOW + timedelta(minutes=11, seconds=59))
    assert not state.is_locked(NOW + timedelta(minutes=12))


def test_failures_far_apart_do_not_add_up() -> None:
    assert after(0, 9, 18).count == 3
    assert after(0, 10, 20).count == 1


def test_after_the_pause_one_starts_anew() -> None:
    assert after(0, 1, 2, 12).count == 1
    assert after(0, 1, 2, 12, 13, 14).locked_until == NOW + timedelta(minutes=24)


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Abcdefg1", []),
        ("abcdefg1-", []),
        ("Abc1", ["password.too_short"]),
        ("abcdefgh", ["password.too_plain"]),
        ("abcdefg1", ["password.too_plain"]),
        ("密码密码Ab密码", []),
        ("ab", ["password.too_short", "password.too_plain"]),
        ("Xxzhang1yy", ["password.has_username"]),
    ],
)
def test_passwords(password: str, codes: list[str]) -> None:
    found = password_problems(password, "zhang", PasswordPolicy(length=8, kinds=3))
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize("name", ["zhang", "张三", "z.s-1_@x", "a" * 40])
def test_usernames_taken(name: str) -> None:
    assert username_problems(name) == []


@pytest.mark.parametrize("name", ["", "a", "a" * 41, "a b", "a/b", "a\n", "<b>"])
def test_usernames_refused(name: str) -> None:
    assert [problem.code for problem in username_problems(name)] == ["account.username_format"]


def test_passwords_grow_old() -> None:
    changed = NOW - timedelta(days=90)
    assert is_expired(changed, NOW, 90) and not is_expired(changed, NOW, 91)
    assert not is_expired(changed, NOW, 0) and not is_expired(None, NOW, 90)
    assert days_until_expiry(changed, NOW, 97) == 7 and days_until_expiry(changed, NOW, 80) == 0
    assert days_until_expiry(changed, NOW, 0) is None
