"""Members of the Party, their stages, and members who work far away."""

from datetime import date
from typing import Self

from django.db import models

from anlan.kernel.actors import Actor
from anlan.kernel.paths import subtree
from anlan.kernel.permissions import ranges_for
from anlan.kernel.uids import new_uid
from anlan.registers.models.organization import PartyOrganization
from anlan.registers.models.person import Person


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about sets of memberships."""

    def open_on(self, day: date) -> Self:
        """Memberships in force on a day (``valid_to`` is exclusive)."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def visible_to(self, actor: Actor, permission: str = "registers.member_view") -> Self:
        """Memberships in organisations of the actor's ranges, over either tree."""
        condition = models.Q(pk__in=())
        for reach in ranges_for(actor, permission):
            if not reach.path:
                return self.all()
            tree = "organization__path" if reach.tree == "organization" else "organization__area__path"
            condition |= subtree(tree, reach.path)
        return self.filter(condition)


class Membership(models.Model):
    """A person's belonging to one organisation at one stage, from one day to another (exclusive).

    A transfer or a new stage closes the row and opens the next. ``joined_on`` is the day the branch
    meeting accepted; ``full_member_on`` the end of probation.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="memberships")
    stage = models.CharField(max_length=24)
    standing = models.CharField(max_length=24, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    joined_precision = models.CharField(max_length=5, blank=True)
    full_member_on = models.DateField(null=True, blank=True)
    full_member_precision = models.CharField(max_length=5, blank=True)
    post = models.CharField(max_length=60, blank=True)
    is_resettler = models.BooleanField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=24, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_to=None), name="membership_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.organization_id}"


class FloatingSpell(models.Model):
    """A time a member works far away: from when (inclusive) to when (exclusive), and where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="floating_spells")
    destination = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_to=None), name="floating_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.destination}"
