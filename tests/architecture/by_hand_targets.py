"""The forms of persons and households, and what they are asked on."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from anlan.kernel import protection
from anlan.kernel.record import current_sequence
from anlan.registers.actions.household_move import household_move
from anlan.registers.models import Person, PersonContact, ResettlementRecord
from anlan.registers.models.person import PHONE
from tests.architecture.access_rows import (
    EAST_KEEPERS,
    EAST_OFFICERS,
    NOWHERE,
    OFFICERS_ONLY,
    WEST_OFFICERS,
    Case,
    at,
)
from tests.cast import BEGINNING, SYSTEM, World


def _person_page(side: str, page: str, world: World) -> str:
    person = world.east_person if side == "east" else world.west_person
    return f"/persons/{person.uid}/{page}/"


def _household_page(side: str, page: str, world: World) -> str:
    household = world.east_household if side == "east" else world.west_household
    return f"/households/{household.uid}/{page}/"


def _of_person(*pages: str) -> dict[str, tuple[Case, ...]]:
    """Forms of officers on a person of the east and of the west."""
    return {
        f"registers:{name}": (
            Case(partial(_person_page, "east", page), EAST_OFFICERS),
            Case(partial(_person_page, "west", page), WEST_OFFICERS),
        )
        for name, _colon, page in (one.partition(":") for one in pages)
    }


def _of_household(*pages: str) -> dict[str, tuple[Case, ...]]:
    """Forms of officers on a household of the east and of the west."""
    return {
        f"registers:{name}": (
            Case(partial(_household_page, "east", page), EAST_OFFICERS),
            Case(partial(_household_page, "west", page), WEST_OFFICERS),
        )
        for name, _colon, page in (one.partition(":") for one in pages)
    }


def contact_of(person: Person) -> PersonContact:
    phone = "13900000000"
    return PersonContact.objects.create(
        person=person,
        kind=PHONE,
        value=protection.seal(phone),
        value_index=protection.index_of(phone),
        value_tail=protection.tail_index_of(protection.tail_of(phone)),
        valid_from=BEGINNING,
    )


def _contact_of_east(world: World) -> str:
    row = world.east_person.contacts.first() or contact_of(world.east_person)
    return f"/persons/{world.east_person.uid}/contacts/{row.pk}/end/"


def _resettled(world: World, page: str) -> str:
    """A form of somebody of the east whose resettlement is verified."""
    person = world.east_person
    ResettlementRecord.objects.get_or_create(person=person, valid_to=None, valid_from=BEGINNING)
    return f"/persons/{person.uid}/{page}/"


def _changed(world: World, kind: str) -> str:
    """The page on which the move of the household of the east is taken back."""
    home = world.east_household
    household_move(SYSTEM, household=home, area=world.east_other_group, on=date(2024, 1, 1))
    sequence = current_sequence()
    uid = home.uid if kind == "households" else world.east_person.uid
    return f"/{kind}/{uid}/changes/{sequence}/withdraw/"


BY_HAND: Mapping[str, tuple[Case, ...]] = {
    "registers:person_add": (at("/persons/new/", OFFICERS_ONLY),),
    "registers:household_add": (at("/households/new/", OFFICERS_ONLY),),
    **_of_person(
        "person_edit:edit",
        "death_record:death",
        "marriage_record:marriage",
        "person_move:move",
        "resettlement_start:resettlement/new",
    ),
    **_of_household(
        "household_edit:edit",
        "birth_record:birth",
        "household_move:move",
        "head_change:head",
        "household_split:split",
    ),
    "registers:contact_add": (
        Case(lambda world: f"/persons/{world.east_person.uid}/contacts/new/", EAST_KEEPERS),
        Case(lambda world: f"/persons/{world.west_person.uid}/contacts/new/", WEST_OFFICERS),
    ),
    "registers:contact_end": (
        Case(lambda world: f"/persons/{world.east_person.uid}/contacts/0/end/", NOWHERE),
        Case(_contact_of_east, EAST_KEEPERS),
    ),
    "registers:resettlement_edit": (
        Case(lambda world: f"/persons/{world.east_person.uid}/resettlement/edit/", NOWHERE),
        Case(lambda world: _resettled(world, "resettlement/edit"), EAST_OFFICERS),
    ),
    "registers:support_change": (
        Case(lambda world: f"/persons/{world.east_person.uid}/support/", NOWHERE),
        Case(lambda world: _resettled(world, "support"), EAST_OFFICERS),
    ),
    "registers:change_withdraw": (
        Case(lambda world: f"/persons/{world.east_person.uid}/changes/1/withdraw/", NOWHERE),
        Case(lambda world: _changed(world, "persons"), EAST_OFFICERS),
    ),
    "registers:household_withdraw": (
        Case(lambda world: f"/households/{world.east_household.uid}/changes/1/withdraw/", NOWHERE),
        Case(lambda world: _changed(world, "households"), EAST_OFFICERS),
    ),
}
