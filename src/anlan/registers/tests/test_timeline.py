"""The course of one person, read from the dated rows."""

from datetime import date

from tests.cast import BEGINNING, SYSTEM, World

from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.queries.timeline import Event, person_timeline
from anlan.registers.tests.refusals import EARLY, ON


def test_the_course_of_a_life(world: World) -> None:
    person = world.east_person
    floating_start(SYSTEM, person=person, on=date(2022, 3, 1), destination="广东")
    person = death_record(SYSTEM, person=person, died_on=ON)
    events = person_timeline(person)
    assert [event.day for event in events] == sorted((event.day for event in events), reverse=True)
    assert set(events) == {
        Event(date(1962, 5, 4), "birth"),
        Event(BEGINNING, "household", "E0001", "head"),
        Event(BEGINNING, "membership", "石桥村党支部", "full"),
        Event(date(2022, 3, 1), "floating", "广东"),
        Event(ON, "floating_end", "广东"),
        Event(ON, "death"),
        Event(ON, "household_end", "E0001", "head", "death"),
        Event(ON, "membership_end", "石桥村党支部", "full", "dead"),
    }


def test_what_turned_out_not_to_be_is_left_out(world: World) -> None:
    person = death_record(SYSTEM, person=world.east_person, died_on=EARLY)
    assert [event.code for event in person_timeline(person)] == ["death", "birth"]
