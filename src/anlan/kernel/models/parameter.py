"""Limits, rates and rhythms as dated rows with the text they come from, and the stamps caches are checked
by.
"""

from django.db import models

from anlan.kernel.paths import PathField


class ParameterValue(models.Model):
    """The value of one parameter from a day on, within one area ("" is everywhere).

    A null value ends an area's own rule: from that day the wider area's holds again. ``shipped`` rows came
    with the program and follow its next version; a row set by the county is never touched by it.
    """

    code = models.CharField(max_length=80)
    path = PathField(blank=True)
    valid_from = models.DateField()
    value = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=240, blank=True)
    note = models.CharField(max_length=400, blank=True)
    shipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "path", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "path", "valid_from"], name="parameter_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.path} {self.valid_from}"


class Stamp(models.Model):
    """A random number per cached table, new with every change, so that all processes see they must read
    again.
    """

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
