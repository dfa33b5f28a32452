"""``anlan keys``: a new key reaches everything, also in two goes, and nothing is lost on the way."""

import base64
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from anlan.config.operations import home, journal
from anlan.config.tests.homes import PERSONS, Variables, anlan, execute, files, keep, rows
from anlan.kernel import sealed_columns
from anlan.kernel.protection import SM4_GCM, SM4_GCM_LATER, WRAPPED

SEALED = {
    "registers_person": ("id_number", SM4_GCM_LATER),
    "registers_personcontact": ("value", SM4_GCM_LATER),
    "kernel_changedrecord": ("sealed", WRAPPED),
}


def column(folder: Path, table: str, name: str) -> list[bytes]:
    with closing(sqlite3.connect(folder / home.DATABASE)) as connection:
        found = connection.execute(f"SELECT {name} FROM {table} WHERE length({name}) > 0 ORDER BY id")
        return [value for (value,) in found]


def beginnings(folder: Path) -> dict[str, set[bytes]]:
    """With what the sealed values of each table, and the kept files, begin."""
    found = {table: {one[:2] for one in column(folder, table, name)} for table, (name, _) in SEALED.items()}
    return found | {"files": {content[:2] for content in files(folder).values()}}


def persons(folder: Path) -> list[dict[str, str]]:
    """What the program itself reads, in a process of its own."""
    code = """
import json
from anlan.config.operations.proof import look
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
django.setup()
from anlan.kernel import record
from anlan.registers.models import Person
found = [
    {"name": one.name, "number": one.plain_id_number(),
     "phones": [contact.plain_value() for contact in one.contacts.all()],
     "found": Person.objects.with_id_number(one.plain_id_number()).get().pk == one.pk,
     "history": len(record.history("person", one.pk)[0].rows)}
    for one in Person.objects.order_by("pk")
]
print("FOUND " + json.dumps(found))
"""
    said = anlan(folder, "--version", before=code)
    line = next(line for line in said.splitlines() if line.startswith("FOUND "))
    found: list[dict[str, str]] = json.loads(line.removeprefix("FOUND "))
    return found


def test_a_new_data_key_reaches_everything(county_home: Path) -> None:
    before, first = persons(county_home), column(county_home, "kernel_changedrecord", "sealed")
    assert all(start[:1] == SM4_GCM for found in beginnings(county_home).values() for start in found)
    said = anlan(county_home, "keys", "rotate")
    assert "第 2 把" in said and "另存" in said
    assert (county_home / "keys" / "data.2.key").exists()
    found = beginnings(county_home)
    for table, (_, named) in SEALED.items():
        # What the entry on the rotation itself sealed lies under the new key from the start.
        assert named + b"\x02" in found[table] and found[table] <= {named + b"\x02", SM4_GCM_LATER + b"\x02"}
    assert found["files"] == {SM4_GCM_LATER + b"\x02"}
    assert len(column(county_home, "kernel_changedrecord", "sealed")) >= len(first)
    assert persons(county_home) == before and len(before) == PERSONS
    assert all(one["found"] for one in before)
    assert "变更记录完整" in anlan(county_home, "audit", "verify")
    listed = anlan(county_home, "keys", "list")
    assert "data.2" in listed and "个加密的值用密钥 data.2" in listed and "用密钥 data\n" not in listed


KILL = """
import os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
django.setup()
from anlan.kernel import rotation
original, left = rotation.{function}, {left}
def dying(*given, **more):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
    return original(*given, **more)
rotation.{function} = dying
"""


@pytest.mark.parametrize("left", [0, 2])
def test_broken_off_it_is_readable_and_gone_on_with(county_home: Path, left: int) -> None:
    before = persons(county_home)
    anlan(county_home, "keys", "rotate", before=KILL.format(function="reseal", left=left), code=-9)
    assert persons(county_home) == before, "half old, half new, and all of it readable"
    said = anlan(county_home, "keys", "rotate")
    assert "接着上一次" in said and "第 2 把" in said
    assert not (county_home / "keys" / "data.3.key").exists()
    assert persons(county_home) == before


def test_the_index_key_changes_with_all_rows_or_not_at_all(county_home: Path) -> None:
    before, old = persons(county_home), column(county_home, "registers_person", "id_index")
    killed = KILL.format(function="update_rows", left=1)
    anlan(county_home, "keys", "rotate", "--index", before=killed, code=-9)
    assert "更换密钥被中断" in anlan(county_home, "audit", "verify")
    assert column(county_home, "registers_person", "id_index") == old
    assert sorted(path.stem for path in (county_home / "keys").glob("index*")) == ["index"]
    said = anlan(county_home, "keys", "rotate", "--index")
    assert "索引密钥已更换" in said and "数据密钥已更换" in said
    new = column(county_home, "registers_person", "id_index")
    assert len(new) == len(old) and not set(new) & set(old)
    assert persons(county_home) == before


