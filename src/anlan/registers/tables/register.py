"""What all register lists share: a day, an area read as of that day, links of records."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.permissions import holds
from anlan.registers.models import Household, Membership, PartyOrganization, Person
from anlan.registers.rules.bulk_editing import BULK
from anlan.web.listing import Listing
from anlan.web.listing.asked import Asked

M = TypeVar("M", bound=Model)


class RegisterListing(Listing[M]):
    """A dated list by area; it knows the actor and the day while it answers."""

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
        return super().found(actor, asked)

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
