"""Keys of records whose rows were taken back."""

from django.db import models


class RemovedKey(models.Model):
    """The salt of a record whose row was removed, so that its history stays readable until an erasure."""

    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    salt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="removed_key_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
