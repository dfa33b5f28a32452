"""Taking changes back: a death, a birth, a marriage, a move that never were; what stands in the way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World

from anlan.kernel import record
from anlan.kernel.models import ChangeEntry
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound, Refused
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.actions.birth_record import birth_record
from anlan.registers.actions.change_withdraw import change_withdraw
from anlan.registers.actions.contact_add import contact_add
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.head_change import head_change
from anlan.registers.actions.household_add import NewMember, household_add
from anlan.registers.actions.household_move import household_move
from anlan.registers.actions.marriage_record import marriage_record
from anlan.registers.actions.person_add import person_add
from anlan.registers.actions.person_move import person_move
from anlan.registers.actions.record_edit import record_edit
from anlan.registers.actions.resettlement_start import ResettlementFacts, resettlement_start
from anlan.registers.actions.support_change import support_change
from anlan.registers.models import Household, Person, ResettlementRecord, SupportProgramme
from anlan.registers.rules.persons import ContactFacts, PersonFacts
from anlan.registers.rules.resettlement import SupportMove
from anlan.registers.rules.withdrawing import WITHDRAWABLE
from anlan.registers.tests.refusals import AFTER, ON, fresh, history_of, last_entry, refused
from anlan.registers.tests.test_households import HEAD, SON, WIFE, founded, member
from anlan.registers.tests.test_import_as_typed import register

WHY = "登记错了人"


def withdraw(row: Any, actor: Any = SYSTEM, reason: str = WHY) -> ChangeEntry:
    """Take back the latest change of a person or household."""
    kind = "person" if isinstance(row, Person) else "household"
    sequence = record.history(kind, row.pk, limit=1)[0].entry.sequence
    return change_withdraw(actor, record=row, sequence=sequence, reason=reason)


@pytest.fixture
def supported(world: World) -> Person:
    """Somebody who is everything at once: head, member, secretary, away, supported."""
    person = world.east_person
    appointment_start(SYSTEM, organization=world.east_branch, post="secretary", on=BEGINNING, person=person)
    floating_start(SYSTEM, person=person, on=BEGINNING, destination="广东")
    since, until = date(2006, 7, 1), date(2026, 7, 1)
    programme = SupportProgramme.objects.create(code="t", name="后期扶持", valid_from=since, valid_to=until)
    facts = ResettlementFacts("0001", "旧县城", None, "concentrated", "cash", programme)
    resettlement_start(SYSTEM, person=person, facts=facts, on=BEGINNING)
    return person


def test_a_death_that_was_not_is_taken_back_whole(supported: Person) -> None:
    before = register()
    death_record(SYSTEM, person=supported, died_on=ON)
    assert register() != before
    withdraw(supported)
    assert register() == before
    entry = last_entry()
    assert (entry.action, entry.reason) == ("registers.change_withdraw", WHY)
    assert history_of("person", supported.pk)[:2] == ["registers.change_withdraw", "registers.death_record"]
    assert history_of("organization", supported.memberships.get().organization_id)[0] == entry.action


def test_the_head_is_the_head_again(world: World) -> None:
    household = founded(world)
    head, wife, son = (member(household, name) for name in ("谭大川", "向春梅", "谭小川"))
    before = register()
    death_record(SYSTEM, person=head, died_on=ON, new_head=wife, relations={son.pk: SON})
    withdraw(head)
    assert register() == before


def _birth(world: World, household: Household) -> Any:
    facts = PersonFacts("谭念", birth=PartialDate(ON, "day"))
    return birth_record(SYSTEM, household=household, facts=facts, relation="42")


def _marriage(world: World, household: Household) -> Any:
    spouse = world.west_person
    return marriage_record(SYSTEM, person=member(household, "谭小川"), on=ON, spouse=spouse, relation="28")


def _split(world: World, household: Household) -> Any:
    members = [NewMember(HEAD, person=member(household, "谭小川"))]
    return household_add(SYSTEM, area=world.east_other_group, on=ON, members=members)


CHANGES: dict[str, Callable[[World, Household], Any]] = {
    "birth_record": _birth,
    "marriage_record": _marriage,
    "household_add": _split,
    "household_move": lambda world, household: household_move(
        SYSTEM, household=household, area=world.east_other_group, on=ON
    ),
    "person_move": lambda world, household: person_move(
        SYSTEM, person=member(household, "谭大川"), on=ON, area=world.east_other_group
    ),
    "head_change": lambda world, household: head_change(
        SYSTEM, household=household, head=member(household, "向春梅"), on=ON, relations={
            member(household, "谭大川").pk: "11"}
    ),
    "person_add": lambda world, household: person_add(
        SYSTEM, facts=PersonFacts("冉小妹"), area=world.east_group, on=ON
    ),
    "contact_add": lambda world, household: contact_add(
        SYSTEM, person=member(household, "向春梅"), contact=ContactFacts("phone", "13900002222"), on=ON
    ).person,
    "record_edit": lambda world, household: record_edit(
        SYSTEM, record=member(household, "向春梅"), values={"name": "向春美"}, reason="写错"
    ),
    "resettlement_start": lambda world, household: resettlement_start(
        SYSTEM, person=member(household, "向春梅"), facts=ResettlementFacts("17"), on=ON
    ).person,
}  # fmt: skip


@pytest.mark.parametrize("verb", sorted(CHANGES))
def test_each_change_is_taken_back_whole(world: World, verb: str) -> None:
    household = founded(world)
    before = register()
    changed = CHANGES[verb](world, household)
    assert register() != before
    withdraw(changed)
    assert register() == before
    assert record.verify() == []
    assert f"registers.{verb}" in WITHDRAWABLE


def test_support_is_as_before(supported: Person) -> None:
    before = register()
    support_change(SYSTEM, person=supported, move=SupportMove.SUSPEND, on=ON, reason="prison")
    assert ResettlementRecord.objects.filter(person=supported).count() == 2
    withdraw(supported)
    assert register() == before


def test_other_changes_of_the_same_household_stand_in_nobodys_way(world: World) -> None:
    household = founded(world)
    son = member(household, "谭小川")
    death_record(SYSTEM, person=son, died_on=ON)
    sequence = last_entry().sequence
    _birth(world, household)
    contact_add(SYSTEM, person=son, contact=ContactFacts("phone", "13900003333"), on=ON)
    change_withdraw(SYSTEM, record=son, sequence=sequence, reason=WHY)
    assert fresh(son).died_on is None


def test_who_comes_back_lives_where_the_household_lives_now(world: World) -> None:
    household = founded(world)
    son = member(household, "谭小川")
    death_record(SYSTEM, person=son, died_on=ON)
    sequence = last_entry().sequence
    household_move(SYSTEM, household=household, area=world.east_other_group, on=AFTER)
    change_withdraw(SYSTEM, record=son, sequence=sequence, reason=WHY)
    assert fresh(son).area == world.east_other_group


def test_what_stands_in_the_way_is_named(world: World) -> None:
    household = founded(world)
    head, wife, son = (member(household, name) for name in ("谭大川", "向春梅", "谭小川"))
    death_record(SYSTEM, person=head, died_on=ON, new_head=wife)
    sequence = last_entry().sequence
    head_change(SYSTEM, household=household, head=son, on=AFTER, relations={wife.pk: "52"})
    with pytest.raises(Refused) as caught:
        change_withdraw(SYSTEM, record=head, sequence=sequence, reason=WHY)
    [problem] = caught.value.problems
    assert problem.code == "withdraw.later"
    assert "变更户主" in str(problem.params["entries"])
    withdraw(household)
    change_withdraw(SYSTEM, record=head, sequence=sequence, reason=WHY)
    assert Household.objects.get(pk=household.pk).head == head


def test_what_hangs_on_it_is_named(world: World) -> None:
    child = _birth(world, founded(world))
    sequence = last_entry().sequence
    contact_add(SYSTEM, person=child, contact=ContactFacts("phone", "13900003333"), on=AFTER)
    codes = refused(lambda: change_withdraw(SYSTEM, record=child, sequence=sequence, reason=WHY))
    assert codes == ["withdraw.later"]


def test_refused(world: World) -> None:
    household = founded(world)
    son = member(household, "谭小川")
    death_record(SYSTEM, person=son, died_on=ON)
    sequence = last_entry().sequence

    def again(reason: str = WHY) -> list[str]:
        return refused(lambda: change_withdraw(SYSTEM, record=son, sequence=sequence, reason=reason))

    assert again(" ") == ["value.required"]
    withdraw(son)
    assert again() == ["withdraw.done"]
    death_record(SYSTEM, person=son, died_on=ON)
    assert again() == ["withdraw.done"]
    assert refused(lambda: withdraw_kind(son)) == ["withdraw.kind"]


def withdraw_kind(person: Person) -> None:
    """Take back what was a taking back."""
    items = record.history("person", person.pk)
    sequence = next(one.entry.sequence for one in items if one.entry.action == "registers.change_withdraw")
    change_withdraw(SYSTEM, record=person, sequence=sequence, reason=WHY)


def test_a_household_that_ended_meanwhile(world: World) -> None:
    household = founded(world)
    head, wife, son = (member(household, name) for name in ("谭大川", "向春梅", "谭小川"))
    death_record(SYSTEM, person=son, died_on=ON)
    sequence = last_entry().sequence
    for one in (wife, head):
        person_move(SYSTEM, person=one, on=AFTER, area=world.east_other_group)
    codes = refused(lambda: change_withdraw(SYSTEM, record=son, sequence=sequence, reason=WHY))
    assert codes == ["withdraw.household_ended"]


def test_out_of_range(cast: Cast) -> None:
    world = cast.world
    death_record(SYSTEM, person=world.east_person, died_on=ON)
    sequence = last_entry().sequence
    with pytest.raises(NotFound):
        change_withdraw(cast.neighbour.person, record=world.east_person, sequence=sequence, reason=WHY)
    with pytest.raises(NotFound):
        change_withdraw(SYSTEM, record=world.west_person, sequence=sequence, reason=WHY)
    # Over two townships: only the county takes it back, as only the county recorded it.
    withdraw(world.east_person, actor=cast.township_officer.person)
    marriage_record(SYSTEM, person=world.east_person, on=ON, spouse=world.west_person, relation=WIFE)
    with pytest.raises(NotFound):
        withdraw(world.east_person, actor=cast.township_officer.person)
    withdraw(world.east_person, actor=cast.county_officer.person)
    assert fresh(world.east_person).marital_status == ""
