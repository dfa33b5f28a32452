"""Changes of organisations and members taken back whole, and what stands in the way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World, give_role

from anlan.accounts.roles import Role, Tier
from anlan.kernel import record
from anlan.kernel.problems import NotFound
from anlan.registers.actions.appointment_end import appointment_end
from anlan.registers.actions.appointment_match import appointment_match
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.actions.change_withdraw import KINDS, change_withdraw
from anlan.registers.actions.election_record import election_record
from anlan.registers.actions.floating_end import floating_end
from anlan.registers.actions.floating_start import floating_start
from anlan.registers.actions.membership_end import membership_end
from anlan.registers.actions.membership_stage import membership_stage
from anlan.registers.actions.membership_start import NewMembership, membership_start
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.actions.organization_add import OrganizationFacts, organization_add
from anlan.registers.actions.organization_end import organization_end
from anlan.registers.actions.organization_move import organization_move
from anlan.registers.actions.organization_rename import organization_rename
from anlan.registers.models import (
    Appointment,
    FloatingSpell,
    Membership,
    OrganizationVersion,
    PartyOrganization,
)
from anlan.registers.rules.memberships import Stage
from anlan.registers.rules.withdrawing import WITHDRAWABLE
from anlan.registers.tests import people
from anlan.registers.tests.refusals import AFTER, ON, refused

KEPT = (PartyOrganization, OrganizationVersion, Appointment, Membership, FloatingSpell)
Change = Callable[[World], Any]


def register() -> list[Any]:
    """Every row of organisations and members."""
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


def latest(row: Any) -> int:
    return record.history(KINDS[type(row)], row.pk, limit=1)[0].entry.sequence


def withdraw(row: Any, actor: Any = SYSTEM) -> None:
    change_withdraw(actor, record=row, sequence=latest(row), reason="登记错了")


def secretary(world: World) -> Appointment:
    return Appointment.objects.get(organization=world.east_branch)


def _added(world: World) -> PartyOrganization:
    facts = OrganizationFacts("石桥村脐橙党支部", "branch")
    return organization_add(SYSTEM, facts=facts, area=world.east, parent=world.east_committee, on=ON)


OF_ORGANIZATIONS: dict[str, Change] = {
    "organization_add": _added,
    "organization_rename": lambda world: organization_rename(
        SYSTEM, organization=world.east_branch, on=ON, name="新桥村党支部"
    ),
    "organization_move": lambda world: organization_move(
        SYSTEM, organization=world.east_branch, on=ON, parent=world.west_committee, area=world.west
    ),
    "organization_end": lambda world: organization_end(SYSTEM, organization=world.east_other_branch, on=ON),
    "election_record": lambda world: election_record(SYSTEM, organization=world.east_branch, on=ON),
    "appointment_start": lambda world: (
        appointment_start(
            SYSTEM, organization=world.east_branch, post="publicity", on=ON, name="余礼刚"
        ).organization
    ),
    "appointment_end": lambda world: (
        appointment_end(SYSTEM, appointment=secretary(world), on=ON).organization
    ),
    "appointment_match": lambda world: (
        appointment_match(SYSTEM, appointment=secretary(world), person=world.east_person).organization
    ),
}
OF_MEMBERS: dict[str, Change] = {
    "membership_start": lambda world: (
        membership_start(
            SYSTEM,
            person=people.person("余礼刚", world.east_group, 71),
            organization=world.east_branch,
            facts=NewMembership("activist"),
            on=ON,
        ).person
    ),
    "membership_stage": lambda world: (
        membership_stage(SYSTEM, membership=_probationary(world), stage=Stage.FULL, on=ON).person
    ),
    "membership_transfer": lambda world: (
        membership_transfer(
            SYSTEM, membership=world.east_member, organization=world.west_branch, on=ON
        ).person
    ),
    "membership_end": lambda world: (
        membership_end(SYSTEM, membership=world.east_member, on=ON, reason="removed").person
    ),
    "floating_start": lambda world: (
        floating_start(SYSTEM, person=world.west_person, on=ON, destination="广东").person
    ),
    "floating_end": lambda world: floating_end(SYSTEM, person=world.east_person, on=ON).person,
}


def _probationary(world: World) -> Membership:
    Membership.objects.filter(pk=world.west_member.pk).update(stage="probationary", joined_on=BEGINNING)
    return Membership.objects.get(pk=world.west_member.pk)


@pytest.fixture
def county(world: World) -> World:
    """The small county; the east branch has a secretary known by name and a member who is away."""
    appointment_start(SYSTEM, organization=world.east_branch, post="secretary", on=BEGINNING, name="何忠孝")
    floating_start(SYSTEM, person=world.east_person, on=BEGINNING, destination="广东")
    return world


@pytest.mark.parametrize("verb", [*OF_ORGANIZATIONS, *OF_MEMBERS])
def test_taken_back_everything_is_as_before(county: World, verb: str) -> None:
    # What a change is made on is made ready first: only the change itself is taken back.
    if verb == "membership_stage":
        _probationary(county)
    before = register()
    changed = (OF_ORGANIZATIONS | OF_MEMBERS)[verb](county)
    assert register() != before
    withdraw(changed)
    assert register() == before
    assert record.verify() == []
    assert f"registers.{verb}" in WITHDRAWABLE


def test_what_came_under_it_since_it_moved_stands_in_the_way(county: World) -> None:
    moved = OF_ORGANIZATIONS["organization_move"](county)
    sequence = latest(moved)
    organization_rename(SYSTEM, organization=moved, on=AFTER, kind="general_branch")
    organization_add(
        SYSTEM, facts=OrganizationFacts("一组支部", "branch"), area=county.west, parent=moved, on=AFTER
    )
    act = lambda: change_withdraw(SYSTEM, record=moved, sequence=sequence, reason="错了")  # noqa: E731
    assert refused(act)[0].startswith("withdraw.")


def test_roles_given_over_it_since_stand_in_the_way(county: World, cast: Cast) -> None:
    moved = OF_ORGANIZATIONS["organization_move"](county)
    assert cast.colleague.user is not None
    moved.refresh_from_db()
    give_role(cast.colleague.user, Role.BRANCH_SECRETARY, Tier.VILLAGE, moved.path, "organization")
    assert refused(lambda: withdraw(moved)) == ["withdraw.disturbed"]


def test_nothing_comes_back_under_what_ended(county: World) -> None:
    group = organization_add(
        SYSTEM,
        facts=OrganizationFacts("一组党小组", "group"),
        area=county.east_other_village,
        parent=county.east_other_branch,
        on=ON,
    )
    organization_end(SYSTEM, organization=group, on=AFTER)
    organization_end(SYSTEM, organization=county.east_other_branch, on=date(2024, 2, 1))
    assert refused(lambda: withdraw(group)) == ["withdraw.organization_ended"]


def test_only_by_those_who_may_do_it(county: World, cast: Cast) -> None:
    ended = OF_ORGANIZATIONS["organization_end"](county)
    with pytest.raises(NotFound):
        withdraw(ended, cast.township_officer.person)
    withdraw(ended, cast.county_officer.person)
    county.east_other_branch.refresh_from_db()
    assert county.east_other_branch.valid_to is None
