"""Identifiers: UUIDv7, unique, ordered by time."""

import time
import uuid

from anlan.kernel.uids import new_uid, new_uids


def test_they_are_version_seven_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    uid = new_uid()
    after = time.time_ns() // 1_000_000
    assert uid.version == 7 and uid.variant == uuid.RFC_4122
    assert before <= uid.int >> 80 <= after


def test_many_are_different_and_ascend() -> None:
    uids = list(new_uids(10_000))
    assert len(set(uids)) == 10_000 and uids == sorted(uids)
    assert {uid.version for uid in uids} == {7} and {uid.variant for uid in uids} == {uuid.RFC_4122}
