"""Keys, cookies, passwords and sign-in."""

import secrets
from pathlib import Path

from anlan.config.environment import declare, home


def _kept_secret(path: Path) -> str:
    """The secret in the file, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "ascii")
    return path.read_text("ascii").strip()


KEYS_FOLDER = home() / "keys"
SECRET_KEY = declare("SECRET_KEY", "", "secret for sessions; empty: kept in HOME/keys") or _kept_secret(
    KEYS_FOLDER / "web-secret"
)
DEBUG = False
ALLOWED_HOSTS = declare("ALLOWED_HOSTS", "*", "host names the server answers to, separated by commas").split(",")
HTTPS = declare("HTTPS", "no", "yes when people reach the server by https only") == "yes"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
