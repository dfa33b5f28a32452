"""Bringing a backup back: laid out and checked beside what is there, then put in its place in one move.

What was there before is set aside whole and, when anything fails or the process is killed, put back.
"""

import itertools
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from anlan.config.operations import archive, home, journal, keyring, locks
from anlan.config.operations.archive import Manifest
from anlan.config.operations.backup import Progress, silent
from anlan.config.operations.databases import Store, facts_of_file
from anlan.config.operations.proof import Proof, prove
from anlan.config.refusals import CheckFailed, EnvironmentRefused, WrongUse

READY = "ready"
Chooser = Callable[[Manifest, zipfile.ZipFile], keyring.Keys]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, what was checked, and where the former state stands (None: there was none)."""

    manifest: Manifest
    proof: Proof
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A backup to be brought into a home."""

    folder: Path
    store: Store
    source: Path
    keys_from: Path | None = None
    environment_keys: keyring.Keys = field(default_factory=dict)
    known_migrations: frozenset[str] = frozenset()
    replace: bool = False


def restore(plan: Plan, progress: Progress = silent) -> Restored:
    """Bring a backup into a home, or leave everything as it was.

    Refused: a home or database with something in it unless ``replace``; a file that is no whole backup; a
    backup of another kind of database or of a later version; keys that are missing or others than those it
    was written with; content that differs from its checksums; a chain of changes that does not verify.
    """
    _make(plan.folder)
    with locks.alone(plan.folder), archive.open_backup(plan.source) as kept:
        manifest = archive.manifest_of(kept)
        _require_fitting(plan, manifest)
        keys = _keys_for(plan, manifest, kept)
        laid_out, aside = _unused(plan.folder)
        size = sum(part.size for part in manifest.parts.values())
        home.require_space(
            plan.folder, int(size * 1.1) + (plan.store.size() if plan.store.vendor != "sqlite" else 0)
        )
        begun = journal.Unfinished(journal.LAY_OUT, laid_out=laid_out.name, aside=aside.name)
        journal.begin(plan.folder, begun)
        try:
            with home.telling_of_a_full_disk(plan.folder):
                _lay_out(kept, manifest, laid_out, progress)
                # Keys the environment gives stand nowhere on the disk, and shall not from now on.
                on_disk = {name: key for name, key in keys.items() if name not in plan.environment_keys}
                keyring.write_folder(on_disk, laid_out / home.KEYS)
                home.sync_everything()
            return _put_in_place(plan, manifest, laid_out, aside)
        finally:
            left = journal.found(plan.folder)
            if left is not None and left.kind == journal.LAY_OUT:
                journal.put_back(plan.folder, plan.store, begun)
                journal.end(plan.folder)
            shutil.rmtree(laid_out, ignore_errors=True)


