"""Households: founded, moved, joined, left, with births, deaths and marriages; read before and after."""

from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World, make_person

from anlan.kernel import id_numbers
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.actions.birth_record import birth_record
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.head_change import head_change
from anlan.registers.actions.household_add import NewMember, household_add
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.marriage_record import marriage_record
from anlan.registers.actions.person_move import person_move
from anlan.registers.dimensions.populations import households_on, members_on
from anlan.registers.models import Household, HouseholdMembership, Person
from anlan.registers.queries.details import heads_of, residences_of, sizes_of
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.tests.refusals import (
    AFTER,
    BEFORE,
    EARLY,
    FUTURE,
    ON,
    fresh,
    history_of,
    last_entry,
    names_on,
    refused,
)

HEAD, WIFE, SON, DAUGHTER_IN_LAW = "02", "12", "20", "38"


def founded(world: World, on: date = BEGINNING, number: str = "E0002") -> Household:
    """A household of three in the east."""
    members = [
        NewMember(
            HEAD, facts=PersonFacts("谭大川", sex="1"), contacts=[ContactFacts("phone", "13900001111")]
        ),
        NewMember(WIFE, facts=PersonFacts("向春梅", sex="2")),
        NewMember(SON, facts=PersonFacts("谭小川", sex="1")),
    ]
    return household_add(SYSTEM, area=world.east_group, on=on, members=members, number=number)


def member(household: Household, name: str) -> Person:
    return Person.objects.get(name=name, household_memberships__household=household)


def relation_of(person: Person) -> str:
    return HouseholdMembership.objects.get(person=person, valid_to=None).relation


def test_add(world: World) -> None:
    household = founded(world, ON)
    assert household.head is not None
    assert household.head.name == "谭大川"
    assert household not in households_on(BEFORE, world.east.path)
    assert household in households_on(ON, world.east.path)
    assert names_on(ON, world.east.path) - names_on(BEFORE, world.east.path) == {"谭大川", "向春梅", "谭小川"}
    assert sizes_of([household.pk], ON) == {household.pk: 3}
    assert last_entry().action == "registers.household_add"
    assert history_of("household", household.pk) == ["registers.household_add"]
    assert history_of("person", household.head.pk) == ["registers.household_add"]


def test_add_of_somebody_who_leaves(world: World) -> None:
    old = founded(world)
    son = member(old, "谭小川")
    new = household_add(SYSTEM, area=world.east_group, on=ON, members=[NewMember(HEAD, person=son)])
    assert new.head == son
    assert sizes_of([old.pk, new.pk], BEFORE) == {old.pk: 3}
    assert sizes_of([old.pk, new.pk], ON) == {old.pk: 2, new.pk: 1}
    ended = HouseholdMembership.objects.get(person=son, household=old)
    assert (ended.valid_to, ended.end_reason) == (ON, "split")


@pytest.mark.parametrize(
    ("relations", "code"),
    [([], "household.no_members"), ([WIFE], "household.no_head"), ([HEAD, HEAD], "household.two_heads")],
)
def test_add_needs_one_head(world: World, relations: list[str], code: str) -> None:
    members = [NewMember(relation, facts=PersonFacts("甲")) for relation in relations]
    codes = refused(lambda: household_add(SYSTEM, area=world.east_group, on=ON, members=members))
    assert codes == [code]


def test_add_refused(world: World) -> None:
    one = [NewMember(HEAD, facts=PersonFacts("甲"))]

    def add(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"area": world.east_group, "on": ON, "members": one} | facts
        return refused(lambda: household_add(SYSTEM, **given))

    assert add(number="E0001") == ["household.number_taken"]
    assert add(area=world.east) == ["household.area_kind"]
    assert add(on=FUTURE) == ["date.future"]
    assert add(on=EARLY) == ["date.before_current"]
    assert add(members=[NewMember(HEAD)]) == ["value.required"]
    assert add(members=[NewMember(HEAD, facts=PersonFacts(""))]) == ["name.missing"]
    death_record(SYSTEM, person=world.east_person, died_on=ON)
    assert add(members=[NewMember(HEAD, person=world.east_person)]) == ["person.dead"]
    other_village = household_add(SYSTEM, area=world.east_other_group, on=ON, members=one, number="E0001")
    assert other_village.number == "E0001"


