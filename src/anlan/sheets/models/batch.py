"""Imports that were written, with the files they came from."""

from enum import StrEnum
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor, PersonActor
from anlan.kernel.paths import PathField, subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.uids import new_uid


class BatchState(StrEnum):
    """Where a batch stands."""

    WRITTEN = "written"
    UNDONE = "undone"


def inside(actor: Actor, permission: str) -> models.Q:
    """The condition that something was made inside one of the actor's ranges, or by the actor."""
    ranges = ranges_for(actor, permission)
    condition = models.Q(pk__in=())
    if not ranges:
        return condition
    for reach in ranges:
        if reach.tree == "area" and reach.is_whole:
            return models.Q()
        if reach.tree == "area":
            condition |= subtree("path", reach.path)
    if isinstance(actor, PersonActor):
        condition |= models.Q(user_id=actor.user_id)
    return condition


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    """Questions about sets of batches."""

    def visible_to(self, actor: Actor, permission: str = "sheets.import_view") -> Self:
        """The batches made inside one of the actor's ranges, and the actor's own."""
        return self.filter(inside(actor, permission))


class ImportBatch(models.Model):
    """One import: several files, taken together, written whole or not at all.

    ``result`` is the result as contracts.md gives it, without the problems' texts: counts and nothing
    personal. ``path`` is the smallest area that holds everything whoever imported may import ("" the whole
    county); ``approved_by`` names the second person where one was needed. The entry in the record of changes
    is found by the record (``import_batch``, id). Erasure: nothing personal.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    state = models.CharField(max_length=8, choices=[(state.value, state.name) for state in BatchState])
    made_on = models.DateField()
    written_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    actor_label = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    path = PathField(blank=True)
    kinds = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def file_names(self) -> list[str]:
        """The names of its files, each once; of a batch without copies those its result tells."""
        kept = [file.name for file in self.files.all()]
        told = (str(file.get("file", "")) for file in self.result.get("files", ()))
        return list(dict.fromkeys(kept or told))

    def total(self, name: str) -> int:
        """A count over all sheets: rows, added, changed, unchanged, duplicates, refused, warned."""
        sheets = (sheet for file in self.result.get("files", ()) for sheet in file.get("sheets", ()))
        return sum(int(sheet.get(name) or 0) for sheet in sheets)


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