AFTER_COMMIT = """
import os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.config.settings"
django.setup()
from anlan.kernel import rotation
original = rotation.reindex
def reindex(*given):
    original(*given)
    os.kill(os.getpid(), 9)
rotation.reindex = reindex
"""


def test_killed_after_the_rows_were_committed_the_key_follows(county_home: Path) -> None:
    before = persons(county_home)
    anlan(county_home, "keys", "rotate", "--index", before=AFTER_COMMIT, code=-9)
    assert journal.found(county_home) is not None
    assert "更换密钥被中断" in anlan(county_home, "audit", "verify")
    assert (county_home / "keys" / "index.2.key").exists()
    assert persons(county_home) == before


def test_an_import_from_before_can_still_be_taken_back(county_home: Path) -> None:
    (batch,) = (row[1] for row in rows(county_home)["sheets_importbatch"])
    anlan(county_home, "keys", "rotate", "--index")
    anlan(county_home, "undo-import", batch)
    assert persons(county_home) == []
    assert "变更记录完整" in anlan(county_home, "audit", "verify")


def test_a_damaged_installation_gets_no_new_key(county_home: Path) -> None:
    execute(county_home, "UPDATE registers_person SET id_number = ? WHERE id = 1", SM4_GCM + bytes(40))
    assert "打不开" in anlan(county_home, "keys", "rotate", code=1)
    assert not (county_home / "keys" / "data.2.key").exists()


def given(folder: Path, **more: bytes) -> Variables:
    key = (folder / "keys" / "data.key").read_text("ascii")
    return {"ANLAN_KEY_DATA": key} | {name: base64.b64encode(value).decode() for name, value in more.items()}


def test_keys_of_the_environment_are_added_there(county_home: Path) -> None:
    before = persons(county_home)
    said = anlan(county_home, "keys", "rotate", variables=given(county_home), code=3)
    assert "ANLAN_KEY_DATA_2" in said
    assert not (county_home / "keys" / "data.2.key").exists()
    with_second = given(county_home, ANLAN_KEY_DATA_2=b"0123456789abcdef")
    assert "第 2 把" in anlan(county_home, "keys", "rotate", variables=with_second)
    (county_home / "keys" / "data.2.key").write_text(base64.b64encode(b"0123456789abcdef").decode(), "ascii")
    assert persons(county_home) == before


def test_saved_keys_bring_a_backup_back_also_after_a_rotation(county_home: Path, tmp_path: Path) -> None:
    keep(county_home, tmp_path / "before.zip")
    anlan(county_home, "keys", "rotate")
    keep(county_home, tmp_path / "after.zip")
    saved = tmp_path / "keys.json"
    assert "分开的地方" in anlan(county_home, "keys", "save", str(saved))
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert "已存在" in anlan(county_home, "keys", "save", str(saved), code=2)
    for name in ("before", "after"):
        target = tmp_path / f"from-{name}"
        anlan(target, "restore", str(tmp_path / f"{name}.zip"), "--keys", str(saved))
        assert len(persons(target)) == PERSONS


BYTES_THAT_ARE_NOT_SEALED = {
    "kernel.ChangeEntry.digest": "covers an entry",
    "kernel.ChangeEntry.chain": "a link of the chain",
    "kernel.ChangedRecord.sealed": "gets a second layer, see rotation.RECORD",
    "kernel.ChainHead.chain": "a link of the chain",
    "kernel.ChainHead.seal": "covers the head of the chain",
    "kernel.RemovedKey.salt": "a salt",
    "registers.Person.salt": "a salt",
    "sheets.ImportFile.digest": "of a file's bytes",
    "sheets.DraftFile.digest": "of a file's bytes",
}


def test_every_column_of_bytes_is_known_to_rotation() -> None:
    declared = {
        f"{one.model._meta.label}.{name}" for one in sealed_columns.declared() for name in one.names()
    }
    there = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("anlan.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    }
    assert not declared & set(BYTES_THAT_ARE_NOT_SEALED)
    unknown = there - declared - set(BYTES_THAT_ARE_NOT_SEALED)
    assert not unknown, (
        f"declare these as sealed columns in config/apps.py, or say here what they are: {unknown}"
    )
    gone = (declared | set(BYTES_THAT_ARE_NOT_SEALED)) - there
    assert not gone, f"no longer there: {gone}"
