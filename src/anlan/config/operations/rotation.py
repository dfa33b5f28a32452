"""New keys for a whole installation.

The data key: a new one stands beside the old ones and is used from then on; what was sealed before is brought
under it while others work, and going on after a break is the same as beginning. The index key: prepared under
another name, all rows follow in one transaction with nobody else at work, then the name is made the real one.
The key of the chain of changes is never replaced: the chain is worth what it covers from its first link on.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anlan.config.operations import home, journal, keyring
from anlan.config.operations.backup import Progress, silent
from anlan.config.operations.databases import Store
from anlan.config.refusals import CheckFailed, EnvironmentRefused
from anlan.kernel import protection, record, rotation, sealed_columns
from anlan.kernel.actors import CliActor
from anlan.kernel.key_actions import keys_rotate
from anlan.sheets import kept_files
from anlan.sheets.models import DraftFile, ImportFile

MOST_PASSES = 5
NOTICED_WITHIN = protection.LOOK_SECONDS * 1.5


@dataclass(frozen=True, slots=True)
class Rotated:
    """The generation in force, how many values were brought under it, whether it had been begun before."""

    generation: int
    values: int
    resumed: bool


def rotate_data(actor: CliActor, progress: Progress = silent) -> Rotated:
    """Bring everything sealed under a new data key; after a break, go on with the one begun.

    Others may go on working. Refused: an installation in which something cannot be opened or the chain is
    broken; keys that come from the environment, where nothing can be added.
    """
    _require_sound()
    resumed = protection.generation(protection.DATA) > 1 and _behind() > 0
    if not resumed:
        _require_own(protection.DATA)
        protection.add_generation(protection.DATA)
        home.sync_folder(Path(settings.KEYS_FOLDER))
    generation = protection.generation(protection.DATA)
    # Processes at work look for new keys now and then; what they seal until then is met below.
    time.sleep(NOTICED_WITHIN)
    written = 0
    for _ in range(MOST_PASSES):
        written += _reseal(progress)
        if not _behind():
            break
    _require_sound()
    if _behind():
        raise CheckFailed("还有值没有换到新密钥。", "再运行一次 anlan keys rotate，会接着做完。")
    keys_rotate(actor, kind=protection.DATA, generation=generation, values=written)
    return Rotated(generation, written, resumed)


def rotate_index(folder: Path, store: Store, actor: CliActor, progress: Progress = silent) -> Rotated:
    """Index everything under a new index key; refused as ``rotate_data``.

    The caller has the home to itself.
    """
    _require_own(protection.INDEX)
    _require_sound()
    generation = protection.generation(protection.INDEX) + 1
    name = protection.key_name(protection.INDEX, generation)
    key = protection.new_key(name)
    keys = folder / home.KEYS
    pending = keys / f"{name}.key{journal.PENDING}"
    with home.telling_of_a_full_disk(pending):
        pending.unlink(missing_ok=True)
        keyring.write_key(pending, key)
        home.sync_folder(keys)
    unfinished = journal.Unfinished(journal.INDEX_KEY, key=name, generation=generation)
    journal.begin(folder, unfinished)
    try:
        total = sum(count for _, count in map(rotation.count_behind, sealed_columns.declared()))
        written = rotation.reindex(key, generation, _counting(progress, "重建索引", total))
    finally:
        # Forward when the rows were committed, else back.
        journal.put_back(folder, store, unfinished)
        journal.end(folder)
    protection.look_again()
    _require_sound()
    keys_rotate(actor, kind=protection.INDEX, generation=generation, values=written)
    return Rotated(generation, written, False)


def counts() -> dict[int, int]:
    """How many sealed values lie under each generation of the data key, kept files included."""
    found: dict[int, int] = {}
    for column in rotation.columns():
        for chunk in sealed_columns.rows(column):
            for _, (value, *_) in chunk:
                if value:
                    number = protection.generation_of(value)
                    found[number] = found.get(number, 0) + 1
    for path in _places():
        number = protection.generation_of(_beginning(path))
        found[number] = found.get(number, 0) + 1
    return dict(sorted(found.items()))


def _reseal(progress: Progress) -> int:
    total = sum(count for _, count in map(rotation.count_behind, rotation.columns()))
    shown = _counting(progress, "换到新密钥", total)
    written = sum(rotation.reseal(column, shown) for column in rotation.columns())
    for path in _places():
        if rotation.is_behind(_beginning(path)):
            kept_files.write_sealed(path, protection.seal(protection.open_bytes(path.read_bytes())))
            written += 1
    return written


def _behind() -> int:
    values = sum(behind for behind, _ in map(rotation.count_behind, rotation.columns()))
    return values + sum(rotation.is_behind(_beginning(path)) for path in _places())


def _places() -> list[Path]:
    """The kept files that are sealed whole. Pages of a check are not: they are of use for days, then go."""
    named = set(ImportFile.objects.values_list("place", flat=True))
    named |= set(DraftFile.objects.values_list("place", flat=True))
    paths = (kept_files.folder() / place for place in sorted(named))
    return [path for path in paths if path.is_file()]


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(2)


def _counting(progress: Progress, step: str, total: int) -> rotation.Shown:
    done = 0

    def shown(count: int) -> None:
        nonlocal done
        done += count
        progress(step, min(done, total), total)

    return shown


def _require_own(kind: str) -> None:
    """Refuse where the next key has to be given by whoever gives the first."""
    if protection.key_variable(kind, 1) in os.environ:
        raise EnvironmentRefused(f"密钥 {kind} 来自环境变量，程序不能在那里添加。", _remedy(kind))


def _remedy(kind: str) -> str:
    if kind == protection.INDEX:
        return "把密钥移到 HOME/keys（anlan keys save 可以另存），再更换。"
    variable = protection.key_variable(kind, protection.generation(kind) + 1)
    return f"给出 {variable}（base64 写的 16 个随机字节），重启服务，再运行一次。"


def _require_sound() -> None:
    """Refuse unless everything can be opened with the keys there are, and the chain of changes is whole."""
    for column in sealed_columns.declared():
        found = sealed_columns.look_through(column)
        if found.unreadable or found.misfiled:
            name = f"{column.model._meta.db_table}.{column.value}"
            told = f"{name} 有 {found.unreadable} 个值打不开，{found.misfiled} 个索引不符。"
            raise CheckFailed(told, "先从备份恢复密钥或数据，再更换密钥。")
    broken = record.verify()
    if broken:
        raise CheckFailed(f"变更记录的链条不完整：{broken[0]}", "运行 anlan audit verify，先查明原因。")
