"""Writing, reading and verifying the record of changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import orjson

from anlan.kernel import protection, stamps
from anlan.kernel.bulk import insert_rows
from anlan.kernel.changes import Change, RowChange, columns_of, opened_with, salts_of_kind
from anlan.kernel.models import ChainHead, ChangedRecord, ChangeEntry
from anlan.kernel.sealing import leaf_of

_START = b"anlan"


def lock_head() -> ChainHead:
    """Take the head of the chain, which every change takes last: until the transaction ends nobody else's
    entry can follow.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"chain": _START})
    return head


def write_entry(change: Change, action: str, at: datetime) -> ChangeEntry:
    """Append one entry for a finished action. Called by the runner, last in its transaction."""
    records = change.records()
    head = lock_head()
    entry = ChangeEntry(
        sequence=head.sequence + 1,
        at=at,
        action=action,
        actor_kind=change.actor.kind,
        actor_id=getattr(change.actor, "user_id", None),
        actor_label=change.actor.label[:120],
        reason=change.reason,
        facts=change.facts,
    )
    entry.digest = _digest(entry, (leaf for _, _, _, leaf in records))
    entry.chain = protection.chain_digest(bytes(head.chain), entry.digest)
    entry.save(force_insert=True)
    insert_rows(
        ChangedRecord,
        ("entry_id", "kind", "object_id", "sealed"),
        ((entry.pk, kind, number, sealed) for kind, number, sealed, _ in records),
    )
    head.sequence, head.chain = entry.sequence, entry.chain
    head.seal = _head_seal(head.sequence, entry.chain)
    head.save(update_fields=["sequence", "chain", "seal"])
    stamps.look_again()
    return entry


def _digest(entry: ChangeEntry, leaves: Iterable[bytes]) -> bytes:
    """What the chain covers of an entry: its header, and the leaf of each record in order."""
    header = [
        entry.sequence,
        entry.at.isoformat(),
        entry.action,
        entry.actor_kind,
        entry.actor_id,
        entry.actor_label,
        entry.reason,
        entry.facts,
    ]
    return protection.chain_digest(orjson.dumps(header, option=orjson.OPT_SORT_KEYS), b"".join(leaves))


def _head_seal(sequence: int, chain: bytes) -> bytes:
    return protection.chain_digest(b"head", sequence.to_bytes(8, "big"), chain)


def verify() -> list[str]:
    """Check the whole chain; gives what is broken, the first broken link first, nothing when it is whole."""
    findings: list[str] = []
    previous, expected = _START, 1
    for entry, records in _entries_with_records():
        name = f"#{entry.sequence} {entry.action}"
        if entry.sequence != expected:
            findings.append(f"#{expected}: entry missing before {name}")
        if bytes(entry.digest) != _digest(entry, (leaf_of(*record) for record in records)):
            findings.append(f"{name}: content altered")
        if bytes(entry.chain) != protection.chain_digest(previous, bytes(entry.digest)):
            findings.append(f"{name}: link to the entry before it broken")
        previous, expected = bytes(entry.chain), entry.sequence + 1
    head = ChainHead.objects.filter(pk=1).first()
    stands = (head.sequence, bytes(head.chain)) if head else (0, _START)
    if stands != (expected - 1, previous):
        findings.append(f"#{expected - 1}: the chain does not end where its head says ({stands[0]})")
    elif head is not None and bytes(head.seal) != _head_seal(*stands):
        findings.append(f"#{stands[0]}: the head of the chain was set by somebody without the key")
    orphans = ChangedRecord.objects.exclude(entry_id__in=ChangeEntry.objects.values("pk")).count()
    if orphans:
        findings.append(f"{orphans} changed records belong to no entry")
    return findings


def _entries_with_records() -> Iterator[tuple[ChangeEntry, list[tuple[str, int, bytes]]]]:
    rows = ChangedRecord.objects.order_by("entry__sequence", "pk").values_list(
        "entry__sequence", "kind", "object_id", "sealed"
    )
    grouped = groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0])
    current = next(grouped, None)
    for entry in ChangeEntry.objects.order_by("sequence").iterator(chunk_size=500):
        records: list[tuple[str, int, bytes]] = []
        if current is not None and current[0] == entry.sequence:
            records = [
                (kind, number, protection.unwrapped_or_altered(sealed))
                for _, kind, number, sealed in current[1]
            ]
            current = next(grouped, None)
        yield entry, records


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One entry as a record's page shows it; ``rows`` is None when an erasure destroyed its key."""

    entry: ChangeEntry
    rows: Sequence[RowChange] | None


def history(kind: str, object_id: int, limit: int = 50) -> list[HistoryItem]:
    """What happened to one record, the latest first. Two queries, however long it is."""
    touched = (
        ChangedRecord.objects.filter(kind=kind, object_id=object_id)
        .select_related("entry")
        .order_by("-entry__sequence", "pk")[:limit]
    )
    salt = salts_of_kind(kind, [object_id]).get(object_id)
    return [
        HistoryItem(row.entry, opened_with(kind, bytes(row.sealed), salt, columns_of(row.entry)))
        for row in touched
    ]


def rows_of(entry: ChangeEntry, kind: str, start: int, count: int) -> list[tuple[int, Sequence[RowChange]]]:
    """Some of the records of a kind whose rows an entry changed, in its order: their ids and row changes.

    A record whose key was destroyed by an erasure has no rows any more.
    """
    touched = ChangedRecord.objects.filter(entry=entry, kind=kind).exclude(sealed=b"").order_by("pk")
    found = list(touched.values_list("object_id", "sealed")[start : start + count])
    salts, columns = salts_of_kind(kind, [number for number, _ in found]), columns_of(entry)
    return [
        (number, opened_with(kind, bytes(sealed), salts.get(number), columns) or [])
        for number, sealed in found
    ]


def entries_about(kind: str, ids: Iterable[int]) -> list[int]:
    """The ids of all entries that touched or named records of a kind."""
    rows = ChangedRecord.objects.filter(kind=kind, object_id__in=list(ids))
    return list(rows.values_list("entry_id", flat=True).distinct())


def entry_of(kind: str, object_id: int, sequence: int) -> ChangeEntry | None:
    """The entry with a sequence, where it touched the record; None otherwise."""
    touched = ChangedRecord.objects.filter(kind=kind, object_id=object_id, entry__sequence=sequence)
    row = touched.select_related("entry").first()
    return row.entry if row is not None else None


def records_in(entry: ChangeEntry) -> list[tuple[str, int]]:
    """The records (kind, id) an entry touched, in order."""
    return list(ChangedRecord.objects.filter(entry=entry).order_by("pk").values_list("kind", "object_id"))


def entry_undone_by(kind: str, object_id: int, sequence: int) -> ChangeEntry | None:
    """The entry by which one of a record's entries was taken back (``withdraws`` in its facts), if any."""
    later = ChangedRecord.objects.filter(
        kind=kind, object_id=object_id, entry__sequence__gt=sequence, entry__facts__withdraws=sequence
    )
    row = later.select_related("entry").first()
    return row.entry if row is not None else None


def current_sequence() -> int:
    """The sequence of the latest entry, by which a plan notices that others wrote meanwhile."""
    return ChainHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0


def touched_since(sequence: int) -> set[tuple[str, int]]:
    """The records touched by entries after ``sequence`` (exclusive)."""
    rows = ChangedRecord.objects.filter(entry__sequence__gt=sequence)
    return set(rows.values_list("kind", "object_id"))