def _make(folder: Path) -> None:
    with home.telling_of_a_full_disk(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _require_fitting(plan: Plan, manifest: Manifest) -> None:
    found = home.present(plan.folder)
    if plan.store.is_empty():
        # A look at a home without data leaves an empty database file behind.
        found = [name for name in found if not name.startswith(home.DATABASE)]
    elif plan.store.vendor != "sqlite":
        found.append("数据库里的表")
    if found and found != [home.KEYS] and not plan.replace:
        what = "、".join(found)
        raise WrongUse(
            f"{plan.folder} 里已有数据（{what}）。",
            "换一个空文件夹：--home DIR；确定要替换就加 --replace，原来的数据会另存在这个文件夹里。",
        )
    if manifest.facts.vendor != plan.store.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise WrongUse(
            f"这份备份来自 {names[manifest.facts.vendor]}，现在用的是 {names[plan.store.vendor]}。",
            "设好 DATABASE_URL（PostgreSQL）或去掉它（SQLite），再恢复。",
        )
    unknown = sorted(set(manifest.facts.migrations) - plan.known_migrations)
    if unknown:
        seen = f"本程序不认识 {unknown[0]} 等 {len(unknown)} 项结构"
        raise WrongUse(
            f"这份备份是更新的版本（{manifest.version}）写的，{seen}。", "先把程序更新到那个版本，再恢复。"
        )


def _keys_for(plan: Plan, manifest: Manifest, kept: zipfile.ZipFile) -> dict[str, bytes]:
    """The keys the backup was written with, from where they were given, from itself, or from this home."""
    if plan.keys_from is not None:
        keys, whence = keys_from(plan.keys_from), str(plan.keys_from)
    elif manifest.with_keys:
        keys, whence = keys_within(kept), "备份"
    else:
        keys, whence = keyring.read_folder(plan.folder / home.KEYS), "本机"
    keys |= plan.environment_keys
    if not keys:
        raise WrongUse(
            "这份备份不含密钥，没有密钥读不出证件号码、电话和账号。",
            "用 --keys 给出另存的密钥：anlan keys save 写的文件，或 keys 文件夹。",
        )
    wrong = keyring.differing(manifest.keys, keys)
    if wrong:
        raise WrongUse(
            f"{whence}的密钥不是写这份备份时用的密钥：{'、'.join(wrong)}。",
            f"找到 {manifest.made_at[:10]} 那天或以后另存的密钥，用 --keys 给出。",
        )
    if not manifest.is_sealed_by(keys):
        raise WrongUse("备份的清单被改动过，与它的封印不符。", "换一份备份，并查明是谁改动了它。")
    return keys


def keys_from(path: Path) -> dict[str, bytes]:
    """Keys from wherever somebody kept them: a folder, a file of ``anlan keys save``, a backup with keys."""
    if not path.exists():
        raise WrongUse(f"没有 {path}。", "核对 --keys 的位置。")
    if path.is_dir():
        return keyring.read_folder(path)
    if zipfile.is_zipfile(path):
        with archive.open_backup(path) as kept:
            return keys_within(kept)
    return keyring.read_file(path)


def keys_within(kept: zipfile.ZipFile) -> dict[str, bytes]:
    """The keys a backup contains; none when it was written without."""
    start = f"{home.KEYS}/"
    names = [name for name in archive.manifest_of(kept).parts if name.startswith(start)]
    return {
        name.removeprefix(start).removesuffix(".key"): keyring.decoded(
            name, kept.read(name).decode("ascii", "replace")
        )
        for name in names
    }


def _lay_out(kept: zipfile.ZipFile, manifest: Manifest, target: Path, progress: Progress) -> None:
    """Take everything out of the backup into a folder of its own, comparing checksums on the way."""
    target.mkdir(mode=0o700)
    total = sum(part.size for part in manifest.parts.values())
    done = 0

    def shown(size: int) -> None:
        nonlocal done
        done += size
        progress("取出并核对", done, total)

    for name, part in manifest.parts.items():
        if not name.startswith(f"{home.KEYS}/"):
            archive.extract(kept, name, part, target / name, shown)
    copy = target / "database.sqlite3"
    if copy.exists():
        found = facts_of_file(copy)
        if (found.sequence, found.chain) != (manifest.facts.sequence, manifest.facts.chain):
            raise WrongUse("备份里的数据库与清单不符。", "换一份备份。")
        copy.rename(target / home.DATABASE)


def _unused(folder: Path) -> tuple[Path, Path]:
    """Names for what comes and what goes, which nothing bears yet."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = folder / f"before-restore-{stamp}"
    later = (folder / f"before-restore-{stamp}-{number}" for number in itertools.count(2))
    return folder / f"incoming-{stamp}", next(
        one for one in itertools.chain([aside], later) if not one.exists()
    )


def _put_in_place(plan: Plan, manifest: Manifest, laid_out: Path, aside: Path) -> Restored:
    sqlite = plan.store.vendor == "sqlite"
    proof = _proved(manifest, prove(laid_out, sqlite=True)) if sqlite else None
    had = [name for name in home.ENTRIES if (plan.folder / name).exists()]
    with home.telling_of_a_full_disk(aside):
        aside.mkdir(mode=0o700)
        copied = not sqlite and not plan.store.is_empty()
        if copied:
            plan.store.copy_to(aside / plan.store.member)
    unfinished = journal.Unfinished(
        journal.RESTORE, laid_out=laid_out.name, aside=aside.name, had=had, server_copied=copied
    )
    journal.begin(plan.folder, unfinished)
    try:
        with home.telling_of_a_full_disk(plan.folder):
            _exchange(plan, laid_out, aside)
        if proof is None:
            proof = _proved(manifest, prove(plan.folder, sqlite=False))
    except BaseException:
        journal.put_back(plan.folder, plan.store, unfinished)
        journal.end(plan.folder)
        raise
    # What nobody needs goes first: after the note is gone nobody would know of it.
    shutil.rmtree(laid_out, ignore_errors=True)
    there_was = any(aside.iterdir())
    if not there_was:
        aside.rmdir()
    journal.end(plan.folder)
    return Restored(manifest, proof, aside if there_was else None)


def _exchange(plan: Plan, laid_out: Path, aside: Path) -> None:
    """Set aside what is there and move in what was laid out."""
    for name in home.ENTRIES:
        if (plan.folder / name).exists():
            (plan.folder / name).rename(aside / name)
        if (laid_out / name).exists():
            (laid_out / name).rename(plan.folder / name)
    if plan.store.vendor != "sqlite":
        plan.store.replace_by(laid_out / plan.store.member)
    home.sync_folder(plan.folder)


def _proved(manifest: Manifest, proof: Proof) -> Proof:
    """A proof that found nothing wrong; refused when it did."""
    wrong = list(proof.wrong)
    if proof.state == READY and proof.sequence != manifest.facts.sequence:
        wrong.append(f"变更记录到第 {proof.sequence} 条，清单写的是第 {manifest.facts.sequence} 条")
    if wrong:
        more = f"（共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        raise CheckFailed(
            f"备份没有通过检查：{wrong[0]}{more}。", "没有恢复，原来的数据没有变动。换一份备份。"
        )
    if not proof.state:
        raise EnvironmentRefused("检查没有完成。", "运行 anlan doctor。")
    return proof
