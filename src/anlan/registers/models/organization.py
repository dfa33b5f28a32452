"""Party organisations, what they were called before, who holds their posts."""

from datetime import date
from typing import Self

from django.db import models

from anlan.kernel import protection
from anlan.kernel.actors import Actor
from anlan.kernel.paths import PathField, subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.uids import new_uid
from anlan.places.models import Area
from anlan.registers.models.person import Person


class OrganizationQuerySet(models.QuerySet["PartyOrganization"]):
    """Questions about sets of organisations."""

    def within(self, path: str) -> Self:
        """The organisation at ``path`` and everything below it."""
        return self.filter(subtree("path", path))

    def open_on(self, day: date) -> Self:
        """Organisations that existed on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def visible_to(self, actor: Actor, permission: str = "registers.organization_view") -> Self:
        """Organisations in one of the actor's ranges, over either tree."""
        condition = models.Q(pk__in=())
        for reach in ranges_for(actor, permission):
            if not reach.path:
                return self.all()
            condition |= subtree("path" if reach.tree == "organization" else "area__path", reach.path)
        return self.filter(condition)


class PartyOrganization(models.Model):
    """A Party committee, working committee, general branch, branch or group, as it is today."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    code = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=120, db_index=True)
    pinyin = models.CharField(max_length=240, blank=True)
    initials = models.CharField(max_length=120, blank=True)
    tokens = models.TextField(blank=True)
    kind = models.CharField(max_length=24)
    setup_mode = models.CharField(max_length=24, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = PathField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="organizations")
    founded_on = models.DateField(null=True, blank=True)
    founded_precision = models.CharField(max_length=5, blank=True)
    elected_on = models.DateField(null=True, blank=True)
    elected_precision = models.CharField(max_length=5, blank=True)
    election_due_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether the organisation exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class OrganizationVersion(models.Model):
    """How an organisation was called and under whom it stood from one day to another (exclusive)."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=24)
    parent = models.ForeignKey(
        PartyOrganization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    path = PathField(db_index=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(valid_to=None),
                name="organization_one_open_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class Appointment(models.Model):
    """A post held in an organisation for a term. ``name`` is kept as text until matched to a person."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    name = models.CharField(max_length=60, blank=True)
    phone = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    phone_tail = models.BinaryField(null=True, blank=True)
    post = models.CharField(max_length=24)
    term_ends_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organization_id", "post", "valid_from"]
        indexes = [models.Index(fields=["phone_tail"], name="appointment_phone_tail")]

    def __str__(self) -> str:
        return f"{self.post} {self.name}"

    def plain_phone(self) -> str:
        """The phone in clear text, "" where there is none. Show it masked; see ``protection``."""
        return protection.open_text(self.phone) if self.phone else ""
