"""Protection of id numbers, phones and accounts wherever they stand (GB/T 39786: SM4, SM3).

A sealed value is ``algorithm + nonce (12) + ciphertext + tag (16)``; the algorithm, and from the second data
key on its generation, is named in the value, so that both can be changed while old values stay readable. An
index value is a keyed SM3 digest, by which an exact value or its last four characters can be found without
opening anything.
"""

import base64
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from anlan.kernel.randomness import random_bytes

SM4_GCM = b"\x01"
"""SM4-GCM under the first data key."""
SM4_GCM_LATER = b"\x02"
"""SM4-GCM under a later data key, whose generation is the next byte."""
WRAPPED = b"\x03"
"""A sealed value of the record of changes within a second layer under a later data key; see ``wrap``."""
TAIL_LENGTH = 4
DATA, INDEX, AUDIT_INDEX = "data", "index", "audit_index"
_NONCE, _TAG, _KEY = 12, 16, 16
_MOST_GENERATIONS = 255
LOOK_SECONDS = 1.0
"""How long a process may go on with an older key after another one was added."""


_given: dict[str, bytes] = {}
_looked: dict[str, tuple[float, int]] = {}
_KINDS = (DATA, INDEX, AUDIT_INDEX)


class KeysMissing(Exception):
    """The keys of this installation cannot be read."""


def key_name(kind: str, generation: int) -> str:
    """What a key is called, in ``HOME/keys`` and in a backup: ``data``, later ``data.2``, ``data.3`` …"""
    return kind if generation == 1 else f"{kind}.{generation}"


def key_variable(kind: str, generation: int) -> str:
    """The environment variable a key may come from: ``ANLAN_KEY_DATA``, later ``ANLAN_KEY_DATA_2`` …"""
    return "ANLAN_KEY_" + key_name(kind, generation).upper().replace(".", "_")


