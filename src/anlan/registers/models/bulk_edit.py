"""Corrections of many records at once."""

from enum import StrEnum
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor
from anlan.kernel.paths import PathField
from anlan.kernel.uids import new_uid
from anlan.sheets.models.batch import inside


class BulkState(StrEnum):
    """Where a bulk correction stands."""

    WRITTEN = "written"
    UNDONE = "undone"


class BulkEditQuerySet(models.QuerySet["BulkEdit"]):
    """Questions about sets of bulk corrections."""

    def visible_to(self, actor: Actor, permission: str = "registers.bulk_edit_view") -> Self:
        """Those made inside one of the actor's ranges, and the actor's own."""
        return self.filter(inside(actor, permission))


class BulkEdit(models.Model):
    """One fact of many records corrected at once: which, to what, why, how many, on which list.

    ``fact`` is a code of ``rules.bulk_editing``, ``value`` the new value as JSON can say it, ``words`` what
    the list was narrowed by. ``left_out`` are rows of the list without such a record, or outside the actor's
    range. ``path`` is the smallest area that holds the actor's range. The rows' before and after stand in the
    record of changes, found by the record (``bulk_edit``, id). Erasure: nothing personal.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    state = models.CharField(max_length=8, choices=[(state.value, state.name) for state in BulkState])
    register = models.CharField(max_length=16)
    fact = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    words = models.CharField(max_length=400, blank=True)
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    actor_label = models.CharField(max_length=120)
    path = PathField(blank=True)

    objects = BulkEditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.fact} {self.written_at}"
