"""Password hashes: PBKDF2 with HMAC-SM3 (GB/T 39786: SM products), where the platform's OpenSSL has SM3."""

import hashlib
from functools import partial

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class SM3PasswordHasher(PBKDF2PasswordHasher):
    """``pbkdf2_sm3$iterations$salt$hash``; about 0.3 s each on an office machine."""

    algorithm = "pbkdf2_sm3"
    iterations = 600_000
    digest = staticmethod(partial(hashlib.new, "sm3"))