def test_add_reaches_only_the_own_range(cast: Cast) -> None:
    members = [NewMember(HEAD, person=cast.world.west_person)]
    with pytest.raises(NotFound):
        household_add(cast.township_officer.person, area=cast.world.east_group, on=ON, members=members)
    with pytest.raises(NotFound):
        household_add(cast.neighbour.person, area=cast.world.east_group, on=ON, members=members)


def test_birth(world: World) -> None:
    household = founded(world)
    born = date(2024, 3, 5)
    number = id_numbers.complete("50029920240305002")
    child = birth_record(
        SYSTEM, household=household, facts=PersonFacts("谭念", id_number=number), relation="42"
    )
    assert (child.birth_date, child.sex, child.area_id) == (born, "2", world.east_group.pk)
    assert "谭念" not in names_on(date(2024, 3, 4), world.east.path)
    assert "谭念" in names_on(born, world.east.path)
    assert child.resettlements.count() == 0
    assert "registers.birth_record" in history_of("household", household.pk)


def test_birth_refused(world: World) -> None:
    def birth(facts: PersonFacts, relation: str = SON) -> list[str]:
        household = world.east_household
        return refused(lambda: birth_record(SYSTEM, household=household, facts=facts, relation=relation))

    born = PartialDate(ON, "day")
    assert birth(PersonFacts("甲")) == ["birth.day_needed"]
    assert birth(PersonFacts("甲", birth=PartialDate(ON, "month"))) == ["birth.day_needed"]
    assert birth(PersonFacts("甲", birth=PartialDate(FUTURE, "day"))) == ["date.future"]
    assert birth(PersonFacts("甲", birth=born), HEAD) == ["household.two_heads"]
    assert birth(PersonFacts("", birth=born)) == ["name.missing"]


def test_birth_out_of_range(cast: Cast) -> None:
    facts = PersonFacts("甲", birth=PartialDate(ON, "day"))
    with pytest.raises(NotFound):
        birth_record(cast.neighbour.person, household=cast.world.east_household, facts=facts, relation=SON)


def test_death_of_the_head(world: World) -> None:
    household = founded(world)
    head, wife = member(household, "谭大川"), member(household, "向春梅")
    death_record(SYSTEM, person=head, died_on=ON, new_head=wife, relations={})
    assert "谭大川" in names_on(BEFORE, world.east.path)
    assert "谭大川" not in names_on(ON, world.east.path)
    assert heads_of([household.pk], BEFORE)[household.pk] == head
    assert heads_of([household.pk], ON)[household.pk] == wife
    assert relation_of(wife) == HEAD
    assert sizes_of([household.pk], ON) == {household.pk: 2}
    assert history_of("household", household.pk)[0] == "registers.death_record"


def test_death_without_a_new_head_leaves_the_household_waiting(world: World) -> None:
    household = founded(world)
    death_record(SYSTEM, person=member(household, "谭大川"), died_on=ON)
    household.refresh_from_db()
    assert household.head is None
    assert household.valid_to is None


def test_death_ends_everything(world: World) -> None:
    person = world.east_person
    appointment = appointment_start(
        SYSTEM, organization=world.east_branch, post="secretary", on=BEGINNING, person=person
    )
    spell = floating_start(SYSTEM, person=person, on=BEGINNING, destination="广东")
    death_record(SYSTEM, person=person, died_on=ON)
    membership = person.memberships.get()
    assert (membership.valid_to, membership.end_reason) == (ON, "dead")
    for row in (appointment, spell):
        row.refresh_from_db()
        assert row.valid_to == ON
    household = Household.objects.get(pk=world.east_household.pk)
    assert (household.valid_to, household.head) == (ON, None)
    assert person.pk in members_on(BEFORE, "area", world.east.path).values_list("person", flat=True)
    assert person.pk not in members_on(ON, "area", world.east.path).values_list("person", flat=True)
    assert last_entry().action == "registers.death_record"


def test_a_death_before_the_register_began(world: World) -> None:
    death_record(SYSTEM, person=world.east_person, died_on=EARLY)
    assert "何忠孝" not in names_on(BEGINNING, world.east.path)
    assert fresh(world.east_person).died_on == EARLY


