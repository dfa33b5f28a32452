"""Adding a person: to no household yet, or into one that stands."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.household_rows import join, require_home
from anlan.registers.actions.person_rows import add_person
from anlan.registers.models import Household, Person
from anlan.registers.rules.persons import ContactFacts, PersonFacts


@action("registers.person_add", label=_("新增人员"), on="area")
def person_add(
    change: Change,
    *,
    facts: PersonFacts,
    area: Area,
    on: date,
    contacts: Sequence[ContactFacts] = (),
    household: Household | None = None,
    relation: str = "",
) -> Person:
    """Add a person living in an area (a village or below); their contacts are known from ``on``.

    With a household they belong to it from ``on``, with a relation to its head, and live where it lives,
    which ``area`` must be. Refused: what ``person_problems`` refuses, an id number in use, an area nobody can
    live in, a household living elsewhere or ended, a second head, no relation, a day to come or before the
    household began. A household outside the actor's range is not found.
    """
    require_reach(change, "registers.person_add", household)
    area = locked(area)
    require_home(area)
    require_day(change, on)
    person = add_person(change, facts, area=area, on=on, contacts=contacts)
    if household is not None:
        household = locked(household)
        if household.area_id != area.pk:
            raise Refused(Problem("household.elsewhere", "area"))
        join(change, person, household, relation, on)
    return person
