"""Single events of the made-up county, each entered through the action an officer would use."""

from collections.abc import Callable
from datetime import date
from typing import Any

from anlan.demo.chronicle import BranchRenamed, Entry, TownshipRenamed, Transfer
from anlan.demo.county.facts import (
    SINGLE,
    Birth,
    Death,
    Household,
    HouseholdMove,
    Merger,
    Officer,
    Organization,
    PersonMove,
    Resident,
    Village,
    Wedding,
)
from anlan.kernel.actors import Actor
from anlan.places.actions.area_merge import area_merge
from anlan.places.actions.area_rename import area_rename
from anlan.places.models import Area
from anlan.places.rules import AreaKind
from anlan.registers.actions.birth_record import birth_record
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.marriage_record import marriage_record
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.actions.officer_assign import officer_assign
from anlan.registers.actions.organization_rename import organization_rename
from anlan.registers.actions.person_add import person_add
from anlan.registers.actions.person_move import person_move
from anlan.registers.models import Household as HouseholdRow
from anlan.registers.models import PartyOrganization, Person
from anlan.registers.rules.persons import PersonFacts


def enter(actor: Actor, entry: Entry) -> None:
    """Carry out one event on the day it happened; events are to be given in their order."""
    _WAYS[type(entry)](actor, entry)


def _birth(actor: Actor, entry: Birth) -> None:
    birth_record(
        actor, household=_household(entry.household), facts=_facts(entry.child), relation=entry.relation
    )


def _death(actor: Actor, entry: Death) -> None:
    death_record(
        actor,
        person=_person(entry.resident),
        died_on=entry.day,
        new_head=_person(entry.next_head) if entry.next_head else None,
        relations={_person(one).pk: relation for one, relation in entry.relations},
    )


def _wedding(actor: Actor, entry: Wedding) -> None:
    """Somebody from outside is first added where the household lives."""
    household = _household(entry.household)
    if entry.left is None:
        newcomer = person_add(actor, facts=_facts(entry.newcomer), area=household.area, on=entry.day)
    else:
        newcomer = _person(entry.newcomer)
    marriage_record(
        actor,
        person=newcomer,
        on=entry.day,
        spouse=_person(entry.resident),
        household=household,
        relation=entry.relation,
    )


def _household_move(actor: Actor, entry: HouseholdMove) -> None:
    area = _group(entry.village, entry.group)
    household_move(actor, household=_household(entry.household), area=area, on=entry.day)


def _person_move(actor: Actor, entry: PersonMove) -> None:
    person_move(
        actor,
        person=_person(entry.resident),
        on=entry.day,
        household=_household(entry.household),
        relation=entry.relation,
    )


def _merger(actor: Actor, entry: Merger) -> None:
    document = f"{entry.village.township.name}〔{entry.day.year}〕村级建制调整"
    into = _area(entry.successor.code)
    area_merge(actor, areas=[_area(entry.village.code)], into=into, on=entry.day, document=document)


def _township_renamed(actor: Actor, entry: TownshipRenamed) -> None:
    area_rename(actor, area=_area(entry.township.code), on=entry.day, name=entry.township.name)


def _branch_renamed(actor: Actor, entry: BranchRenamed) -> None:
    one = entry.organization
    organization = _organization(one, one.former_name)
    organization_rename(actor, organization=organization, on=entry.day, name=one.name)


def _transfer(actor: Actor, entry: Transfer) -> None:
    membership = _person(entry.member.resident).memberships.get(valid_to=None)
    after = _organization(entry.after, entry.after.name_on(entry.day))
    membership_transfer(actor, membership=membership, organization=after, on=entry.day)


def name_officer(actor: Actor, officer: Officer, day: date) -> None:
    """Let somebody be resettlement officer of a village or of its resettlement point."""
    village = _area(officer.village.code)
    target = Area.objects.get(parent=village, kind=AreaKind.POINT) if officer.of_point else village
    officer_assign(
        actor,
        target=target,
        duty="resettlement_officer",
        name=officer.name,
        phone=officer.phone,
        on=day,
    )


_WAYS: dict[type, Callable[[Actor, Any], None]] = {
    Birth: _birth,
    Death: _death,
    Wedding: _wedding,
    HouseholdMove: _household_move,
    PersonMove: _person_move,
    Merger: _merger,
    TownshipRenamed: _township_renamed,
    BranchRenamed: _branch_renamed,
    Transfer: _transfer,
}


def _facts(one: Resident) -> PersonFacts:
    return PersonFacts(
        name=one.name, id_number=one.id_number, ethnic_group=one.ethnic_group, marital_status=SINGLE
    )


def _person(one: Resident) -> Person:
    return Person.objects.with_id_number(one.id_number).get()


def _household(one: Household) -> HouseholdRow:
    return HouseholdRow.objects.select_related("area").get(number=one.number)


def _area(code: str) -> Area:
    return Area.objects.get(code=code, valid_to=None)


def _group(village: Village, name: str) -> Area:
    return Area.objects.get(parent__code=village.code, parent__valid_to=None, name=name, valid_to=None)


def _organization(one: Organization, name: str) -> PartyOrganization:
    code = one.place.code if one.place else ""
    found = PartyOrganization.objects.filter(name=name, valid_to=None)
    return found.get(area__code=code) if code else found.get()