def test_death_refused(world: World) -> None:
    household = founded(world)
    head, wife = member(household, "谭大川"), member(household, "向春梅")

    def death(person: Person, died_on: date = ON, **facts: Any) -> list[str]:
        return refused(lambda: death_record(SYSTEM, person=person, died_on=died_on, **facts))

    assert death(head, FUTURE) == ["date.future"]
    assert death(world.east_person, date(1950, 1, 1)) == ["death.before_birth"]
    assert death(head, new_head=head) == ["household.head_same"]
    assert death(head, new_head=world.west_person) == ["household.not_member"]
    assert death(wife, new_head=member(household, "谭小川")) == ["household.two_heads"]
    death_record(SYSTEM, person=head, died_on=ON)
    assert death(head) == ["person.dead"]


def test_death_out_of_range(cast: Cast) -> None:
    with pytest.raises(NotFound):
        death_record(cast.neighbour.person, person=cast.world.east_person, died_on=ON)
    with pytest.raises(NotFound):
        death_record(
            cast.township_officer.person,
            person=cast.world.east_person,
            died_on=ON,
            new_head=cast.world.west_person,
        )


def test_marriage(world: World) -> None:
    household = founded(world)
    bride = make_person("冉秋月", world.west_group, sex="2")
    marriage_record(SYSTEM, person=bride, spouse=member(household, "谭小川"), on=ON, relation=DAUGHTER_IN_LAW)
    assert fresh(bride).area_id == world.east_group.pk
    assert relation_of(bride) == DAUGHTER_IN_LAW
    assert {fresh(bride).marital_status, member(household, "谭小川").marital_status} == {"20"}
    assert "冉秋月" not in names_on(BEFORE, world.east.path)
    assert "冉秋月" in names_on(ON, world.east.path)
    assert last_entry().action == "registers.marriage_record"


def test_marriage_of_a_head_into_another_household(world: World) -> None:
    household = founded(world)
    bride = world.west_person
    marriage_record(SYSTEM, person=bride, spouse=member(household, "谭小川"), on=ON, relation="38")
    left = Household.objects.get(pk=world.west_household.pk)
    assert (left.valid_to, left.head) == (ON, None)
    assert bride.memberships.get().valid_to is None


def test_marriage_within_one_household(world: World) -> None:
    household = founded(world)
    marriage_record(SYSTEM, person=member(household, "谭大川"), spouse=member(household, "向春梅"), on=ON)
    assert sizes_of([household.pk], AFTER) == {household.pk: 3}
    assert member(household, "向春梅").marital_status == "20"


def test_marriage_refused(world: World) -> None:
    household = founded(world)
    groom, bride = member(household, "谭小川"), make_person("冉秋月", world.west_group)

    def marriage(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"person": bride, "spouse": groom, "on": ON, "relation": "38"} | facts
        return refused(lambda: marriage_record(SYSTEM, **given))

    assert marriage(spouse=bride) == ["value.required"]
    assert marriage(relation="") == ["value.required"]
    assert marriage(relation=HEAD) == ["household.two_heads"]
    assert marriage(on=FUTURE) == ["date.future"]
    assert marriage(on=EARLY) == ["date.before_current"]
    death_record(SYSTEM, person=groom, died_on=ON)
    assert marriage() == ["person.dead"]


def test_marriage_needs_both_in_range(cast: Cast) -> None:
    bride, groom = cast.world.west_person, cast.world.east_person
    for player in (cast.neighbour, cast.township_officer):
        with pytest.raises(NotFound):
            marriage_record(player.person, person=bride, spouse=groom, on=ON, relation=WIFE)


def test_household_move(world: World) -> None:
    household = founded(world)
    household_move(SYSTEM, household=household, area=world.west_group, on=ON)
    assert "谭大川" in names_on(BEFORE, world.east.path) - names_on(ON, world.east.path)
    assert "谭大川" in names_on(ON, world.west.path) - names_on(BEFORE, world.west.path)
    assert residences_of([household.pk], BEFORE) == {household.pk: world.east_group}
    assert residences_of([household.pk], ON) == {household.pk: world.west_group}
    assert member(household, "谭小川").area_id == world.west_group.pk
    assert history_of("person", member(household, "谭小川").pk)[0] == "registers.household_move"
    assert last_entry().action == "registers.household_move"


