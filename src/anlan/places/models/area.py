"""Areas as they are today, and as they were on any day."""

from datetime import date
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor
from anlan.kernel.paths import PathField, subtree
from anlan.kernel.permissions import in_ranges, ranges_for
from anlan.places.rules import AreaKind, SuccessionKind


class AreaQuerySet(models.QuerySet["Area"]):
    """Questions about sets of areas."""

    def within(self, path: str) -> Self:
        """The area at ``path`` and everything below it."""
        return self.filter(subtree("path", path))

    def on(self, day: date) -> Self:
        """Areas that existed on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def visible_to(self, actor: Actor) -> Self:
        """Areas within the actor's ranges."""
        return self.filter(in_ranges(ranges_for(actor, "places.view"), {"area": "path"}))


class Area(models.Model):
    """A county, township, village or community, group, or resettlement point, as it is today.

    ``code`` has 12 digits down to the village; groups and points get the village's code and a number of
    their own. ``valid_to`` is exclusive. What an area was called and where it lay earlier stands in
    ``AreaVersion``.
    """

    code = models.CharField(max_length=18, db_index=True)
    name = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in AreaKind])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = PathField(unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to=None), name="area_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="area_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether the area exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class AreaVersion(models.Model):
    """How an area was called and where it lay from one day (inclusive) to another (exclusive)."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="versions")
    code = models.CharField(max_length=18)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    parent = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    path = PathField(db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["area_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=models.Q(valid_to=None), name="area_one_open_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class AreaSuccession(models.Model):
    """One area followed by another: two villages merged, or one split."""

    kind = models.CharField(max_length=8, choices=[(kind.value, kind.name) for kind in SuccessionKind])
    before = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="predecessors")
    happened_on = models.DateField()
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["happened_on"]
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="area_succession_once")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
