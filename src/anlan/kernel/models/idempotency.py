"""Requests already answered, so that a second sending is answered alike and done once."""

from django.db import models


class IdempotencyKey(models.Model):
    """One key of one actor: what was asked (a digest) and what was answered.

    The row is written in the transaction of what it guards: it is there exactly when that was done.
    """

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    outcome = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
