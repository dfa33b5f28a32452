"""Writing a backup: the state of one moment, while others go on working.

The database is copied first. Kept files are written before the transaction that names them, and never changed
afterwards, so that every file the copy names is still to be found when the files are copied.
"""

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from anlan.config.operations import archive, home, keyring, locks
from anlan.config.operations.archive import Manifest, Part
from anlan.config.operations.databases import Store
from anlan.config.refusals import WrongUse
from anlan.config.version import program_version

Progress = Callable[[str, int, int], None]
DRAFT_PARTS = ("database.", "backup.zip")
PACKED = {".sealed", ".zip", ".xlsx", ".docx", ".pdf", ".jpg", ".jpeg", ".png", ".gz"}


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def make_backup(
    folder: Path,
    store: Store,
    keys: keyring.Keys,
    target: Path,
    *,
    with_keys: bool,
    progress: Progress = silent,
) -> Manifest:
    """Write the whole state of the home ``folder`` into ``target``, or leave what stood there untouched.

    An older backup of that name is replaced once the new one is complete; anything else is not overwritten.
    Refused with the reason when the disk is full or the database cannot be copied.
    """
    _require_place(target)
    with locks.one_backup_at_a_time(folder), _draft_beside(target) as draft:
        home.require_space(target.parent, int(store.size() * 1.4) + _size_of(folder / home.FILES))
        with home.telling_of_a_full_disk(target):
            progress("复制数据库", 0, 1)
            copy = draft / store.member
            facts = store.copy_to(copy)
            progress("复制数据库", 1, 1)
            packed = draft / "backup.zip"
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            prints = keyring.fingerprints(keys)
            manifest = Manifest(program_version(), moment, facts, with_keys, prints)
            manifest = _write(packed, folder, copy, manifest, keys, progress)
            packed.chmod(0o600)
            with packed.open("rb+") as file:
                os.fsync(file.fileno())
            packed.replace(target)
            home.sync_folder(target.parent)
    return manifest


def _write(
    packed: Path, folder: Path, copy: Path, manifest: Manifest, keys: keyring.Keys, progress: Progress
) -> Manifest:
    """Pack the copied database and the files; gives the manifest with its parts and seal."""
    files = list(_files(folder))
    total = copy.stat().st_size + sum(path.stat().st_size for _, path in files if path.exists())
    done = 0

    def shown(size: int) -> None:
        nonlocal done
        done += size
        progress("写入备份", min(done, total - 1), total)

    with zipfile.ZipFile(packed, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        with copy.open("rb") as source:
            pack = copy.suffix == ".sqlite3"
            parts = {copy.name: archive.add(target, copy.name, source, pack=pack, shown=shown)}
        copy.unlink()
        parts |= _add_files(target, files, shown)
        if manifest.with_keys:
            parts |= _add_keys(target, keys, shown)
        sealed = replace(manifest, parts=parts).sealed(keys)
        target.writestr(archive.MANIFEST, sealed.as_text())
    progress("写入备份", total, total)
    return sealed


def _add_files(
    target: zipfile.ZipFile, files: list[tuple[str, Path]], shown: archive.Shown
) -> dict[str, Part]:
    parts = {}
    for name, path in files:
        try:
            source = path.open("rb")
        except FileNotFoundError:
            # Copies of an import that was not written are cleared away meanwhile; nothing names them.
            continue
        with source:
            parts[name] = archive.add(
                target, name, source, pack=path.suffix.lower() not in PACKED, shown=shown
            )
    return parts


def _add_keys(target: zipfile.ZipFile, keys: keyring.Keys, shown: archive.Shown) -> dict[str, Part]:
    return {
        f"{home.KEYS}/{name}.key": archive.add(
            target, f"{home.KEYS}/{name}.key", io.BytesIO(keyring.encoded(key)), pack=False, shown=shown
        )
        for name, key in keys.items()
    }


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Everything of the home that is neither database nor keys, by its name in the backup."""
    for name in (home.SETTINGS, home.DEMO):
        if (folder / name).is_file():
            yield name, folder / name
    for path in sorted((folder / home.FILES).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _require_place(target: Path) -> None:
    if target.is_dir():
        raise WrongUse(f"{target} 是文件夹，不是文件。", f"写上文件名，例如 {target / 'anlan-backup.zip'}")
    if not target.parent.is_dir():
        raise WrongUse(f"没有文件夹 {target.parent}。", "先建立它，或换一个位置。")
    if target.exists() and not archive.is_backup(target):
        raise WrongUse(f"{target} 已存在，而且不是安澜的备份，不会覆盖它。", "换一个文件名。")


@contextmanager
def _draft_beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk for what is not complete yet; what killed backups left there goes first."""
    for left in target.parent.glob(".*.part"):
        # Another installation may keep its backups in the same folder, and be at it just now.
        if _is_draft(left) and locks.is_left(left):
            shutil.rmtree(left, ignore_errors=True)
    draft = target.with_name(f".{target.name}.part")
    with home.telling_of_a_full_disk(target):
        draft.mkdir(mode=0o700, exist_ok=True)
    try:
        with locks.working_in(draft):
            yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_draft(folder: Path) -> bool:
    """Whether a folder holds nothing but what a backup in the making does."""
    return folder.is_dir() and all(path.name.startswith(DRAFT_PARTS) for path in folder.iterdir())
