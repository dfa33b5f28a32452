"""The keys of an installation as a whole: told apart, kept in a file of their own, brought back."""

import base64
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac

from anlan.config.refusals import WrongUse

Keys = Mapping[str, bytes]
"""Keys by name: ``data``, ``index``, ``audit_index``, later ones ``data.2`` …"""
_FORMAT = "anlan-keys"
_VARIABLE = re.compile(r"ANLAN_KEY_(?P<kind>DATA|INDEX|AUDIT_INDEX)(?:_(?P<later>\d+))?")


def digest(key: bytes, content: bytes) -> bytes:
    """The keyed SM3 digest of some content."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(content)
    return mac.finalize()


def fingerprints(keys: Keys) -> dict[str, str]:
    """What tells keys apart without giving anything of them away: 16 hexadecimal digits each."""
    return {
        name: digest(key, f"fingerprint of {name}".encode())[:8].hex() for name, key in sorted(keys.items())
    }


def differing(wanted: Mapping[str, str], keys: Keys) -> list[str]:
    """The names of the keys that are missing or are others than the fingerprints say."""
    have = fingerprints(keys)
    return [name for name, fingerprint in sorted(wanted.items()) if have.get(name) != fingerprint]


def from_environment() -> dict[str, bytes]:
    """The keys that stand in variables such as ``ANLAN_KEY_DATA`` and ``ANLAN_KEY_DATA_2``."""
    found = {}
    for variable, text in os.environ.items():
        match = _VARIABLE.fullmatch(variable)
        if match and text:
            name = match["kind"].lower() + (f".{match['later']}" if match["later"] else "")
            found[name] = decoded(name, text)
    return found


def read_folder(folder: Path) -> dict[str, bytes]:
    """The keys in a folder such as ``HOME/keys``; none when there is no such folder."""
    paths = sorted(folder.glob("*.key")) if folder.is_dir() else []
    return {path.stem: decoded(path.name, path.read_text("utf-8", "replace")) for path in paths}


def write_folder(keys: Keys, folder: Path) -> None:
    """Put keys into a folder, readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in keys.items():
        write_key(folder / f"{name}.key", key)


def write_key(path: Path, key: bytes) -> None:
    """Put one key into a file, readable by its owner only, and on the disk before this returns."""
    _write(path, encoded(key))


def encoded(key: bytes) -> bytes:
    """A key as it stands in ``HOME/keys``."""
    return base64.b64encode(key)


def read_file(path: Path) -> dict[str, bytes]:
    """The keys kept in a file by ``write_file``."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        written = kept[_FORMAT] if isinstance(kept, dict) else None
    except (OSError, ValueError, KeyError):
        written = None
    if not isinstance(written, dict):
        raise WrongUse(
            f"{path} 不是密钥文件。", "给出 anlan keys save 写的文件、另存的 keys 文件夹，或含密钥的备份。"
        )
    return {str(name): decoded(str(name), str(text)) for name, text in written.items()}


def write_file(keys: Keys, path: Path) -> None:
    """Keep keys in one file, readable by its owner only; written whole or not at all."""
    written = {_FORMAT: {name: base64.b64encode(key).decode() for name, key in sorted(keys.items())}}
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        _write(draft, json.dumps(written, indent=1).encode())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def decoded(name: str, text: str) -> bytes:
    """A key from how it stands in ``HOME/keys``; refused when that is no key."""
    try:
        return base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise WrongUse(f"密钥 {name} 已损坏，无法读取。", "换一份另存的密钥。") from error


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
