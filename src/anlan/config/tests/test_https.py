"""What follows from a certificate, a proxy, or neither: cookies, addresses of visitors, refused settings."""

import subprocess
import sys
from pathlib import Path

import pytest

from anlan.config.environment import SERVED_WITH_CERTIFICATE
from anlan.config.server import Address
from anlan.config.tests.homes import environment

SHOW = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.ALLAUTH_TRUSTED_PROXY_COUNT)
"""
CERTIFICATE, PROXY = {SERVED_WITH_CERTIFICATE: "yes"}, {"ANLAN_BEHIND_PROXY": "yes"}


def shown(home: Path, given: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        env=environment(home, given),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "False False False 0"),
        (CERTIFICATE, "True True False 0"),
        (PROXY, "True True False 1"),
        ({**PROXY, "ANLAN_TRUSTED_PROXIES": "2"}, "True True False 2"),
        ({"ANLAN_HTTPS": "yes"}, "True True True 0"),
        ({**CERTIFICATE, "ANLAN_HTTPS": "no"}, "False False False 0"),
    ],
)
def test_cookies_go_the_way_pages_come(tmp_path: Path, given: dict[str, str], told: str) -> None:
    assert shown(tmp_path, given).stdout.strip() == told


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ANLAN_HTTPS", "ja", "只能是 auto、yes、no"),
        ("ANLAN_BEHIND_PROXY", "1", "只能是 yes、no"),
        ("ANLAN_TRUSTED_PROXIES", "one", "是层数"),
    ],
)
def test_a_word_that_means_nothing_is_refused(tmp_path: Path, name: str, value: str, said: str) -> None:
    assert said in shown(tmp_path, {name: value}).stderr


@pytest.mark.parametrize(
    "address",
    [Address("0.0.0.0", 8000), Address("::1", 8443, Path("/etc/ssl/anlan.crt"), Path("/etc/ssl/anlan.key"))],
)
def test_an_address_reaches_the_server_as_it_was(address: Address) -> None:
    assert Address.from_json(address.as_json()) == address
