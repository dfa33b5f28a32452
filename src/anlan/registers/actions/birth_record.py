"""A child born into a household."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from anlan.kernel import id_numbers
from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.partial_dates import DAY, PartialDate
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse
from anlan.registers.actions.household_rows import join, require_open
from anlan.registers.actions.person_rows import add_person, tidy_facts
from anlan.registers.models import Household, Person
from anlan.registers.rules.households import is_head
from anlan.registers.rules.persons import ContactFacts, PersonFacts, person_problems


@action("registers.birth_record", label=_("登记出生"), on="household")
def birth_record(
    change: Change,
    *,
    household: Household,
    facts: PersonFacts,
    relation: str,
    contacts: Sequence[ContactFacts] = (),
) -> Person:
    """Add a child, who belongs to the household from the day of birth (or its own, if later).

    No support is given: the population of 2006 was counted once (rules on resettlement). Refused: a birth not
    known to the day, a child as head, what ``person_problems`` refuses, a household that ended.
    """
    household, facts = locked(household), tidy_facts(facts)
    require_open(household)
    refuse(person_problems(facts, today=change.today))
    birth = facts.birth
    if facts.id_number:
        birth = PartialDate(id_numbers.birth_date(facts.id_number), DAY)
    if birth is None or birth.precision != DAY:
        raise Refused(Problem("birth.day_needed", "birth"))
    if is_head(relation):
        raise Refused(Problem("household.two_heads", "relation"))
    day = max(birth.date, household.valid_from)
    child = add_person(change, facts._replace(birth=birth), area=household.area, on=day, contacts=contacts)
    join(change, child, household, relation, day)
    return child
