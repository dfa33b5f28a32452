"""Memberships: started, carried through the stages, transferred, ended; floating members."""

from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World, make_person

from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound, Refused
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.floating_end import floating_end
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.membership_end import membership_end
from anlan.registers.actions.membership_stage import membership_stage
from anlan.registers.actions.membership_start import NewMembership, membership_start
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.dimensions.populations import members_on
from anlan.registers.models import Membership, Person
from anlan.registers.queries.details import memberships_of, spells_of
from anlan.registers.rules.memberships import Stage
from anlan.registers.tests.refusals import (
    AFTER,
    BEFORE,
    EARLY,
    FUTURE,
    ON,
    history_of,
    last_entry,
    refused,
)


@pytest.fixture
def person(world: World) -> Person:
    return make_person(
        "谭小川", world.east_group, birth_date=date(1999, 5, 1), birth_precision="day", sex="1"
    )


def start(person: Person, world: World, **facts: Any) -> Membership:
    own: dict[str, Any] = {"stage": "applicant"} | facts
    on = own.pop("on", BEGINNING)
    organization = own.pop("organization", world.east_branch)
    return membership_start(
        SYSTEM, person=person, organization=organization, facts=NewMembership(**own), on=on
    )


def stage_on(person: Person, day: date) -> str | None:
    found = memberships_of([person.pk], day).get(person.pk)
    return found.stage if found else None


def test_start(world: World, person: Person) -> None:
    joined, full = PartialDate(date(2018, 7, 1), "month"), PartialDate(date(2019, 7, 1), "month")
    membership = start(person, world, stage="full", joined=joined, full_member=full, on=ON)
    assert (membership.joined_precision, membership.full_member_on) == ("month", date(2019, 7, 1))
    assert stage_on(person, BEFORE) is None
    assert stage_on(person, ON) == "full"
    assert membership in members_on(ON, "organization", world.east_committee.path)
    assert last_entry().action == "registers.membership_start"
    assert history_of("organization", world.east_branch.pk) == ["registers.membership_start"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"stage": "friend"}, "membership.stage_unknown"),
        ({"stage": "full", "joined": PartialDate(date(2017, 4, 1), "month")}, "membership.too_young"),
        ({"stage": "full", "joined": PartialDate(FUTURE, "day")}, "date.future"),
        ({"standing": "dead"}, "membership.standing"),
        ({"on": FUTURE}, "date.future"),
        (
            {
                "stage": "full",
                "joined": PartialDate(date(2019, 7, 1), "day"),
                "full_member": PartialDate(date(2019, 6, 1), "month"),
            },
            "membership.full_before_joined",
        ),
    ],
)
def test_start_refused(world: World, person: Person, facts: dict[str, Any], code: str) -> None:
    assert refused(lambda: start(person, world, **facts)) == [code]


def test_start_refused_by_the_register(world: World, person: Person) -> None:
    assert refused(lambda: start(world.east_person, world)) == ["membership.exists"]
    death_record(SYSTEM, person=person, died_on=ON)
    assert refused(lambda: start(person, world)) == ["person.dead"]
    membership_end(SYSTEM, membership=world.east_member, on=ON, reason="removed")
    assert refused(lambda: start(world.east_person, world)) == ["date.before_current"]
    assert start(world.east_person, world, on=AFTER).stage == "applicant"


def test_start_only_in_the_own_range(cast: Cast) -> None:
    world = cast.world
    facts = NewMembership("applicant")
    outsider = make_person("甲", world.west_group)
    for player in (cast.township_officer, cast.neighbour):
        with pytest.raises(NotFound):
            membership_start(
                player.person, person=outsider, organization=world.east_branch, facts=facts, on=ON
            )


def test_stages_in_their_order(world: World, person: Person) -> None:
    membership = start(person, world)
    days = [date(2021, 1, 1), date(2022, 3, 1), date(2023, 5, 1), date(2024, 5, 1)]
    for stage, day in zip(list(Stage)[1:], days, strict=True):
        membership = membership_stage(SYSTEM, membership=membership, stage=stage, on=day)
    assert (membership.joined_on, membership.full_member_on) == (days[2], days[3])
    found = [stage_on(person, day) for day in (BEGINNING, *days)]
    assert found == ["applicant", "activist", "candidate", "probationary", "full"]
    assert stage_on(person, date(2023, 4, 30)) == "candidate"
    assert set(person.memberships.values_list("end_reason", flat=True)) == {"", "stage"}
    assert last_entry().action == "registers.membership_stage"


def test_stages_refused(world: World, person: Person) -> None:
    membership = start(person, world, on=date(2020, 6, 1))

    def stage(stage: Stage, on: date = ON, **facts: Any) -> list[str]:
        given: dict[str, Any] = {"membership": membership, "stage": stage, "on": on} | facts
        return refused(lambda: membership_stage(SYSTEM, **given))

    assert stage(Stage.CANDIDATE) == ["membership.stage_move"]
    assert stage(Stage.ACTIVIST, FUTURE) == ["date.future"]
    assert stage(Stage.ACTIVIST, EARLY) == ["date.before_current"]
    probationer = start(make_person("乙", world.east_group), world, stage="probationary")
    assert stage(Stage.FULL, membership=probationer) == ["value.required"]
    child = make_person("丙", world.east_group, birth_date=date(2008, 1, 1), birth_precision="day")
    candidate = start(child, world, stage="candidate")
    assert stage(Stage.PROBATIONARY, membership=candidate) == ["membership.too_young"]
    membership_end(SYSTEM, membership=membership, on=ON, reason="withdrawn")
    assert stage(Stage.ACTIVIST) == ["membership.ended"]


