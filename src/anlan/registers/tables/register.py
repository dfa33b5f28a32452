"""What all register lists share: a day, an area read as of that day, who may be named, links of records."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.permissions import holds
from anlan.places.queries import area_by_code, full_names_on, widest_area
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
    full_permission = "registers.number_export"
    actor: Any = None
    on: date = date.min
    area_path: str = ""

    def found(self, actor: Any, asked: Asked) -> QuerySet[M]:
        """All rows of the query; remembers who asks, for which day and area."""
        self.actor, self.on = actor, asked.on
        self.area_path = asked.area.path if asked.area else ""
        rows = super().found(actor, asked)
        return self.seen_today(rows, actor) if self._may_have_left(actor, asked) else rows

    @property
    def reads(self) -> str:
        """The permission whose ranges the rows lie in: a file with full numbers goes no further than that."""
        return self.full_permission if self.reads_full else self.permission

    def layout_title(self, actor: Any, asked: Asked) -> str:
        """With the area, organisation or, where nothing is chosen, the widest area of the actor in front."""
        return f"{self._of_what(actor, asked)}{self.layout.title if self.layout else self.title}"

    def unit_line(self, actor: Any, asked: Asked) -> str:
        """Handed in by whom the list is of; the day is what an import of the sheet goes by."""
        parts = (
            _("填报单位：%(unit)s") % {"unit": self._of_what(actor, asked)},
            _("截至日期：%(day)s") % {"day": formats.write_day(asked.on)},
            _("单位：%(unit)s") % {"unit": self.unit},
        )
        return "        ".join(parts)

    def _of_what(self, actor: Any, asked: Asked) -> str:
        chosen = asked.chosen.get("organization")
        if chosen is not None:
            return str(chosen.label)
        if asked.area is not None:
            area = area_by_code(actor, asked.area.value, asked.on)
        else:
            widest = widest_area(actor, asked.on)
            if widest is None:
                return ""
            area = widest
        return full_names_on([area], asked.on)[area.pk].replace("/", "")

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
        return asked.on != asked.today and not holds_everywhere(actor, self.reads)

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
