"""Adding persons and their contacts by hand, and correcting plain facts."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from tests.cast import SYSTEM, Cast, World

from anlan.kernel import id_numbers
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.contact_end import contact_end
from anlan.registers.actions.edit_rows import value_of
from anlan.registers.actions.person_add import person_add
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.models import FloatingSpell, Person, ResettlementRecord
from anlan.registers.queries.finding import persons_matching
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.tests.refusals import FUTURE, ON, fresh, history_of, last_entry, refused

NUMBER = id_numbers.complete("50029919850306121")
OTHER_NUMBER = id_numbers.complete("50029919900101112")


def add(world: World, **facts: Any) -> Person:
    given: dict[str, Any] = {"name": "曾 小满", "id_number": NUMBER} | facts
    return person_add(
        SYSTEM,
        facts=PersonFacts(**given),
        area=world.east_group,
        on=ON,
        contacts=[ContactFacts("phone", "139-8877-6655", source="走访")],
    )


def test_add(world: World) -> None:
    person = add(world, birth=PartialDate(date(1985, 3, 1), "month"), sex="1")
    assert (person.name, person.sex, person.birth_date) == ("曾小满", "1", date(1985, 3, 6))
    assert person.plain_id_number() == NUMBER
    assert person.contacts.get().plain_value() == "13988776655"
    for text in ("曾小满", "zxm", "zengxiao", NUMBER[-4:], "6655"):
        assert person in Person.objects.filter(persons_matching(text)), text
    assert last_entry().action == "registers.person_add"
    assert history_of("person", person.pk) == ["registers.person_add"]


def test_the_id_number_wins_over_sex_and_birth(world: World) -> None:
    person = add(world, birth=PartialDate(date(1980, 1, 1), "day"), sex="2")
    assert (person.sex, person.birth_date) == ("1", date(1985, 3, 6))


def test_an_old_number_is_converted(world: World) -> None:
    person = add(world, id_number="500299850306121")
    assert person.plain_id_number() == NUMBER


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name.missing"),
        ({"id_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "id_number.checksum"),
        ({"id_number": "12345"}, "id_number.format"),
        ({"id_number": "", "birth": PartialDate(FUTURE, "day")}, "date.future"),
    ],
)
def test_add_refused(world: World, facts: dict[str, Any], code: str) -> None:
    assert refused(lambda: add(world, **facts)) == [code]


def test_add_refused_by_the_register(world: World) -> None:
    add(world)
    assert refused(lambda: add(world, name="别人")) == ["person.id_taken"]
    facts = PersonFacts("甲")
    assert refused(lambda: person_add(SYSTEM, facts=facts, area=world.east, on=ON)) == ["household.area_kind"]
    group = world.east_group
    assert refused(lambda: person_add(SYSTEM, facts=facts, area=group, on=FUTURE)) == ["date.future"]


def test_add_only_in_the_own_range(cast: Cast) -> None:
    facts = PersonFacts("甲")
    with pytest.raises(NotFound):
        person_add(cast.neighbour.person, facts=facts, area=cast.world.east_group, on=ON)
    person = person_add(cast.township_officer.person, facts=facts, area=cast.world.east_group, on=ON)
    assert person in Person.objects.visible_to(cast.township_officer.person)
    assert person not in Person.objects.visible_to(cast.neighbour.person)


def test_contacts(world: World) -> None:
    person = world.east_person
    contact = contact_add(SYSTEM, person=person, contact=ContactFacts("phone", "13900001111"), on=ON)
    again = ContactFacts("phone", "139 0000 1111")
    assert refused(lambda: contact_add(SYSTEM, person=person, contact=again, on=ON)) == ["contact.exists"]
    for bad, code in (("", "value.required"), ("139x", "contact.format"), ("139", "contact.format")):
        facts = ContactFacts("phone", bad)
        assert refused(partial(contact_add, SYSTEM, person=person, contact=facts, on=ON)) == [code]
    assert refused(lambda: contact_end(SYSTEM, contact=contact, on=date(2023, 1, 1))) == [
        "date.before_current"
    ]
    contact_end(SYSTEM, contact=contact, on=date(2024, 6, 1))
    assert person.contacts.get().valid_to == date(2024, 6, 1)
    assert history_of("person", person.pk) == ["registers.contact_end", "registers.contact_add"]


def test_contacts_out_of_range_are_not_found(cast: Cast) -> None:
    person = cast.world.east_person
    contact = contact_add(
        cast.member.person, person=person, contact=ContactFacts("phone", "13900001111"), on=ON
    )
    with pytest.raises(NotFound):
        contact_end(cast.neighbour.person, contact=contact, on=ON)


def test_edit_a_person(world: World) -> None:
    person = world.east_person
    record_edit(SYSTEM, record=person, values={"name": "何 中孝", "education": "81"}, reason="录入有误")
    person = fresh(person)
    assert (person.name, person.initials, person.education) == ("何中孝", "hzx", "81")
    assert last_entry().reason == "录入有误"
    record_edit(SYSTEM, record=person, values={"id_number": NUMBER})
    assert fresh(person).birth_date == date(1985, 3, 6)
    assert value_of(fresh(person), "id_number") == NUMBER
    assert person in Person.objects.filter(persons_matching(NUMBER))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "何中孝"}, "value.required"),
        ({"name": ""}, "name.missing"),
        ({"name": "何忠孝"}, "edit.unchanged"),
        ({"salt": b"x"}, "edit.field"),
        ({"died_on": date(2020, 1, 1)}, "edit.field"),
        ({"education": "没有"}, "edit.value"),
        ({"education": 81}, "edit.value"),
        ({"occupation": "字" * 61}, "edit.value"),
        ({"id_number": "123"}, "id_number.format"),
        ({"birth": PartialDate(FUTURE, "day")}, "date.future"),
    ],
)
def test_edit_refused(world: World, values: dict[str, Any], code: str) -> None:
    reason = "" if code == "value.required" else "录入有误"
    codes = refused(lambda: record_edit(SYSTEM, record=world.east_person, values=values, reason=reason))
    assert code in codes


def test_sex_and_birth_keep_to_the_id_number(world: World) -> None:
    person = add(world)
    for values, code in (
        ({"birth": PartialDate(date(1980, 1, 1), "day")}, "birth.mismatch"),
        ({"sex": "2"}, "sex.mismatch"),
    ):
        given: dict[str, Any] = dict(values)
        assert refused(partial(record_edit, SYSTEM, record=person, values=given, reason="x")) == [code]
    other = add(world, id_number=OTHER_NUMBER)
    taken = {"id_number": NUMBER}
    assert refused(lambda: record_edit(SYSTEM, record=other, values=taken, reason="x")) == ["person.id_taken"]


def test_edit_other_records(world: World) -> None:
    household = record_edit(SYSTEM, record=world.east_household, values={"number": "E0009"}, reason="改号")
    assert value_of(household, "number") == "E0009"
    organization = world.east_branch
    elected = PartialDate(date(2021, 6, 1), "month")
    edited: Any = record_edit(SYSTEM, record=organization, values={"elected": elected})
    assert edited.election_due_on == date(2026, 6, 30)
    joined = PartialDate(date(1979, 1, 1), "year")
    codes = refused(lambda: record_edit(SYSTEM, record=world.east_member, values={"joined": joined}))
    assert codes == ["membership.too_young"]
    record_edit(SYSTEM, record=world.east_member, values={"joined": joined._replace(date=date(1985, 1, 1))})
    row = ResettlementRecord.objects.create(person=world.east_person, valid_from=date(2020, 1, 1))
    codes = refused(lambda: record_edit(SYSTEM, record=row, values={"moved": PartialDate(FUTURE, "day")}))
    assert codes == ["date.future"]
    record_edit(SYSTEM, record=row, values={"from_place": "旧县坪村"})
    spell = FloatingSpell.objects.create(
        person=world.east_person, destination="广东", valid_from=date(2020, 1, 1)
    )
    record_edit(SYSTEM, record=spell, values={"destination": "广东东莞"})
    assert last_entry().action == "registers.record_edit"


def test_edit_out_of_range_is_not_found(cast: Cast) -> None:
    row = ResettlementRecord.objects.create(person=cast.world.east_person, valid_from=date(2020, 1, 1))
    for record in (cast.world.east_person, cast.world.east_household, cast.world.east_member, row):
        with pytest.raises(NotFound):
            record_edit(cast.neighbour.person, record=record, values={"note": "x"})