def test_transfer(world: World) -> None:
    post = appointment_start(
        SYSTEM, organization=world.east_branch, post="secretary", on=BEGINNING, person=world.east_person
    )
    after = membership_transfer(SYSTEM, membership=world.east_member, organization=world.west_branch, on=ON)
    person = world.east_person
    assert memberships_of([person.pk], BEFORE)[person.pk].organization == world.east_branch
    assert memberships_of([person.pk], ON)[person.pk] == after
    assert after.uid != world.east_member.uid
    post.refresh_from_db()
    assert post.valid_to == ON
    for organization in (world.east_branch, world.west_branch):
        assert history_of("organization", organization.pk)[0] == "registers.membership_transfer"


def test_a_secretary_hands_over_what_is_theirs(cast: Cast) -> None:
    world = cast.world
    with pytest.raises(NotFound):
        membership_transfer(
            cast.member.person, membership=world.west_member, organization=world.east_branch, on=ON
        )
    after = membership_transfer(
        cast.member.person, membership=world.east_member, organization=world.west_branch, on=ON
    )
    assert after.organization == world.west_branch
    with pytest.raises(NotFound):
        membership_transfer(cast.member.person, membership=after, organization=world.east_branch, on=AFTER)


def test_transfer_refused(world: World) -> None:
    def transfer(**facts: Any) -> list[str]:
        given: dict[str, Any] = {
            "membership": world.east_member,
            "organization": world.west_branch,
            "on": ON,
        } | facts
        return refused(lambda: membership_transfer(SYSTEM, **given))

    assert transfer(organization=world.east_branch) == ["membership.same"]
    assert transfer(on=FUTURE) == ["date.future"]
    assert transfer(on=EARLY) == ["date.before_current"]
    membership_end(SYSTEM, membership=world.east_member, on=ON, reason="transferred")
    assert transfer() == ["membership.ended"]


def test_end(world: World) -> None:
    floating_start(SYSTEM, person=world.east_person, on=BEGINNING, destination="广东")
    ended = membership_end(
        SYSTEM, membership=world.east_member, on=ON, reason="transferred", document="介绍信 12 号"
    )
    assert (ended.valid_to, ended.end_reason) == (ON, "transferred")
    assert stage_on(world.east_person, BEFORE) == "full"
    assert stage_on(world.east_person, ON) is None
    assert spells_of([world.east_person.pk], ON) == {}
    assert last_entry().facts["document"] == "介绍信 12 号"


def test_end_refused(world: World, person: Person) -> None:
    applicant = start(person, world)

    def end(membership: Membership, reason: str, on: date = ON) -> list[str]:
        return refused(lambda: membership_end(SYSTEM, membership=membership, on=on, reason=reason))

    assert end(world.east_member, "bored") == ["membership.end_reason"]
    assert end(applicant, "expelled") == ["membership.end_reason"]
    assert end(world.east_member, "removed", FUTURE) == ["date.future"]
    assert end(world.east_member, "removed", EARLY) == ["date.before_current"]


def test_floating(cast: Cast) -> None:
    world = cast.world
    person = world.east_person
    since = PartialDate(date(2023, 3, 1), "month")
    spell = floating_start(cast.member.person, person=person, on=ON, destination="广东 东莞", since=since)
    assert (spell.destination, spell.since_precision) == ("广东 东莞", "month")
    assert spells_of([person.pk], BEFORE) == {}
    assert spells_of([person.pk], ON) == {person.pk: spell}
    floating_end(cast.member.person, person=person, on=date(2024, 9, 1))
    assert spells_of([person.pk], date(2024, 9, 1)) == {}
    assert history_of("person", person.pk) == ["registers.floating_end", "registers.floating_start"]
    with pytest.raises(NotFound):
        floating_start(cast.neighbour.person, person=person, on=date(2024, 9, 1), destination="广东")
    with pytest.raises(Refused):
        floating_end(cast.auditor.person, person=None, on=ON)  # type: ignore[arg-type]


def test_floating_refused(world: World, person: Person) -> None:
    start(person, world)

    def float_(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"person": world.east_person, "on": ON, "destination": "广东"} | facts
        return refused(lambda: floating_start(SYSTEM, **given))

    assert float_(destination=" ") == ["value.required"]
    assert float_(person=person) == ["floating.not_member"]
    assert float_(since=PartialDate(FUTURE, "day")) == ["date.future"]
    assert float_(on=FUTURE) == ["date.future"]
    assert refused(lambda: floating_end(SYSTEM, person=person, on=ON)) == ["floating.none"]
    floating_start(SYSTEM, person=world.east_person, on=ON, destination="广东")
    assert float_() == ["floating.exists"]
    end: dict[str, Any] = {"person": world.east_person}
    assert refused(lambda: floating_end(SYSTEM, **end, on=BEFORE)) == ["date.before_current"]
    floating_end(SYSTEM, **end, on=date(2024, 3, 1))
    assert float_() == ["date.before_current"]
