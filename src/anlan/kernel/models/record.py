"""The record of changes: what was done, by whom, to which records, chained so that it cannot be altered
unnoticed.
"""

from django.db import models


class ChangeEntry(models.Model):
    """One action carried out. Append-only; written by the runner alone, in the action's transaction.

    ``digest`` covers the header and every sealed payload of the entry; ``chain`` covers the previous
    entry's chain value and this digest, in the order of ``sequence``.
    """

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    digest = models.BinaryField()
    chain = models.BinaryField()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class ChangedRecord(models.Model):
    """One record an entry touched, so that a record's page finds its history also through imports.

    ``sealed`` is the rows' before and after, readable with the key of the person concerned (kind
    ``person``) or the installation's; empty where another record of the same entry carries the rows.
    """

    entry = models.ForeignKey(ChangeEntry, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="changed_record_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class ChainHead(models.Model):
    """Where the chain ends. One row, locked last in each transaction, so that entries queue up only there.

    ``seal`` is the keyed digest of both: without the key nobody can cut off the last entries and set the head
    back to where the chain ended then.
    """

    sequence = models.BigIntegerField(default=0)
    chain = models.BinaryField(default=b"")
    seal = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return str(self.sequence)
