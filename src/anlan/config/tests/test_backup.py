"""``anlan backup``: whole, consistent while others write, nothing half left."""

import errno
import json
import sqlite3
import stat
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from anlan.config.operations import archive, home, keyring
from anlan.config.operations.archive import manifest_of
from anlan.config.refusals import EnvironmentRefused, WrongUse
from anlan.config.tests.homes import PERSONS, anlan, execute, files, keep


def test_everything_is_in_it_but_the_keys_and_it_says_so(county_home: Path, tmp_path: Path) -> None:
    (county_home / "anlan.toml").write_text('allowed_hosts = "anlan.example"\n', "utf-8")
    target = tmp_path / "kept.zip"
    said = anlan(county_home, "backup", str(target))
    assert "备份不含密钥" in said and "anlan keys save" in said
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as kept:
        manifest = manifest_of(kept)
        assert {name: kept.read(name) for name in kept.namelist() if name.startswith("files/")} == files(
            county_home
        )
        assert b"anlan.example" in kept.read("anlan.toml")
        names = kept.namelist()
    assert len(files(county_home)) == 2
    assert not [name for name in names if "key" in name]
    assert manifest.version and manifest.facts.vendor == "sqlite"
    assert manifest.facts.chain in said and manifest.facts.sequence > 0
    assert set(manifest.parts) == set(names) - {archive.MANIFEST}


def test_with_keys_it_warns_and_the_manifest_never_shows_them(county_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.zip"
    assert "含密钥" in anlan(county_home, "backup", str(target), "--with-keys")
    with zipfile.ZipFile(target) as kept:
        for name in ("data", "index", "audit_index"):
            assert kept.read(f"keys/{name}.key") == (county_home / "keys" / f"{name}.key").read_bytes()
            assert kept.read(f"keys/{name}.key") not in kept.read(archive.MANIFEST)


def test_it_is_the_state_of_one_moment_while_others_write(county_home: Path, tmp_path: Path) -> None:
    execute(county_home, "CREATE TABLE pairs (a INTEGER, b INTEGER)")
    execute(county_home, "INSERT INTO pairs VALUES (0, 0)")
    over = threading.Event()
    written: list[int] = []

    def write() -> None:
        with closing(sqlite3.connect(county_home / home.DATABASE, timeout=20)) as connection:
            while not over.is_set():
                with connection:
                    connection.execute("UPDATE pairs SET a = a + 1")
                    connection.execute("UPDATE pairs SET b = b + 1")
                written.append(1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            before = len(written)
            keep(county_home, tmp_path / f"{number}.zip")
            assert len(written) > before, "writers go on meanwhile"
            with zipfile.ZipFile(tmp_path / f"{number}.zip") as kept:
                kept.extract("database.sqlite3", tmp_path / str(number))
            with closing(sqlite3.connect(tmp_path / str(number) / "database.sqlite3")) as copy:
                a, b = copy.execute("SELECT a, b FROM pairs").fetchone()
                assert a == b
                assert copy.execute("SELECT count(*) FROM registers_person").fetchone() == (PERSONS,)
    finally:
        over.set()
        thread.join()


def test_a_full_disk_is_said_and_leaves_nothing_half(
    county_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.zip"
    keep(county_home, target)
    before = target.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive, "_copied", full)
    with pytest.raises(EnvironmentRefused, match="磁盘已满"):
        keep(county_home, target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "kept.zip"]


def test_what_would_not_fit_is_not_begun(
    county_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1000})())
    with pytest.raises(EnvironmentRefused, match="磁盘空间不够"):
        keep(county_home, tmp_path / "kept.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_sqlite_without_room_is_a_full_disk(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small")) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE t (x)")
        with pytest.raises(EnvironmentRefused, match="磁盘已满"), home.telling_of_a_full_disk(tmp_path):
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")


KILL_WHILE_PACKING = """
import os, signal
from anlan.config.operations import archive
archive._copied = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_in_the_middle_the_next_one_clears_up(county_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.zip"
    anlan(county_home, "backup", str(target), before=KILL_WHILE_PACKING, code=-9)
    assert not target.exists()
    assert (tmp_path / ".kept.zip.part").is_dir()
    anlan(county_home, "backup", str(target))
    assert archive.is_backup(target)
    assert not (tmp_path / ".kept.zip.part").exists()


@pytest.mark.parametrize("name", ["home", "nowhere/kept.zip", "letter.txt"])
def test_no_place_for_a_backup_is_wrong_use(county_home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "letter.txt").write_text("important", "utf-8")
    with pytest.raises(WrongUse):
        keep(county_home, tmp_path / name)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "important"


def test_an_empty_home_has_nothing_to_keep(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    assert "没有数据" in anlan(tmp_path / "home", "backup", str(tmp_path / "kept.zip"), code=3)


def test_a_made_up_manifest_is_told_from_a_sealed_one(county_home: Path, tmp_path: Path) -> None:
    manifest = keep(county_home, tmp_path / "kept.zip")
    keys = keyring.read_folder(county_home / "keys")
    assert manifest.is_sealed_by(keys)
    with zipfile.ZipFile(tmp_path / "kept.zip") as kept:
        assert manifest_of(kept).is_sealed_by(keys)
        told = json.loads(kept.read(archive.MANIFEST))
    told["facts"]["sequence"] += 1
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as made_up:
        made_up.writestr(archive.MANIFEST, json.dumps(told))
    with zipfile.ZipFile(tmp_path / "other.zip") as made_up:
        assert not manifest_of(made_up).is_sealed_by(keys)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside", "files\\outside"])
def test_a_part_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    facts = {"vendor": "sqlite", "server": "3", "migrations": [], "sequence": 0, "chain": ""}
    told = {
        "format": 1,
        "version": "1",
        "made_at": "",
        "facts": facts,
        "with_keys": False,
        "keys": {},
        "parts": {name: {"size": 1, "sha256": ""}},
        "seal": "",
    }
    with zipfile.ZipFile(tmp_path / "made-up.zip", "w") as made_up:
        made_up.writestr(archive.MANIFEST, json.dumps(told))
    assert not archive.is_backup(tmp_path / "made-up.zip")
