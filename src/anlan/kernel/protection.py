"""Protection of id numbers, phones and accounts wherever they stand (GB/T 39786: SM4, SM3).

A sealed value is ``algorithm byte + nonce (12) + ciphertext + tag (16)``; the algorithm is named in the
value, so it can be changed while old values stay readable. An index value is a keyed SM3 digest, by which
an exact value or its last four characters can be found without opening anything.
"""

import base64
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

SM4_GCM = b"\x01"
TAIL_LENGTH = 4
_NONCE, _TAG, _KEY = 12, 16, 16


_given: dict[str, bytes] = {}
_NAMES = ("data", "index", "audit_index")


class KeysMissing(Exception):
    """The keys of this installation cannot be read."""


@cache
def _key(name: str) -> bytes:
    """A key of this installation: from the environment, else from ``HOME/keys``, made there on first use."""
    if name in _given:
        return _given[name]
    written = os.environ.get(f"ANLAN_KEY_{name.upper()}")
    if written:
        return base64.b64decode(written)
    path = Path(settings.KEYS_FOLDER) / f"{name}.key"
    if not path.exists():
        _make_key(path)
    try:
        key = base64.b64decode(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise KeysMissing(f"{path.name}: {error}") from error
    return key


def keys_in_use() -> dict[str, bytes]:
    """The keys, to be told through a pipe to a helping process that has no installation of its own."""
    return {name: _key(name) for name in _NAMES}


def use_keys(keys: dict[str, bytes]) -> None:
    """Use these keys in this process: the other end of ``keys_in_use``."""
    _given.update(keys)


def _make_key(path: Path) -> None:
    """Write a new key under a name of its own first, so that two starting processes agree on one file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(os.urandom(32 if path.stem.endswith("index") else _KEY)))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@cache
def _data_key() -> algorithms.SM4:
    return algorithms.SM4(_key("data"))


def seal(value: str | bytes) -> bytes:
    """Encrypt a value under the installation's data key."""
    return _seal(_data_key(), value.encode() if isinstance(value, str) else value)


def open_text(sealed: bytes | memoryview) -> str:
    """Decrypt what ``seal`` gave, as text."""
    return open_bytes(sealed).decode()


def open_bytes(sealed: bytes | memoryview) -> bytes:
    """Decrypt what ``seal`` gave; raises ``cryptography.exceptions.InvalidTag`` when it was altered."""
    return _open(_data_key(), bytes(sealed))


def person_key(salt: bytes) -> algorithms.SM4:
    """The key of one person's payloads in the record of changes, from the salt kept on the person.

    Erasing the salt destroys the key: without it the payloads cannot be read by anyone.
    """
    digest = _digest("data", b"payload" + salt)
    return algorithms.SM4(digest[:_KEY])


def seal_for(key: algorithms.SM4, value: bytes) -> bytes:
    """Encrypt bytes under a person's key."""
    return _seal(key, value)


def open_for(key: algorithms.SM4, sealed: bytes | memoryview) -> bytes:
    """Decrypt what ``seal_for`` gave."""
    return _open(key, bytes(sealed))


def _seal(key: algorithms.SM4, value: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(key, modes.GCM(nonce)).encryptor()
    body = encryptor.update(value) + encryptor.finalize()
    return SM4_GCM + nonce + body + encryptor.tag


def _open(key: algorithms.SM4, sealed: bytes) -> bytes:
    if sealed[:1] != SM4_GCM:
        raise ValueError("unknown algorithm of a sealed value")
    nonce, body, tag = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE : -_TAG], sealed[-_TAG:]
    decryptor = Cipher(key, modes.GCM(nonce, tag)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


@cache
def _hmac(name: str) -> hmac.HMAC:
    return hmac.HMAC(_key(name), hashes.SM3())


def _digest(name: str, value: bytes) -> bytes:
    mac = _hmac(name).copy()
    mac.update(value)
    return mac.finalize()


def index_of(value: str) -> bytes:
    """The keyed index of a whole value (normalised by the caller): 16 bytes, equal for equal values."""
    return _digest("index", value.encode())[:16]


@cache
def tail_index_of(tail: str) -> bytes:
    """The keyed index of the last four characters of a value: 8 bytes."""
    return _digest("index", b"tail" + tail.encode())[:8]


def tail_of(value: str) -> str:
    """The last four characters of a value, by which it can be looked up."""
    return value[-TAIL_LENGTH:]


def plain_digest(value: bytes) -> bytes:
    """The unkeyed SM3 digest of a value: 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(value)
    return digest.finalize()


def chain_digest(*parts: bytes) -> bytes:
    """The keyed digest of the chain of changes: whoever holds only the database cannot forge it."""
    mac = _hmac("audit_index").copy()
    for part in parts:
        mac.update(len(part).to_bytes(8, "big"))
        mac.update(part)
    return mac.finalize()


def mask_id_number(value: str) -> str:
    """An id number with the birth date hidden: ``500299********0018``."""
    return f"{value[:6]}{'*' * max(len(value) - 10, 0)}{value[-4:]}"


def mask_phone(value: str) -> str:
    """A phone number with the middle hidden: ``139****6712``."""
    return f"{value[:3]}{'*' * max(len(value) - 7, 0)}{value[-4:]}"


def mask_account(value: str) -> str:
    """An account with everything but the last four characters hidden."""
    return f"{'*' * max(len(value) - 4, 0)}{value[-4:]}"
