"""Passwords are kept as PBKDF2 with HMAC-SM3, and older hashes are renewed at sign-in."""

import base64
import hashlib
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import Client
from tests.cast import make_user

from anlan.accounts.hashers import SM3PasswordHasher

SM3 = "anlan.accounts.hashers.SM3PasswordHasher"
SHA256 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SM3PasswordHasher, "iterations", 10)
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)


@pytest.mark.usefixtures("few_rounds")
def test_the_hash_is_pbkdf2_with_sm3(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [SM3]
    encoded = make_password("Own-Pass-77")
    algorithm, rounds, salt, digest = encoded.split("$")
    assert (algorithm, rounds) == ("pbkdf2_sm3", "10")
    expected = hashlib.pbkdf2_hmac("sm3", b"Own-Pass-77", salt.encode(), 10)
    assert base64.b64decode(digest) == expected
    assert check_password("Own-Pass-77", encoded) and not check_password("Own-Pass-78", encoded)


def test_many_rounds_by_default() -> None:
    assert SM3PasswordHasher.iterations >= 600_000


@pytest.mark.django_db
@pytest.mark.usefixtures("few_rounds")
def test_an_older_hash_is_renewed_by_the_next_sign_in(settings: Any, client: Client) -> None:
    settings.PASSWORD_HASHERS = [SHA256]
    user = make_user("old", "旧人", "Own-Pass-77")
    before = user.password
    settings.PASSWORD_HASHERS = [SM3, SHA256]
    answer = client.post("/sign-in/", {"login": "old", "password": "Own-Pass-77"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("pbkdf2_sm3$10$") and user.password != before
    assert client.get("/me/").status_code == 200, "the session outlives the new hash"
    client.post("/sign-out/")
    renewed = user.password
    client.post("/sign-in/", {"login": "old", "password": "Own-Pass-77"})
    user.refresh_from_db()
    assert user.password == renewed
