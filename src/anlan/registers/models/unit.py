"""Units to be covered, what they were called before, how many work there; contact points of three tiers."""

from datetime import date
from typing import Self

from django.db import models

from anlan.kernel import protection
from anlan.kernel.actors import Actor
from anlan.kernel.paths import subtree
from anlan.kernel.permissions import in_ranges, ranges_for
from anlan.kernel.uids import new_uid
from anlan.places.models import Area


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about sets of units."""

    def open_on(self, day: date) -> Self:
        """Units that existed on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def visible_to(self, actor: Actor, permission: str = "registers.unit_view") -> Self:
        """Units in the actor's area ranges, and those covered today from the organisation ranges."""
        condition = models.Q(pk__in=())
        for reach in ranges_for(actor, permission):
            if not reach.path:
                return self.all()
            if reach.tree == "area":
                condition |= subtree("area__path", reach.path)
            else:
                covered = subtree("covers__organization__path", reach.path)
                condition |= models.Q(pk__in=Unit.objects.filter(covered, covers__valid_to=None).values("pk"))
        return self.filter(condition)


class Unit(models.Model):
    """A cooperative, trade association, enterprise, 两新组织 or major project, as it is today."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=120, db_index=True)
    pinyin = models.CharField(max_length=240, blank=True)
    initials = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=24)
    credit_code = models.CharField(max_length=18, blank=True, db_index=True)
    trade = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    contact_name = models.CharField(max_length=60, blank=True)
    phone = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    phone_tail = models.BinaryField(null=True, blank=True)
    work_starts_on = models.DateField(null=True, blank=True)
    work_ends_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["phone_tail"], name="unit_phone_tail")]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=models.Q(valid_to=None) & ~models.Q(credit_code=""),
                name="unit_credit_code_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether the unit exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def plain_phone(self) -> str:
        """The phone in clear text, "" where there is none. Show it masked; see ``protection``."""
        return protection.open_text(self.phone) if self.phone else ""


class UnitVersion(models.Model):
    """How a unit was called, of which kind it was and where it lay from one day to another (exclusive)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=24)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to=None), name="unit_one_open_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class UnitHeadcount(models.Model):
    """How many worked in a unit from one day to another (exclusive); None is not stated."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="headcounts")
    resettlers = models.PositiveIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    full_members = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to=None), name="unit_one_open_headcount"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.valid_from}"


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """Questions about sets of contact points."""

    def open_on(self, day: date) -> Self:
        """Contact points that existed on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def visible_to(self, actor: Actor, permission: str = "registers.contact_point_view") -> Self:
        """Contact points within the actor's area ranges."""
        return self.filter(in_ranges(ranges_for(actor, permission), {"area": "area__path"}))


class ContactPoint(models.Model):
    """A contact point for resettlers (移民群众联系点) of the county, a township or a village."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=120, db_index=True)
    tier = models.CharField(max_length=10)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contact_points")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether the contact point exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class ContactPointDuty(models.Model):
    """Where a contact point is, who is there and when it is open, from one day to another (exclusive)."""

    contact_point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="duties")
    place = models.CharField(max_length=120, blank=True)
    officer_name = models.CharField(max_length=60, blank=True)
    phone = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    phone_tail = models.BinaryField(null=True, blank=True)
    opening = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["contact_point_id", "valid_from"]
        indexes = [models.Index(fields=["phone_tail"], name="contact_duty_phone_tail")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact_point"], condition=models.Q(valid_to=None), name="contact_point_one_duty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_point_id} {self.valid_from}"

    def plain_phone(self) -> str:
        """The phone in clear text, "" where there is none. Show it masked; see ``protection``."""
        return protection.open_text(self.phone) if self.phone else ""
