"""Sealed values, keys, indexes and masks."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel import protection


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert protection.open_text(protection.seal(text)) == text


@given(st.binary(max_size=200), st.binary(min_size=16, max_size=16))
def test_a_persons_payload_opens_with_their_salt_only(body: bytes, salt: bytes) -> None:
    sealed = protection.seal_for(protection.person_key(salt), body)
    assert protection.open_for(protection.person_key(salt), sealed) == body
    with pytest.raises(InvalidTag):
        protection.open_for(protection.person_key(salt + b"x"), sealed)
    with pytest.raises(InvalidTag):
        protection.open_bytes(sealed)


@given(st.data())
def test_an_altered_value_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(protection.seal("500299196205040018"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((InvalidTag, ValueError)):
        protection.open_bytes(bytes(sealed))


def test_the_same_value_is_sealed_differently_each_time_and_indexed_alike() -> None:
    assert protection.seal("13912346712") != protection.seal("13912346712")
    assert protection.index_of("13912346712") == protection.index_of("13912346712")
    assert protection.index_of("13912346712") != protection.index_of("13912346713")
    assert len(protection.index_of("x")) == 16 and len(protection.tail_index_of("6712")) == 8
    assert protection.index_of("6712")[:8] != protection.tail_index_of("6712")


def test_the_algorithm_is_named_in_the_value() -> None:
    sealed = protection.seal("x")
    assert sealed[:1] == protection.SM4_GCM
    with pytest.raises(ValueError, match="algorithm"):
        protection.open_bytes(b"\x7f" + sealed[1:])


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (protection.mask_id_number, "500299196205040018", "500299********0018"),
        (protection.mask_id_number, "50029962050401", "500299****0401"),
        (protection.mask_phone, "13912346712", "139****6712"),
        (protection.mask_account, "6217001234567890", "************7890"),
        (protection.mask_account, "12", "12"),
    ],
)
def test_masks_hide_the_middle(mask: object, value: str, shown: str) -> None:
    assert callable(mask) and mask(value) == shown


def test_the_tail_is_the_last_four() -> None:
    assert protection.tail_of("500299196205040018") == "0018"


def test_digests_tell_where_parts_end() -> None:
    assert protection.chain_digest(b"ab", b"c") != protection.chain_digest(b"a", b"bc")


_MAKE = """
import sys
from django.conf import settings
settings.configure(KEYS_FOLDER=sys.argv[1])
from anlan.kernel import protection
sys.stdout.write(protection._key("data").hex())
"""


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    import anlan

    source = str(Path(anlan.__file__).parents[1])
    command = [sys.executable, "-c", _MAKE, str(tmp_path / "keys")]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": source}) for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in running}
    assert len(keys) == 1 and len(keys.pop()) == 32
    files = list((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == ["data.key"]
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_key_from_the_environment_is_used(tmp_path: Path) -> None:
    import anlan

    key = bytes(range(16))
    environment = {
        "PYTHONPATH": str(Path(anlan.__file__).parents[1]),
        "ANLAN_KEY_DATA": base64.b64encode(key).decode(),
    }
    command = [sys.executable, "-c", _MAKE, str(tmp_path / "keys")]
    told = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
    assert told.decode() == key.hex() and not (tmp_path / "keys").exists()
