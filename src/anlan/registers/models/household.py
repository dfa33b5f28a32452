"""Households, where they live, who belongs to them."""

from datetime import date
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor
from anlan.kernel.permissions import ranges_for
from anlan.kernel.uids import new_uid
from anlan.places.models import Area
from anlan.registers.models.person import Person


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Questions about sets of households."""

    def visible_to(self, actor: Actor, permission: str = "registers.household_view") -> Self:
        """Households living in one of the actor's area ranges."""
        condition = models.Q(pk__in=())
        for reach in ranges_for(actor, permission):
            if not reach.path:
                return self.all()
            if reach.tree == "area":
                condition |= models.Q(area_id__in=Area.objects.within(reach.path).values("pk"))
        return self.filter(condition)

    def open_on(self, day: date) -> Self:
        """Households that existed on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))


class Household(models.Model):
    """A resettled household; ``number`` as the county's sheets write it, unique within a village."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    number = models.CharField(max_length=32, blank=True)
    # The index of (area, number) serves the key too.
    area = models.ForeignKey(Area, db_index=False, on_delete=models.PROTECT, related_name="households")
    head = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="heads")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "number"], name="household_area_number"),
            models.Index(fields=["number"], name="household_number"),
        ]

    def __str__(self) -> str:
        return self.number


class HouseholdResidence(models.Model):
    """Where a household lives, from one day (inclusive) to another (exclusive)."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="residences")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="residences")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(valid_to=None), name="residence_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.valid_from}"


class HouseholdMembership(models.Model):
    """A person's place in a household: relation to the head, from one day to another (exclusive)."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household_memberships")
    relation = models.CharField(max_length=24, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_to=None), name="household_membership_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.household_id}"
