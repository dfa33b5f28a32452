"""What was begun and not finished: written before an installation is touched, so that a killed process leaves
enough behind to put the old state back.

``HOME/unfinished.json`` says which operation it was and where the old state stands. Whoever next uses the
home puts the old state back first; doing it twice does no harm, so being killed again does none either.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from anlan.config.operations import archive, home, locks
from anlan.config.operations.databases import Store
from anlan.config.refusals import CommandRefused, EnvironmentRefused

NAME = "unfinished.json"
LAY_OUT, RESTORE, UPGRADE, INDEX_KEY = "lay-out", "restore", "upgrade", "index-key"
WORDS = {LAY_OUT: "恢复", RESTORE: "恢复", UPGRADE: "升级", INDEX_KEY: "更换密钥"}
PENDING = ".pending"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An operation under way.

    Lay out: ``laid_out`` is the folder below the home into which a backup is taken out, ``aside`` the one for
    what stands there now. Restore: it is being set aside, ``had`` names its entries, ``server_copied`` says
    that the copy of a server's database is among it. Upgrade: ``backup`` was made first, ``copy`` is its
    database, laid ready below the home. Index key: ``key`` of ``generation`` is not in force yet.
    """

    kind: str
    laid_out: str = ""
    aside: str = ""
    had: Sequence[str] = ()
    server_copied: bool = False
    backup: str = ""
    copy: str = ""
    key: str = ""
    generation: int = 0


def begin(folder: Path, unfinished: Unfinished) -> None:
    """Note that an operation begins; on the disk before this returns."""
    draft = folder / f"{NAME}.new"
    with home.telling_of_a_full_disk(draft):
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(unfinished), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / NAME)
        home.sync_folder(folder)


def end(folder: Path) -> None:
    """Note that the operation under way is finished, one way or the other."""
    (folder / NAME).unlink(missing_ok=True)
    home.sync_folder(folder)


def found(folder: Path) -> Unfinished | None:
    """The operation that was not finished; None when there is none."""
    try:
        kept: Mapping[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Unfinished(**kept)


def recover(folder: Path, store: Store) -> Unfinished | None:
    """Put back what an interrupted operation left half done; gives which it was, None when there is none.

    Refused while that operation still runs.
    """
    if found(folder) is None:
        return None
    with locks.alone(folder):
        unfinished = found(folder)
        if unfinished is None:
            return None
        put_back(folder, store, unfinished)
        end(folder)
    return unfinished


def put_back(folder: Path, store: Store, unfinished: Unfinished) -> None:
    """Bring back the state from before an operation. Safe to repeat."""
    try:
        _BACK[unfinished.kind](folder, store, unfinished)
    except (OSError, CommandRefused) as error:
        where = unfinished.aside or unfinished.backup
        raise EnvironmentRefused(
            f"{WORDS[unfinished.kind]}中断后，原来的数据没有放回：{error}",
            f"原来的数据仍在 {folder / where}。解决上面的问题后运行 anlan doctor，会再次放回。",
        ) from error


def _lay_out_back(folder: Path, store: Store, unfinished: Unfinished) -> None:
    """Nothing was touched yet; what was taken out has keys and personal data in it."""
    for name in filter(None, (unfinished.laid_out, unfinished.aside)):
        remove(folder / name)


def _restore_back(folder: Path, store: Store, unfinished: Unfinished) -> None:
    aside = folder / unfinished.aside
    for name in home.ENTRIES:
        if name in unfinished.had and not (aside / name).exists():
            # It was never moved, or is back already.
            continue
        remove(folder / name)
        if name in unfinished.had:
            (aside / name).rename(folder / name)
    if store.vendor != "sqlite":
        if unfinished.server_copied:
            store.replace_by(aside / store.member)
        else:
            store.clear()
    home.sync_folder(folder)
    _lay_out_back(folder, store, unfinished)


def _upgrade_back(folder: Path, store: Store, unfinished: Unfinished) -> None:
    copy = folder / (unfinished.copy or store.member)
    if not copy.exists():
        # Used up by a first go that did not come to its end.
        archive.take_out(Path(unfinished.backup), store.member, copy)
    store.replace_by(copy)
    copy.unlink(missing_ok=True)


def _index_key_back(folder: Path, store: Store, unfinished: Unfinished) -> None:
    """The rows follow a new key in one transaction: the number it leaves says whether it was committed."""
    pending = folder / home.KEYS / f"{unfinished.key}.key{PENDING}"
    query = f"SELECT value FROM kernel_stamp WHERE name = '{INDEX_KEY}'"
    if store.number(query) == unfinished.generation:
        if pending.exists():
            pending.replace(pending.with_suffix(""))
            home.sync_folder(pending.parent)
    else:
        pending.unlink(missing_ok=True)


_BACK = {
    LAY_OUT: _lay_out_back,
    RESTORE: _restore_back,
    UPGRADE: _upgrade_back,
    INDEX_KEY: _index_key_back,
}


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def told(unfinished: Unfinished) -> str:
    """One sentence that an interrupted operation was put back."""
    return f"上一次{WORDS[unfinished.kind]}被中断，已恢复到中断之前的完整状态。"
