"""Later keys: old values stay readable, new ones lie under the new key, the chain does not notice."""

import base64
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from anlan.kernel import protection, record
from anlan.kernel.actors import SystemActor
from anlan.kernel.models import ChangedRecord
from anlan.kernel.parameter_actions import parameter_set
from anlan.kernel.sealing import leaf_of

CACHES = (protection._key, protection._data_key, protection._hmac, protection._tail_index)


def _forget() -> None:
    protection._looked.clear()
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: object) -> Iterator[Path]:
    """The suite's keys in a folder of this test alone."""
    protection.keys_in_use()
    shutil.copytree(settings.KEYS_FOLDER, tmp_path / "keys")  # type: ignore[attr-defined]
    settings.KEYS_FOLDER = tmp_path / "keys"  # type: ignore[attr-defined]
    _forget()
    yield tmp_path / "keys"
    _forget()


def test_old_values_stay_readable_and_new_ones_name_their_key() -> None:
    first = protection.seal("500299196205040018")
    key = protection.person_key(b"salt")
    first_payload = protection.seal_for(key, b"payload")
    assert protection.add_generation(protection.DATA) == 2
    second = protection.seal("500299196205040018")
    assert (protection.generation_of(first), protection.generation_of(second)) == (1, 2)
    assert protection.open_text(first) == protection.open_text(second) == "500299196205040018"
    assert protection.open_for(key, first_payload) == b"payload"
    assert protection.generation_of(protection.seal_for(key, b"payload")) == 2


def test_a_later_key_is_another_key(own_keys: Path) -> None:
    protection.seal("x")
    protection.add_generation(protection.DATA)
    later = protection.seal("x")
    own_keys.joinpath("data.2.key").write_text(base64.b64encode(b"0" * 16).decode(), "ascii")
    _forget()
    with pytest.raises(InvalidTag):
        protection.open_text(later)


def test_a_later_key_is_never_made_by_reading() -> None:
    protection.seal("x")
    with pytest.raises(protection.KeysMissing, match=r"data\.7\.key"):
        protection.open_text(protection.SM4_GCM_LATER + b"\x07" + bytes(40))


def test_the_index_follows_its_own_key() -> None:
    first, tail = protection.index_of("13912346712"), protection.tail_index_of("6712")
    protection.add_generation(protection.INDEX)
    assert protection.index_of("13912346712") != first
    assert protection.tail_index_of("6712") != tail
    assert protection.generation(protection.DATA) == 1


def test_a_second_layer_comes_off_again_and_is_replaced_not_piled_up() -> None:
    inner = protection.seal("x")
    protection.add_generation(protection.DATA)
    once = protection.wrap(inner)
    protection.add_generation(protection.DATA)
    twice = protection.wrap(once)
    assert (protection.generation_of(once), protection.generation_of(twice)) == (2, 3)
    assert protection.unwrap(once) == protection.unwrap(twice) == protection.unwrap(inner) == inner
    assert len(once) == len(twice)
    assert protection.unwrap(b"") == b""


def test_another_process_learns_the_new_key_by_looking(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert protection.generation_of(protection.seal("x")) == 1
    (own_keys / "data.2.key").write_text(base64.b64encode(b"1" * 16).decode(), "ascii")
    monkeypatch.setattr(protection, "LOOK_SECONDS", 0.0)
    assert protection.generation_of(protection.seal("x")) == 2


def test_keys_may_come_from_the_environment(own_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own_keys / "data.key").unlink()
    _forget()
    for name, byte in (("ANLAN_KEY_DATA", b"a"), ("ANLAN_KEY_DATA_2", b"b")):
        monkeypatch.setenv(name, base64.b64encode(byte * 16).decode())
    assert protection.generation_of(protection.seal("x")) == 2
    told = protection.keys_in_use()
    assert (told["data"], told["data.2"]) == (b"a" * 16, b"b" * 16)
    assert not list(own_keys.glob("data*"))


def test_a_helping_process_uses_the_latest_key_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    protection.seal("x")
    protection.add_generation(protection.DATA)
    told = protection.keys_in_use()
    monkeypatch.setattr(protection, "_given", dict(told))
    _forget()
    assert protection.generation_of(protection.seal("x")) == 2


@pytest.mark.django_db
def test_the_chain_verifies_through_a_second_layer_and_history_reads() -> None:
    parameter_set(
        SystemActor("test"),
        code="kernel.job_days",
        value=7,
        valid_from=date(2026, 1, 1),
        source="测试文件",
    )
    stored = ChangedRecord.objects.filter(kind="parameter").latest("pk")
    before = record.history(stored.kind, stored.object_id)
    protection.add_generation(protection.DATA)
    leaf = leaf_of(stored.kind, stored.object_id, bytes(stored.sealed))
    ChangedRecord.objects.filter(pk=stored.pk).update(sealed=protection.wrap(stored.sealed))
    stored.refresh_from_db()
    assert leaf_of(stored.kind, stored.object_id, protection.unwrap(stored.sealed)) == leaf
    assert record.verify() == []
    assert record.history(stored.kind, stored.object_id) == before
    altered = bytes(stored.sealed)[:-1] + bytes([bytes(stored.sealed)[-1] ^ 1])
    for broken in (altered, protection.WRAPPED, protection.WRAPPED + b"\x09" + bytes(40)):
        ChangedRecord.objects.filter(pk=stored.pk).update(sealed=broken)
        assert any("content altered" in finding for finding in record.verify())