@cache
def _key(name: str) -> bytes:
    """A key of this installation: from the environment, else from ``HOME/keys``.

    The first of its kind is made there on first use.
    """
    if name in _given:
        return _given[name]
    kind, _, later = name.partition(".")
    written = os.environ.get(key_variable(kind, int(later or 1)))
    if written:
        return base64.b64decode(written)
    path = Path(settings.KEYS_FOLDER) / f"{name}.key"
    if not path.exists() and not later:
        _make_key(path)
    try:
        key = base64.b64decode(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise KeysMissing(f"{path.name}: {error}") from error
    return key


def generation(kind: str) -> int:
    """The generation of a kind of key that is used now, from 1 on.

    A key another process has added is seen within a second, so that rotation needs no standstill.
    """
    moment = time.monotonic()
    looked = _looked.get(kind)
    if looked is None or moment - looked[0] > LOOK_SECONDS:
        looked = _looked[kind] = (moment, _latest(kind))
    return looked[1]


def _latest(kind: str) -> int:
    found = re.compile(rf"{kind}\.(\d+)").fullmatch
    if _given:
        names = list(_given)
    else:
        start = key_variable(kind, 1) + "_"
        from_environment = (name.removeprefix(start) for name in os.environ if name.startswith(start))
        names = [f"{kind}.{later}" for later in from_environment]
        names += [path.stem for path in Path(settings.KEYS_FOLDER).glob(f"{kind}.*.key")]
    return max((int(match[1]) for match in map(found, names) if match), default=1)


def add_generation(kind: str) -> int:
    """Make the next key of a kind in ``HOME/keys``; from now on it is the one used. Gives its generation."""
    later = _latest(kind) + 1
    if later > _MOST_GENERATIONS:
        raise ValueError(f"no more than {_MOST_GENERATIONS} keys of a kind")
    _make_key(Path(settings.KEYS_FOLDER) / f"{key_name(kind, later)}.key")
    look_again()
    return later


def look_again() -> None:
    """Notice keys that were added, at once."""
    _looked.clear()


def keys_in_use() -> dict[str, bytes]:
    """All keys by name, to be told through a pipe to a helping process, or kept in a second place."""
    names = [key_name(kind, number) for kind in _KINDS for number in range(1, generation(kind) + 1)]
    return {name: _key(name) for name in names}


def use_keys(keys: dict[str, bytes]) -> None:
    """Use these keys in this process: the other end of ``keys_in_use``."""
    _given.update(keys)


def new_key(name: str) -> bytes:
    """A fresh random key of the size its kind needs: SM4 has 16 bytes, SM3 digests are keyed with 32."""
    return os.urandom(_KEY if name.partition(".")[0] == DATA else 32)


def _make_key(path: Path) -> None:
    """Write a new key under a name of its own first, so that two starting processes agree on one file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(new_key(path.stem)))
        file.flush()
        # What is sealed with it may reach the disk before it does.
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@cache
def _data_key(generation: int) -> algorithms.SM4:
    return algorithms.SM4(_key(key_name(DATA, generation)))


def seal(value: str | bytes) -> bytes:
    """Encrypt a value under the installation's data key."""
    return _seal(_data_key, value.encode() if isinstance(value, str) else value)


def open_text(sealed: bytes | memoryview) -> str:
    """Decrypt what ``seal`` gave, as text."""
    return open_bytes(sealed).decode()


def open_bytes(sealed: bytes | memoryview) -> bytes:
    """Decrypt what ``seal`` gave; raises ``cryptography.exceptions.InvalidTag`` when it was altered."""
    return _open(_data_key, bytes(sealed))


@dataclass(frozen=True, slots=True)
class PersonKey:
    """The key of one person's payloads in the record of changes, for each generation of the data key."""

    salt: bytes

    def __call__(self, generation: int) -> algorithms.SM4:
        """The key made from the data key of a generation."""
        digest = _digest(key_name(DATA, generation), b"payload" + self.salt)
        return algorithms.SM4(digest[:_KEY])


def person_key(salt: bytes) -> PersonKey:
    """The key of one person's payloads in the record of changes, from the salt kept on the person.

    Erasing the salt destroys the key: without it the payloads cannot be read by anyone.
    """
    return PersonKey(salt)


def seal_for(key: PersonKey, value: bytes) -> bytes:
    """Encrypt bytes under a person's key."""
    return _seal(key, value)


def open_for(key: PersonKey, sealed: bytes | memoryview) -> bytes:
    """Decrypt what ``seal_for`` gave."""
    return _open(key, bytes(sealed))


def generation_of(sealed: bytes | memoryview) -> int:
    """The generation of the data key under which a sealed value lies now: that of its outermost layer."""
    first = bytes(sealed[:1])
    if first == SM4_GCM:
        return 1
    if first in (SM4_GCM_LATER, WRAPPED):
        return sealed[1]
    raise ValueError("unknown algorithm of a sealed value")


def wrap(stored: bytes | memoryview) -> bytes:
    """Put a sealed value within a second layer under the data key used now, in place of an older such layer.

    For the record of changes: its chain covers the sealed bytes, which therefore have to stay as they are.
    """
    current = generation(DATA)
    return WRAPPED + bytes([current]) + _encrypt(_data_key(current), unwrap(stored))


def unwrap(stored: bytes | memoryview) -> bytes:
    """What ``wrap`` was given; a value without a second layer is given back as it is.

    Raises ``cryptography.exceptions.InvalidTag`` when it was altered, ``KeysMissing`` without its key.
    """
    if bytes(stored[:1]) != WRAPPED:
        return bytes(stored)
    return _decrypt(_data_key(stored[1]), bytes(stored[2:]))


def unwrapped_or_altered(stored: bytes | memoryview) -> bytes:
    """What ``wrap`` was given; of a layer that cannot be opened the stored bytes, which no digest covers."""
    try:
        return unwrap(stored)
    except (InvalidTag, KeysMissing, IndexError):
        return bytes(stored)


def _seal(key_of: Callable[[int], algorithms.SM4], value: bytes) -> bytes:
    current = generation(DATA)
    named = SM4_GCM if current == 1 else SM4_GCM_LATER + bytes([current])
    return named + _encrypt(key_of(current), value)


def _open(key_of: Callable[[int], algorithms.SM4], sealed: bytes) -> bytes:
    if sealed[:1] == SM4_GCM:
        return _decrypt(key_of(1), sealed[1:])
    if sealed[:1] == SM4_GCM_LATER:
        return _decrypt(key_of(sealed[1]), sealed[2:])
    raise ValueError("unknown algorithm of a sealed value")


def _encrypt(key: algorithms.SM4, value: bytes) -> bytes:
    nonce = random_bytes(_NONCE)
    encryptor = Cipher(key, modes.GCM(nonce)).encryptor()
    body = encryptor.update(value) + encryptor.finalize()
    return nonce + body + encryptor.tag


def _decrypt(key: algorithms.SM4, sealed: bytes) -> bytes:
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
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
    return index_under(_hmac(key_name(INDEX, generation(INDEX))), value)


def tail_index_of(tail: str) -> bytes:
    """The keyed index of the last four characters of a value: 8 bytes."""
    return _tail_index(key_name(INDEX, generation(INDEX)), tail)


@cache
def _tail_index(name: str, tail: str) -> bytes:
    return tail_index_under(_hmac(name), tail)


def index_under(mac: hmac.HMAC, value: str) -> bytes:
    """``index_of`` under a key of the caller's, given as a digest begun with it."""
    copy = mac.copy()
    copy.update(value.encode())
    return copy.finalize()[:16]


def tail_index_under(mac: hmac.HMAC, tail: str) -> bytes:
    """``tail_index_of`` under a key of the caller's."""
    copy = mac.copy()
    copy.update(b"tail" + tail.encode())
    return copy.finalize()[:8]


def tail_of(value: str) -> str:
    """The last four characters of a value, by which it can be looked up."""
    return value[-TAIL_LENGTH:]


@cache
def _empty_digest() -> hashes.Hash:
    """Copied for each value: making one anew takes as long as digesting a kilobyte."""
    return hashes.Hash(hashes.SM3())


def plain_digest(value: bytes) -> bytes:
    """The unkeyed SM3 digest of a value: 32 bytes."""
    digest = _empty_digest().copy()
    digest.update(value)
    return digest.finalize()


def chain_digest(*parts: bytes) -> bytes:
    """The keyed digest of the chain of changes: whoever holds only the database cannot forge it."""
    mac = _hmac(AUDIT_INDEX).copy()
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