def test_household_move_refused(world: World) -> None:
    household = founded(world, number="W0001")

    def move(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"household": household, "area": world.east_other_group, "on": ON} | facts
        return refused(lambda: household_move(SYSTEM, **given))

    assert move(area=world.east_group) == ["household.area_same"]
    assert move(area=world.county) == ["household.area_kind"]
    assert move(area=world.west_group) == ["household.number_taken"]
    assert move(on=FUTURE) == ["date.future"]
    assert move(on=EARLY) == ["date.before_current"]
    death_record(SYSTEM, person=world.east_person, died_on=ON)
    assert move(household=world.east_household) == ["household.ended"]


def test_household_move_needs_both_ends(cast: Cast) -> None:
    for player in (cast.township_officer, cast.neighbour):
        with pytest.raises(NotFound):
            household_move(
                player.person, household=cast.world.east_household, area=cast.world.west_group, on=ON
            )


def test_person_move_to_a_household(world: World) -> None:
    household = founded(world)
    son = member(household, "谭小川")
    person_move(SYSTEM, person=son, on=ON, household=world.west_household, relation="97")
    assert "谭小川" in names_on(BEFORE, world.east.path) - names_on(ON, world.east.path)
    assert "谭小川" in names_on(ON, world.west.path)
    assert sizes_of([household.pk], ON) == {household.pk: 2}


def test_person_move_of_the_head(world: World) -> None:
    household = founded(world)
    head, wife = member(household, "谭大川"), member(household, "向春梅")
    person_move(SYSTEM, person=head, on=ON, area=world.west_group, new_head=wife, relations={})
    household.refresh_from_db()
    assert household.head == wife
    assert fresh(head).area_id == world.west_group.pk
    assert head.household_memberships.get().end_reason == "move"


def test_person_move_refused(world: World) -> None:
    household = founded(world)
    son = member(household, "谭小川")

    def move(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"person": son, "on": ON} | facts
        return refused(lambda: person_move(SYSTEM, **given))

    assert move() == ["value.required"]
    assert move(household=household, relation=SON) == ["household.same"]
    assert move(household=world.west_household) == ["value.required"]
    assert move(household=world.west_household, relation=HEAD) == ["household.two_heads"]
    assert move(household=world.west_household, relation=SON, on=EARLY) == ["date.before_current"]
    assert move(household=world.west_household, relation=SON, on=FUTURE) == ["date.future"]
    assert move(area=world.county) == ["household.area_kind"]
    alone = make_person("甲", world.east_group)
    assert move(person=alone, area=world.east_group) == ["person.area_same"]


def test_person_move_needs_both_ends(cast: Cast) -> None:
    with pytest.raises(NotFound):
        person_move(
            cast.township_officer.person,
            person=cast.world.east_person,
            on=ON,
            household=cast.world.west_household,
            relation="97",
        )


def test_head_change(world: World) -> None:
    household = founded(world)
    head, son = member(household, "谭大川"), member(household, "谭小川")
    relations = {head.pk: "51", member(household, "向春梅").pk: "52"}
    head_change(SYSTEM, household=household, head=son, on=ON, relations=relations)
    assert heads_of([household.pk], BEFORE)[household.pk] == head
    assert heads_of([household.pk], ON)[household.pk] == son
    assert (relation_of(head), relation_of(son)) == ("51", HEAD)
    closed = HouseholdMembership.objects.get(person=head, valid_to=ON)
    assert closed.end_reason == "head"


def test_head_change_refused(world: World) -> None:
    household = founded(world)
    head, son = member(household, "谭大川"), member(household, "谭小川")

    def heads(**facts: Any) -> list[str]:
        given: dict[str, Any] = {
            "household": household,
            "head": son,
            "on": ON,
            "relations": {head.pk: "51"},
        } | facts
        return refused(lambda: head_change(SYSTEM, **given))

    assert heads(head=head) == ["household.head_same"]
    assert heads(head=world.west_person) == ["household.not_member"]
    assert heads(relations={}) == ["value.required"]
    assert heads(relations={head.pk: HEAD}) == ["household.two_heads"]
    assert heads(on=FUTURE) == ["date.future"]
    assert heads(on=EARLY) == ["date.before_current"]
