"""People for the tests of reading, with the columns the importer fills: search and lists find them."""

from datetime import date

from tests.cast import BEGINNING, make_household

from anlan.kernel import protection
from anlan.kernel.id_numbers import complete
from anlan.kernel.names import pinyin_of, search_tokens
from anlan.places.models import Area
from anlan.registers.models import (
    Household,
    HouseholdMembership,
    Membership,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
)
from anlan.registers.models.person import PHONE

BORN = date(1970, 5, 1)


def id_number(serial: int, born: date = BORN) -> str:
    """A made-up id number of the made-up county; odd serials are men's."""
    return complete(f"500299{born:%Y%m%d}{serial:03d}")


def person(name: str, area: Area, serial: int, born: date = BORN, **facts: object) -> Person:
    """Somebody with an id number and all that is searched."""
    number = id_number(serial, born)
    sounds, initials = pinyin_of(name)
    return Person.objects.create(
        name=name,
        area=area,
        pinyin=sounds,
        initials=initials,
        tokens=search_tokens(name),
        sex="1" if serial % 2 else "2",
        birth_date=born,
        birth_precision="day",
        id_number=protection.seal(number),
        id_index=protection.index_of(number),
        id_tail=protection.tail_index_of(protection.tail_of(number)),
        **facts,
    )


def phone(owner: Person, number: str) -> PersonContact:
    """A phone of somebody."""
    return PersonContact.objects.create(
        person=owner,
        kind=PHONE,
        value=protection.seal(number),
        value_index=protection.index_of(number),
        value_tail=protection.tail_index_of(protection.tail_of(number)),
        source="登记表",
        valid_from=BEGINNING,
    )


def household(number: str, area: Area, names: list[str], first_serial: int) -> Household:
    """A household of several, the first its head, all moved and supported alike."""
    people = [person(name, area, first_serial + at) for at, name in enumerate(names)]
    made = make_household(number, area, people[0])
    for one in people[1:]:
        HouseholdMembership.objects.create(household=made, person=one, relation="20", valid_from=BEGINNING)
    for at, one in enumerate(people):
        ResettlementRecord.objects.create(
            person=one,
            register_number=f"YM{number}{at:02d}",
            from_place="老县城",
            moved_on=date(2004, 6, 6),
            moved_precision="day",
            mode="concentrated",
            support_mode="cash",
            valid_from=BEGINNING,
        )
    return made


def member(owner: Person, organization: PartyOrganization) -> Membership:
    """A full member of an organisation."""
    return Membership.objects.create(
        person=owner,
        organization=organization,
        stage="full",
        joined_on=date(1995, 7, 1),
        valid_from=BEGINNING,
    )
