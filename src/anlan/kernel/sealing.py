"""Sealing many payloads of the record of changes: pure, so that a second process can do it."""

from collections.abc import Sequence

from anlan.kernel import protection

Unsealed = tuple[str, int, bytes, bytes | None]
"""A record's kind and id, its row changes as JSON (empty: none), the salt of its key (None: that of all)."""
Sealed = tuple[str, int, bytes, bytes]
"""A record's kind and id, its sealed rows, and its leaf in the digest of the entry."""


def leaf_of(kind: str, number: int, sealed: bytes) -> bytes:
    """What the digest of an entry covers of one record."""
    return protection.plain_digest(f"{kind}:{number}:{len(sealed)};".encode() + sealed)


def seal_many(bodies: Sequence[Unsealed]) -> list[Sealed]:
    """Seal payloads in order."""
    done = []
    for kind, number, body, salt in bodies:
        sealed = b""
        if body and salt is not None:
            sealed = protection.seal_for(protection.person_key(salt), body)
        elif body:
            sealed = protection.seal(body)
        done.append((kind, number, sealed, leaf_of(kind, number, sealed)))
    return done
