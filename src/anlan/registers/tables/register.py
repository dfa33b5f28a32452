"""What all register lists share: a day, an area read as of that day, who may be named, links of records."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.permissions import holds
from anlan.registers.models import Household, Membership, PartyOrganization, Person
from anlan.registers.queries.reach import holds_everywhere
from anlan.registers.rules.bulk_editing import BULK
from anlan.web import formats
from anlan.web.listing import Listing
from anlan.web.listing.asked import Asked

M = TypeVar("M", bound=Model)


class RegisterListing(Listing[M]):
    """A dated list by area; it knows the actor and the day while it answers.

    A past day's list holds the rows in the actor's range on that day and today (decision 0007): whoever has
    moved out of the range since is counted in a sentence and named nowhere.
    """

    dated = True
    area_field = "area__path"
    page_size = 30
    actor: Any = None
    on: date = date.min
    area_path: str = ""

    def found(self, actor: Any, asked: Asked) -> QuerySet[M]:
        """All rows of the query; remembers who asks, for which day and area."""
        self.actor, self.on = actor, asked.on
        self.area_path = asked.area.path if asked.area else ""
        rows = super().found(actor, asked)
        return self.seen_today(rows, actor) if self._may_have_left(actor, asked) else rows

    def seen_today(self, queryset: QuerySet[M], actor: Any) -> QuerySet[M]:
        """Those of the rows that are in the actor's range today too."""
        raise TypeError(f"{type(self).__name__} does not say what may be seen today")

    def notes(self, actor: Any, asked: Asked) -> Sequence[str]:
        """How many rows of the day are not listed. Not for a search, which would tell of one person."""
        if asked.text or not self._may_have_left(actor, asked):
            return ()
        left = super().found(actor, asked).order_by().count() - self.found(actor, asked).order_by().count()
        sentence = _("这一天还有 %(count)s %(unit)s，现在已不在您的管辖范围内，这里不列出。")
        return (sentence % {"count": formats.write_number(left), "unit": self.unit},) if left else ()

    def _may_have_left(self, actor: Any, asked: Asked) -> bool:
        """Whether somebody of the day asked for can be out of the actor's range today."""
        return asked.on != asked.today and not holds_everywhere(actor, self.permission)

    def bulk_url(self, actor: Any) -> str:
        """Where one fact of many rows is corrected, for whoever may."""
        if self.code not in BULK or not holds(actor, "registers.bulk_edit"):
            return ""
        return reverse("registers:bulk_edit", args=[self.code])


def partial(day: date | None, precision: str) -> PartialDate | None:
    """A stored day with its precision, None where there is none."""
    return PartialDate(day, precision or "day") if day else None  # type: ignore[arg-type]


def person_url(person: Person | None) -> str:
    """The page of a person, "" for none."""
    return reverse("registers:person", args=[person.uid]) if person else ""


def household_url(household: Household | None) -> str:
    """The page of a household, "" for none."""
    return reverse("registers:household", args=[household.uid]) if household else ""


def organization_url(organization: PartyOrganization | None) -> str:
    """The page of an organisation, "" for none."""
    return reverse("registers:organization", args=[organization.uid]) if organization else ""


def member_url(membership: Membership | None) -> str:
    """The page of a member, "" for none."""
    return reverse("registers:member", args=[membership.uid]) if membership else ""
