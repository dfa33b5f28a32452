"""How sheets of a layout are read, because somebody once said so."""

from django.db import models


class SheetLayout(models.Model):
    """The reading of every sheet whose header has the same texts in the same order.

    ``columns`` maps the column's number (from 0, as text) to its field; a column left out is not used.
    ``header_rows`` is how many rows the header has where it had to be shown to us, 0 where we find it.
    ``headers`` are the header texts, sealed: a person may have pointed at the wrong row. Erasure: forgotten
    by ``layout_forget``.
    """

    fingerprint = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=24)
    columns = models.JSONField(default=dict, blank=True)
    header_rows = models.PositiveSmallIntegerField(default=0)
    headers = models.BinaryField()
    remembered_on = models.DateField()
    remembered_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-remembered_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint}"
