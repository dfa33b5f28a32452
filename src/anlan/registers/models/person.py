"""Persons and their contacts."""

from typing import Self

from django.db import models

from anlan.kernel import protection
from anlan.kernel.actors import Actor
from anlan.kernel.paths import subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.randomness import random_bytes
from anlan.kernel.uids import new_uid
from anlan.places.models import Area


def new_salt() -> bytes:
    """A new salt of a person's payload key."""
    return random_bytes(16)


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about sets of persons."""

    def visible_to(self, actor: Actor, permission: str = "registers.person_view") -> Self:
        """Persons living in one of the actor's ranges, or belonging to an organisation in one of them."""
        ranges = ranges_for(actor, permission)
        condition = models.Q(pk__in=())
        for reach in ranges:
            if not reach.path:
                return self.all()
            tree = "organization__path" if reach.tree == "organization" else "organization__area__path"
            if reach.tree == "area":
                condition |= models.Q(area_id__in=Area.objects.within(reach.path).values("pk"))
            members = Person.objects.filter(
                subtree(f"memberships__{tree}", reach.path), memberships__valid_to=None
            )
            condition |= models.Q(pk__in=members.values("pk"))
        return self.filter(condition)

    def with_id_number(self, value: str) -> Self:
        """Persons with exactly this id number (18 characters, normalised)."""
        return self.filter(id_index=protection.index_of(value))


class Person(models.Model):
    """One human being, whatever roles they have; ``area`` is where they live today (a group or village).

    Birth has the precision of its source (day, month, year). Education keeps the code and, where the
    sheet said something else, its words. ``salt`` is half of the key of this person's payloads in the
    record of changes: erasing it makes them unreadable.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    # The index of (area, name) serves the key too.
    area = models.ForeignKey(
        Area, null=True, blank=True, db_index=False, on_delete=models.PROTECT, related_name="persons"
    )
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    tokens = models.TextField(blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=5, blank=True)
    died_on = models.DateField(null=True, blank=True)
    ethnic_group = models.CharField(max_length=24, blank=True)
    education = models.CharField(max_length=2, blank=True)
    education_text = models.CharField(max_length=30, blank=True)
    marital_status = models.CharField(max_length=24, blank=True)
    occupation = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=160, blank=True)
    id_number = models.BinaryField(null=True, blank=True)
    id_index = models.BinaryField(null=True, blank=True)
    id_tail = models.BinaryField(null=True, blank=True)
    salt = models.BinaryField(null=True, default=new_salt)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "name"], name="person_area_name"),
            models.Index(fields=["initials"], name="person_initials"),
            models.Index(fields=["pinyin"], name="person_pinyin"),
            models.Index(fields=["id_tail"], name="person_id_tail"),
            # Lists are put in the order of age.
            models.Index(fields=["birth_date"], name="person_birth_date"),
        ]
        constraints = [models.UniqueConstraint(fields=["id_index"], name="person_id_once")]

    def __str__(self) -> str:
        return self.name

    def plain_id_number(self) -> str:
        """The id number in clear text, "" where there is none. Show it masked; see ``protection``."""
        return protection.open_text(self.id_number) if self.id_number else ""


class PersonContact(models.Model):
    """A phone or bank account of a person, from one source, from one day (``valid_to`` is exclusive)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8)
    value = models.BinaryField()
    value_index = models.BinaryField()
    value_tail = models.BinaryField()
    note = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["value_tail"], name="contact_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "value_index"],
                condition=models.Q(valid_to=None),
                name="contact_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    def plain_value(self) -> str:
        """The phone or account in clear text. Show it masked; see ``protection``."""
        return protection.open_text(self.value)


PHONE, ACCOUNT = "phone", "account"
