"""The file a backup is: a ZIP of the database, the files and the settings, with a manifest of it all.

The manifest names program version, moment, head of the chain of changes, the fingerprints of the keys, and
size and SHA-256 of every part. A keyed SM3 digest covers it, so that whoever does not hold the keys can
neither alter a backup unnoticed nor make one up.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

from anlan.config.operations import keyring
from anlan.config.operations.databases import Facts
from anlan.config.operations.home import sync_everything
from anlan.config.refusals import WrongUse, reason

MANIFEST = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20
_SEALING_KEY = "audit_index"
Shown = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One file within a backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``keys`` are fingerprints; the keys themselves are parts only ``with_keys``."""

    version: str
    made_at: str
    facts: Facts
    with_keys: bool
    keys: dict[str, str]
    parts: dict[str, Part] = field(default_factory=dict)
    seal: str = ""

    def sealed(self, keys: keyring.Keys) -> "Manifest":
        """The manifest with its seal."""
        return replace(self, seal=keyring.digest(keys[_SEALING_KEY], self._content()).hex())

    def is_sealed_by(self, keys: keyring.Keys) -> bool:
        """Whether it was sealed with these keys and not altered since."""
        return keyring.digest(keys[_SEALING_KEY], self._content()).hex() == self.seal

    def as_text(self) -> str:
        """The manifest as it stands in the backup."""
        return json.dumps(self._as_json(), ensure_ascii=False, indent=1)

    def _content(self) -> bytes:
        return json.dumps({**self._as_json(), "seal": ""}, sort_keys=True).encode()

    def _as_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of an open backup; refused when it is not one, or one of a later program."""
    try:
        kept: Mapping[str, Any] = json.loads(archive.read(MANIFEST))
        if kept["format"] != FORMAT:
            raise WrongUse("这份备份是更新的版本写的，本版本读不了。", "用写它的那个版本或更新的版本恢复。")
        return Manifest(
            version=kept["version"],
            made_at=kept["made_at"],
            facts=Facts.from_json(kept["facts"]),
            with_keys=kept["with_keys"],
            keys=dict(kept["keys"]),
            parts={_checked(name): Part(**part) for name, part in kept["parts"].items()},
            seal=kept["seal"],
        )
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise not_a_backup(Path(archive.filename or "")) from error


def open_backup(path: Path) -> zipfile.ZipFile:
    """A backup, opened for reading; refused when it is none or was cut off."""
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise WrongUse(f"无法读取 {path}：{reason(error)}", "核对文件的位置和权限。") from error
    except zipfile.BadZipFile as error:
        raise not_a_backup(path) from error


def not_a_backup(path: Path) -> WrongUse:
    """What is said of a file that is no whole backup."""
    return WrongUse(f"{path} 不是完整的安澜备份。", "换一份 anlan backup 写的备份。")


def is_backup(path: Path) -> bool:
    """Whether a file is a whole backup of Anlan."""
    try:
        with open_backup(path) as archive:
            manifest_of(archive)
    except WrongUse:
        return False
    return True


def add(archive: zipfile.ZipFile, name: str, source: IO[bytes], *, pack: bool, shown: Shown) -> Part:
    """Copy a file into a backup; ``pack`` is of no use for what is sealed or packed already."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
    member.external_attr = 0o600 << 16
    with archive.open(member, "w", force_zip64=True) as target:
        return _copied(source, target, shown)


def extract(archive: zipfile.ZipFile, name: str, part: Part, target: Path, shown: Shown) -> None:
    """Copy a part out of a backup; refused when it is not what the manifest says."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with archive.open(name) as source, target.open("xb") as file:
            target.chmod(0o600)
            found = _copied(source, file, shown)
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise WrongUse(f"备份已损坏：{name} 读不出来。", "换一份备份。") from error
    if found != part:
        raise WrongUse(f"备份已损坏：{name} 与清单不符。", "换一份备份。")


def take_out(backup: Path, name: str, target: Path) -> None:
    """Copy one part of a backup into a file, whole and on the disk, or leave none; refused as ``extract``."""
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with open_backup(backup) as kept:
            extract(kept, name, manifest_of(kept).parts[name], draft, lambda size: None)
        sync_everything()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _copied(source: IO[bytes], target: IO[bytes], shown: Shown) -> Part:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
        shown(len(chunk))
    return Part(size, digest.hexdigest())


def _checked(name: str) -> str:
    """A name that leads into the folder it is taken out to, and nowhere else."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError(f"a part called {name}")
    return name
