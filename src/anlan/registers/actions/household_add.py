"""A new household, of new persons or of persons who leave another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from anlan.kernel.actions import action
from anlan.kernel.changes import Change
from anlan.kernel.names import plain
from anlan.kernel.problems import Problem, Refused
from anlan.places.actions.dated_rows import locked, refuse, require_day, require_reach
from anlan.places.models import Area
from anlan.registers.actions.household_rows import join, leave, require_free_number, require_home
from anlan.registers.actions.person_rows import add_person, require_living
from anlan.registers.actions.resettlement_start import ResettlementFacts, start_resettlement
from anlan.registers.models import Household, HouseholdResidence, Person
from anlan.registers.rules.households import LeaveReason, member_problems
from anlan.registers.rules.persons import ContactFacts, PersonFacts


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody in a new household: relation to the head; a person of the register, or facts of a new one.

    ``resettlement`` is what is verified about somebody who has no such record yet.
    """

    relation: str
    person: Person | None = None
    facts: PersonFacts | None = None
    contacts: Sequence[ContactFacts] = ()
    resettlement: ResettlementFacts | None = None


@action("registers.household_add", label=_("新增移民户"), on="area")
def household_add(
    change: Change, *, area: Area, on: date, members: Sequence[NewMember], number: str = ""
) -> Household:
    """Add a household living in an area from ``on``, with exactly one head.

    Persons of the register leave the household they belonged to (分户). Refused: no member, no head or two, a
    number used in the village, the dead, what ``person_problems`` refuses, a day to come or before somebody
    last changed households, what ``resettlement_start`` refuses. What is refused of one of them is named by
    their place in the list (``members.2.id_number``). Persons outside the actor's range are not found.
    """
    require_reach(change, "registers.household_add", *(member.person for member in members))
    area, number = locked(area), plain(number)
    require_home(area)
    require_day(change, on, area.valid_from)
    require_free_number(number, area)
    refuse(member_problems([member.relation for member in members]))
    household = Household(number=number, area=area, valid_from=on)
    change.create(household)
    change.create(HouseholdResidence(household=household, area=area, valid_from=on))
    for at, member in enumerate(members):
        try:
            _take_in(change, household, member, on)
        except Refused as refused:
            named = (replace(one, field=f"members.{at}.{one.field}") for one in refused.problems)
            raise Refused(*named) from refused
    return household


def _take_in(change: Change, household: Household, member: NewMember, on: date) -> None:
    person = _person(change, member, household.area, on)
    leave(change, person, on, LeaveReason.SPLIT)
    join(change, person, household, member.relation, on)
    if member.resettlement is not None:
        start_resettlement(change, person, member.resettlement, on)


def _person(change: Change, member: NewMember, area: Area, on: date) -> Person:
    if member.person is not None:
        person = locked(member.person)
        require_living(person, "members")
        return person
    if member.facts is None:
        raise Refused(Problem("value.required", "members"))
    return add_person(change, member.facts, area=area, on=on, contacts=member.contacts)
