"""Keys, cookies, passwords and sign-in."""

import hashlib
import os
import secrets
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from anlan.config.environment import SERVED_WITH_CERTIFICATE, declare, declare_choice, home


def _kept_secret(path: Path) -> str:
    """The secret in the file, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "ascii")
        # A link is made whole or not at all: of two processes starting together both read the same secret.
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text("ascii").strip()


KEYS_FOLDER = home() / "keys"
# Lazy, so that reading the settings (by tools, by --help) leaves nothing behind on the disk.
SECRET_KEY = declare(
    "SECRET_KEY", "", "会话签名用的密钥；留空则自动生成并保存在 HOME/keys"
) or SimpleLazyObject(partial(_kept_secret, KEYS_FOLDER / "web-secret"))
DEBUG = False
ALLOWED_HOSTS = declare("ALLOWED_HOSTS", "*", "服务器应答的主机名，用逗号分隔").split(",")
_behind_proxy = (
    declare_choice("BEHIND_PROXY", "no", ("yes", "no"), "前面有负责 https 的反向代理时设为 yes") == "yes"
)
_https = declare_choice(
    "HTTPS",
    "auto",
    ("auto", "yes", "no"),
    "是否只通过 https 访问：yes（浏览器还会记住这一点）、no；auto 表示用了证书或前面有代理时只通过 https",
)
HTTPS = _https == "yes" or (_https == "auto" and (_behind_proxy or SERVED_WITH_CERTIFICATE in os.environ))

# Only where a proxy sets this header on every request: else anybody could claim to have come by https.
if _behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# The first one hashes, all of them read; a sign-in brings an older hash up to the first.
_HASHERS = {
    "sm3": "anlan.accounts.hashers.SM3PasswordHasher",
    "sha256": "django.contrib.auth.hashers.PBKDF2PasswordHasher",
}
_hash = declare_choice(
    "PASSWORD_HASH", "auto", ("auto", *_HASHERS), "密码散列：sm3、sha256；auto 表示平台支持时用 sm3"
)
if _hash == "auto":
    _hash = "sm3" if "sm3" in hashlib.algorithms_available else "sha256"
PASSWORD_HASHERS = [_HASHERS[_hash], *(path for name, path in _HASHERS.items() if name != _hash)]
ACCOUNT_ADAPTER = "anlan.accounts.adapter.Adapter"
# Failures are counted in the database by our adapter; see docs/rules/sign-in.md.
ACCOUNT_RATE_LIMITS = False
_proxies = declare(
    "TRUSTED_PROXIES",
    "auto",
    "前面有几层可信的反向代理，用来识别来访地址；auto 表示 BEHIND_PROXY 为 yes 时一层，否则没有",
)
if _proxies != "auto" and not _proxies.isdecimal():
    raise ImproperlyConfigured(f"ANLAN_TRUSTED_PROXIES 是层数，不能是“{_proxies}”")
ALLAUTH_TRUSTED_PROXY_COUNT = int(_behind_proxy) if _proxies == "auto" else int(_proxies)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"

CSRF_FAILURE_VIEW = "anlan.accounts.pages.sign_in.stale_form"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# A browser holds to this for a year, for every port of the name: only where it was asked for by "yes".
SECURE_HSTS_SECONDS = 31_536_000 if _https == "yes" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "anlan.accounts.session_store"
