"""Which organisation and which officer covers a point, a village or a unit, from one day to another."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from anlan.kernel import protection
from anlan.places.models import Area
from anlan.registers.models.organization import PartyOrganization
from anlan.registers.models.unit import Unit

M = TypeVar("M", bound=models.Model)
_ONE_TARGET = Q(area=None, unit__isnull=False) | Q(area__isnull=False, unit=None)


class CoverQuerySet(models.QuerySet[M]):
    """Questions about sets of covers, of organisations and of officers."""

    def open_on(self, day: date) -> Self:
        """Those in force on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Cover(models.Model):
    """An organisation given an area (a point, a village) or a unit to cover, in one of the set-up modes."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="covers")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="covers")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="covers")
    setup_mode = models.CharField(max_length=24)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = CoverQuerySet["Cover"].as_manager()

    class Meta:
        ordering = ["organization_id", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=_ONE_TARGET, name="cover_one_target"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(valid_to=None), name="cover_one_organization_an_area"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to=None), name="cover_one_organization_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.valid_from}"

    @property
    def target(self) -> Area | Unit | None:
        """What is covered."""
        return self.unit or self.area


class OfficerCover(models.Model):
    """A resettlement officer or liaison officer responsible for an area or a unit, by name and phone."""

    duty = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    phone = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    phone_tail = models.BinaryField(null=True, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="officer_covers"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="officer_covers"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = CoverQuerySet["OfficerCover"].as_manager()

    class Meta:
        ordering = ["duty", "valid_from"]
        indexes = [models.Index(fields=["phone_tail"], name="officer_phone_tail")]
        constraints = [
            models.CheckConstraint(condition=_ONE_TARGET, name="officer_cover_one_target"),
            models.UniqueConstraint(
                fields=["area", "duty"], condition=Q(valid_to=None), name="officer_cover_once_an_area"
            ),
            models.UniqueConstraint(
                fields=["unit", "duty"], condition=Q(valid_to=None), name="officer_cover_once_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.name}"

    @property
    def target(self) -> Area | Unit | None:
        """What is covered."""
        return self.unit or self.area

    def plain_phone(self) -> str:
        """The phone in clear text, "" where there is none. Show it masked; see ``protection``."""
        return protection.open_text(self.phone) if self.phone else ""
