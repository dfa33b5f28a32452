"""Who took which list out of the system, when, how much of it, and why."""

from django.db import models

from anlan.kernel.uids import new_uid


class Export(models.Model):
    """One file with data of persons that somebody took out. Never changed, never deleted.

    ``listing`` is the code of the list, ``title`` what it was called; ``filter`` says in words what it was
    narrowed to, long numbers masked. ``form`` is csv, xlsx or layout. ``full`` says that id numbers and
    phones stand in it unmasked. ``reason`` is empty where none was given.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    taken_at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(db_index=True)
    actor_label = models.CharField(max_length=120)
    listing = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    form = models.CharField(max_length=8)
    filter = models.TextField(blank=True)
    rows = models.PositiveIntegerField()
    full = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.listing} {self.rows} {self.actor_label}"
