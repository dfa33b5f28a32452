"""Setting up a contact point for resettlers."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day
from anlan.places.models import Area
from anlan.registers.actions.contact_point_rows import DutyFacts, duty_columns
from anlan.registers.actions.unit_rows import require_open_area
from anlan.registers.models import ContactPoint, ContactPointDuty
from anlan.registers.rules.units import contact_point_problems


@dataclass(frozen=True, slots=True)
class ContactPointFacts:
    """What is stated about a contact point: its name, its tier, and where, who and when."""

    name: str
    tier: str
    duty: DutyFacts


@action("registers.contact_point_add", label=_("设立联系点"), on="area")
def contact_point_add(change: Change, *, facts: ContactPointFacts, area: Area, on: date) -> ContactPoint:
    """Set up a contact point of the county, a township or a village in an area, from ``on``.

    Refused: a blank name, one borne by another of the area, an unknown tier, an area above the tier, a phone
    that cannot be one, an area that ended, a day to come.
    """
    area = locked(area)
    name = plain(facts.name).replace(" ", "")
    refuse(contact_point_problems(name=name, tier=facts.tier, area_kind=area.kind))
    require_open_area(area)
    if ContactPoint.objects.filter(valid_to=None, name=name, area=area).exists():
        raise Refused(Problem("contact_point.name_taken", "name", {"name": name}))
    require_day(change, on)
    point = ContactPoint(name=name, tier=facts.tier, area=area, valid_from=on)
    change.create(point)
    change.create(ContactPointDuty(contact_point=point, valid_from=on, **duty_columns(facts.duty)))
    return point
