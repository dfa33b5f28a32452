"""Adding a person who belongs to no household yet."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.places.actions.dated_rows import locked, require_day
from anlan.places.models import Area
from anlan.registers.actions.household_rows import require_home
from anlan.registers.actions.person_rows import add_person
from anlan.registers.models import Person
from anlan.registers.rules.persons import ContactFacts, PersonFacts


@action("registers.person_add", label=_("新增人员"), on="area")
def person_add(
    change: Change, *, facts: PersonFacts, area: Area, on: date, contacts: Sequence[ContactFacts] = ()
) -> Person:
    """Add a person living in an area (a village or below); their contacts are known from ``on``.

    Refused: what ``person_problems`` refuses, an id number in use, an area nobody can live in, a day to come.
    """
    area = locked(area)
    require_home(area)
    require_day(change, on)
    return add_person(change, facts, area=area, on=on, contacts=contacts)
