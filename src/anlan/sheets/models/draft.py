"""Imports on their way: uploaded, read, answered, perhaps waiting for a second person; not written yet."""

from enum import StrEnum
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor, PersonActor
from anlan.kernel.paths import PathField
from anlan.kernel.uids import new_uid
from anlan.sheets.models.batch import inside


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    WAITING = "waiting"
    REJECTED = "rejected"


class DraftQuerySet(models.QuerySet["ImportDraft"]):
    """Questions about sets of drafts."""

    def own(self, actor: Actor) -> Self:
        """The drafts a person began."""
        if not isinstance(actor, PersonActor):
            return self.none()
        return self.filter(user_id=actor.user_id)

    def to_decide(self, actor: Actor) -> Self:
        """The drafts that wait for a second person and that this one may decide: never one's own."""
        waiting = self.filter(inside(actor, "sheets.draft_approve"), state=DraftState.WAITING)
        if isinstance(actor, PersonActor):
            return waiting.exclude(user_id=actor.user_id)
        return waiting.none()

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those one may decide."""
        mine = self.own(actor).values("pk")
        others = self.to_decide(actor).values("pk")
        return self.filter(models.Q(pk__in=mine) | models.Q(pk__in=others))


class ImportDraft(models.Model):
    """One import before it is written. The batch it becomes bears the same ``uid``.

    ``settings`` is what was asked for and answered, as ``Instructions.as_json`` has it; ``revision`` counts
    its changes, so that a check is known to be of what is asked now. ``path`` is as in ``ImportBatch``.
    ``result`` has the counts seen when it was sent for approval. Erasure: nothing personal; the files
    stand sealed and go when the draft is thrown away, or after ``sheets.draft_days``.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    state = models.CharField(
        max_length=8,
        choices=[(state.value, state.name) for state in DraftState],
        default=DraftState.OPEN.value,
    )
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=120)
    path = PathField(blank=True)
    made_on = models.DateField()
    changed_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    settings = models.JSONField(default=dict, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    result = models.JSONField(default=dict, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.uid)


class DraftFile(models.Model):
    """One file of a draft. ``number`` names it within the draft and is never given again.

    Erasure: as that of the draft.
    """

    draft = models.ForeignKey(ImportDraft, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    digest = models.BinaryField()
    place = models.CharField(max_length=120)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name
