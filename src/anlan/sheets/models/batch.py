"""Imports that were written, with the files they came from."""

from enum import StrEnum

from django.db import models

from anlan.kernel.uids import new_uid


class BatchState(StrEnum):
    """Where a batch stands."""

    WRITTEN = "written"
    UNDONE = "undone"


class ImportBatch(models.Model):
    """One import: several files, taken together, written whole or not at all.

    ``result`` is the result as contracts.md gives it, without the problems' texts: counts and nothing
    personal. The entry in the record of changes is found by the record (``import_batch``, id). Erasure:
    nothing personal.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    state = models.CharField(max_length=8, choices=[(state.value, state.name) for state in BatchState])
    made_on = models.DateField()
    as_of = models.DateField(null=True, blank=True)
    actor_label = models.CharField(max_length=120)
    kinds = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.uid)


class ImportFile(models.Model):
    """One file of a batch. ``digest`` is the SHA-256 of its bytes; the bytes stand sealed under
    ``HOME/files``.

    Erasure: the sealed copy goes with the batch's retention (the file names and digests say nothing
    personal).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    digest = models.BinaryField(db_index=True)
    place = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name
