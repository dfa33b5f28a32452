"""The lists people come back to: a filter and an order under a name."""

from typing import Self

from django.db import models
from django.db.models import Q

from anlan.kernel.actors import PersonActor
from anlan.kernel.paths import PathField
from anlan.kernel.uids import new_uid


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Questions about sets of views."""

    def of_list(self, listing: str, actor: PersonActor) -> Self:
        """The views of a list that the actor has: own ones, and those shared with an office of theirs."""
        condition = Q(owner_id=actor.user_id)
        for tree, path in {(grant.range.tree, grant.range.path) for grant in actor.grants}:
            condition |= Q(shared=True, tree=tree, path=path)
        return self.filter(condition, listing=listing)


class SavedView(models.Model):
    """A filter and an order of one list under a name.

    ``query`` is the address's query, without page and day. A shared view belongs to an office: everybody
    whose role has exactly the range ``tree``, ``path``. Only its owner changes it.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    owner_id = models.BigIntegerField(db_index=True)
    owner_label = models.CharField(max_length=60)
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=30)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    tree = models.CharField(max_length=12, blank=True)
    path = PathField(blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "listing", "name"], name="saved_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view with which a list opens for one person."""

    user_id = models.BigIntegerField()
    listing = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="defaults")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "listing"], name="default_view_one_a_list")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listing}"
