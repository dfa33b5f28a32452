"""Who was moved from where, how, and which support follows."""

from datetime import date

from django.db import models

from anlan.registers.models.person import Person


class SupportProgramme(models.Model):
    """A support programme with its text; the yearly amounts and their days stand in ``SupportAmount``.

    Nothing about a programme is a constant: the first one (600 yuan for 20 years) ran out on 2026-06-30.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["valid_from", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def begins(self) -> date:
        """The first day, as the rules call it."""
        return self.valid_from

    @property
    def ends(self) -> date | None:
        """The day after the last, as the rules call it."""
        return self.valid_to


class SupportAmount(models.Model):
    """What a programme pays per person and year, from one day (inclusive) to another (exclusive)."""

    programme = models.ForeignKey(SupportProgramme, on_delete=models.CASCADE, related_name="amounts")
    yuan_per_year = models.DecimalField(max_digits=10, decimal_places=2)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["programme_id", "valid_from"]

    def __str__(self) -> str:
        return f"{self.yuan_per_year} {self.valid_from}"


class ResettlementRecord(models.Model):
    """What is verified about one resettled person, as it holds from one day to another (exclusive).

    A change of support (stopped by death, suspended in prison, restored) closes the row and opens the
    next, so that the register reads right on any day.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="resettlements")
    register_number = models.CharField(max_length=32, blank=True)
    from_place = models.CharField(max_length=120, blank=True)
    moved_on = models.DateField(null=True, blank=True)
    moved_precision = models.CharField(max_length=5, blank=True)
    mode = models.CharField(max_length=30, blank=True)
    support_mode = models.CharField(max_length=30, blank=True)
    programme = models.ForeignKey(
        SupportProgramme, null=True, blank=True, db_index=False, on_delete=models.PROTECT
    )
    support_until = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["register_number"],
                condition=~models.Q(register_number=""),
                name="resettlement_number",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_to=None), name="resettlement_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.moved_on}"
