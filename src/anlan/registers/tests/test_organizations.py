"""Party organisations: added, renamed, moved, ended; posts and elections; read before and after."""

from datetime import date
from typing import Any

import pytest
from tests.cast import BEGINNING, SYSTEM, Cast, World

from anlan.accounts.models import RoleGrant
from anlan.kernel.partial_dates import PartialDate
from anlan.kernel.problems import NotFound
from anlan.places.actions.area_merge import area_merge
from anlan.registers.actions.appointment_end import appointment_end
from anlan.registers.actions.appointment_start import appointment_start
from anlan.registers.actions.death_record import death_record
from anlan.registers.actions.election_record import election_record
from anlan.registers.actions.membership_transfer import membership_transfer
from anlan.registers.actions.organization_add import OrganizationFacts, organization_add
from anlan.registers.actions.organization_end import organization_end
from anlan.registers.actions.organization_move import organization_move
from anlan.registers.actions.organization_rename import organization_rename
from anlan.registers.dimensions.populations import members_on, organizations_on
from anlan.registers.models import PartyOrganization
from anlan.registers.queries.details import organization_versions, secretaries_of
from anlan.registers.queries.finding import organizations_matching
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

ELECTED = PartialDate(date(2021, 6, 1), "month")


def add(world: World, **facts: Any) -> PartyOrganization:
    given: dict[str, Any] = {"parent": world.east_committee, "area": world.east_village, "on": ON} | facts
    stated = {"name": "石桥村 脐橙产业党支部", "kind": "branch", "setup_mode": "trade", "elected": ELECTED}
    where = {name: given.pop(name) for name in ("parent", "area", "on")}
    own: dict[str, Any] = stated | given
    return organization_add(SYSTEM, facts=OrganizationFacts(**own), **where)


def named_on(world: World, day: date) -> str:
    return organization_versions([world.east_branch.pk], day)[world.east_branch.pk].name


def test_add(world: World) -> None:
    branch = add(world)
    assert branch.name == "石桥村脐橙产业党支部"
    assert branch.path == f"{world.east_committee.path}{branch.pk}."
    assert branch.election_due_on == date(2026, 6, 30)
    assert branch in PartyOrganization.objects.filter(organizations_matching("脐橙"))
    assert branch not in organizations_on(BEFORE, "area", world.east.path)
    assert branch in organizations_on(ON, "area", world.east.path)
    assert last_entry().action == "registers.organization_add"


@pytest.mark.parametrize(
    ("kind", "area", "due"),
    [
        ("branch", "east_village", date(2026, 6, 30)),
        ("branch", "east", date(2024, 6, 30)),
        ("committee", "east", date(2026, 6, 30)),
    ],
)
def test_terms_follow_kind_and_place(world: World, kind: str, area: str, due: date) -> None:
    assert add(world, kind=kind, area=getattr(world, area)).election_due_on == due


def test_a_stated_election_day_stands(world: World) -> None:
    assert add(world, election_due_on=date(2025, 1, 1)).election_due_on == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "name.missing"),
        ({"name": "石桥村党支部"}, "organization.name_taken"),
        ({"kind": "club"}, "organization.kind"),
        ({"kind": "group"}, "organization.parent_kind"),
        ({"parent": None}, "organization.parent_kind"),
        ({"setup_mode": "magic"}, "organization.setup_mode"),
        ({"founded": PartialDate(FUTURE, "day"), "elected": None}, "date.future"),
        ({"founded": PartialDate(date(2022, 1, 1), "day")}, "election.before_founding"),
        ({"election_due_on": date(2021, 1, 1)}, "election.due_before"),
        ({"on": FUTURE}, "date.future"),
        ({"on": EARLY}, "date.before_current"),
    ],
)
def test_add_refused(world: World, facts: dict[str, Any], code: str) -> None:
    assert refused(lambda: add(world, **facts)) == [code]


def test_add_only_in_the_own_range(cast: Cast) -> None:
    world, facts = cast.world, OrganizationFacts("新支部", "branch")
    with pytest.raises(NotFound):
        organization_add(
            cast.neighbour.person, facts=facts, area=world.west, parent=world.east_committee, on=ON
        )
    with pytest.raises(NotFound):
        organization_add(
            cast.township_officer.person, facts=facts, area=world.west, parent=world.east_committee, on=ON
        )


def test_rename(world: World) -> None:
    branch = organization_rename(
        SYSTEM, organization=world.east_branch, on=ON, name="石桥村党总支", kind="general_branch"
    )
    assert (named_on(world, BEFORE), named_on(world, ON)) == ("石桥村党支部", "石桥村党总支")
    assert branch.kind == "general_branch"
    for text in ("石桥村党总支", "sqcdzz", "石桥村党支部"):
        assert branch in PartyOrganization.objects.filter(organizations_matching(text))
    assert last_entry().action == "registers.organization_rename"


def test_rename_refused(world: World) -> None:
    def rename(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"organization": world.east_branch, "on": ON, "name": "新名"} | facts
        return refused(lambda: organization_rename(SYSTEM, **given))

    assert rename(name="石桥村党支部") == ["organization.unchanged"]
    assert rename(name="柳湾村党支部") == ["organization.name_taken"]
    assert rename(kind="group") == ["organization.parent_kind"]
    assert rename(organization=world.east_committee, kind="branch") == ["organization.parent_kind"]
    assert rename(on=FUTURE) == ["date.future"]
    assert rename(on=EARLY) == ["date.before_current"]


def test_move_with_everything_below_and_the_roles(cast: Cast) -> None:
    world = cast.world
    group = add(world, name="一组党小组", kind="group", parent=world.east_branch, elected=None)
    old = world.east_branch.path
    moved = organization_move(SYSTEM, organization=world.east_branch, on=AFTER, parent=world.west_committee)
    group.refresh_from_db()
    assert group.path == f"{moved.path}{group.pk}."
    assert organization_versions([group.pk], ON)[group.pk].path == f"{old}{group.pk}."
    assert moved in organizations_on(ON, "organization", world.east_committee.path)
    assert moved not in organizations_on(AFTER, "organization", world.east_committee.path)
    assert {moved, group} <= set(organizations_on(AFTER, "organization", world.west_committee.path))
    assert RoleGrant.objects.get(tree="organization").path == moved.path
    assert last_entry().facts["paths"] == [[old, moved.path]]


def test_move_to_another_area(world: World) -> None:
    branch = organization_move(SYSTEM, organization=world.east_branch, on=ON, area=world.east_other_village)
    assert branch.area == world.east_other_village
    assert organization_versions([branch.pk], BEFORE)[branch.pk].area == world.east_village
    assert world.east_person.pk in members_on(BEFORE, "area", world.east_village.path).values_list(
        "person", flat=True
    )
    assert not members_on(ON, "area", world.east_village.path).exists()


def test_move_refused(world: World) -> None:
    def move(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"organization": world.east_branch, "on": ON} | facts
        return refused(lambda: organization_move(SYSTEM, **given))

    assert move() == ["organization.unchanged"]
    assert move(parent=world.east_committee) == ["organization.unchanged"]
    assert move(parent=world.east_other_branch) == ["organization.parent_kind"]
    top = {"organization": world.county_committee, "parent": world.east_committee}
    assert move(**top) == ["organization.parent_below"]
    assert move(parent=world.west_committee, on=FUTURE) == ["date.future"]
    assert move(parent=world.west_committee, on=EARLY) == ["date.before_current"]


def test_move_needs_both_ends(cast: Cast) -> None:
    for player in (cast.township_officer, cast.neighbour):
        with pytest.raises(NotFound):
            organization_move(
                player.person,
                organization=cast.world.east_branch,
                on=ON,
                parent=cast.world.west_committee,
            )


def test_end(cast: Cast) -> None:
    world = cast.world
    branch = world.east_branch
    end: dict[str, Any] = {"organization": branch, "on": ON, "document": "东河委〔2024〕1号"}
    assert refused(lambda: organization_end(SYSTEM, **end)) == ["organization.has_members"]
    assert refused(lambda: organization_end(SYSTEM, **(end | {"organization": world.east_committee}))) == [
        "organization.has_children"
    ]
    membership_transfer(SYSTEM, membership=world.east_member, organization=world.east_other_branch, on=BEFORE)
    post = appointment_start(SYSTEM, organization=branch, post="secretary", on=BEFORE, name="何忠孝")
    assert refused(lambda: organization_end(SYSTEM, **(end | {"on": EARLY}))) == ["date.before_current"]
    organization_end(cast.county_officer.person, **end)
    branch.refresh_from_db()
    post.refresh_from_db()
    assert (branch.valid_to, post.valid_to) == (ON, ON)
    assert RoleGrant.objects.get(tree="organization").valid_to == ON
    assert branch in organizations_on(BEFORE, "area", world.east.path)
    assert branch not in organizations_on(ON, "area", world.east.path)
    assert refused(lambda: organization_end(SYSTEM, **end)) == ["organization.ended"]


def test_only_the_county_ends(cast: Cast) -> None:
    with pytest.raises(NotFound):
        organization_end(cast.township_officer.person, organization=cast.world.east_branch, on=ON)


def test_election(world: World) -> None:
    branch = election_record(SYSTEM, organization=world.east_branch, on=ON)
    assert (branch.elected_on, branch.election_due_on) == (ON, date(2029, 1, 1))
    assert last_entry().action == "registers.election_record"
    elect: dict[str, Any] = {"organization": branch}
    assert refused(lambda: election_record(SYSTEM, **elect, on=FUTURE)) == ["date.future"]
    assert refused(lambda: election_record(SYSTEM, **elect, on=BEFORE)) == ["date.before_current"]
    assert refused(lambda: election_record(SYSTEM, **elect, on=AFTER, due_on=ON)) == ["election.due_before"]


def test_appointments(world: World) -> None:
    branch = election_record(SYSTEM, organization=world.east_branch, on=BEGINNING)
    first = appointment_start(
        SYSTEM, organization=branch, post="secretary", on=BEGINNING, name="向 前", phone="023-55551234"
    )
    assert (first.name, first.term_ends_on) == ("向前", date(2025, 1, 1))
    assert branch in PartyOrganization.objects.filter(organizations_matching("02355551234"))
    appointment_end(SYSTEM, appointment=first, on=ON)
    second = appointment_start(SYSTEM, organization=branch, post="secretary", on=ON, person=world.east_person)
    assert secretaries_of([branch.pk], BEFORE)[branch.pk] == first
    assert secretaries_of([branch.pk], ON)[branch.pk] == second
    outside = appointment_start(SYSTEM, organization=branch, post="first_secretary", on=ON, name="苏北")
    assert outside.term_ends_on is None
    assert history_of("person", world.east_person.pk)[0] == "registers.appointment_start"


def test_appointments_refused(world: World) -> None:
    branch = world.east_branch
    held = appointment_start(SYSTEM, organization=branch, post="secretary", on=ON, name="向前")

    def appoint(**facts: Any) -> list[str]:
        given: dict[str, Any] = {"organization": branch, "post": "publicity", "on": ON, "name": "甲"} | facts
        return refused(lambda: appointment_start(SYSTEM, **given))

    assert appoint(post="king") == ["appointment.post"]
    assert appoint(name="") == ["name.missing"]
    assert appoint(post="secretary") == ["appointment.held"]
    assert appoint(term_ends_on=ON) == ["appointment.term"]
    assert appoint(phone="12") == ["contact.format"]
    assert appoint(on=FUTURE) == ["date.future"]
    assert refused(lambda: appointment_end(SYSTEM, appointment=held, on=BEFORE)) == ["date.before_current"]
    appointment_end(SYSTEM, appointment=held, on=AFTER)
    assert refused(lambda: appointment_end(SYSTEM, appointment=held, on=AFTER)) == ["appointment.ended"]
    death_record(SYSTEM, person=world.east_person, died_on=AFTER)
    assert appoint(person=world.east_person) == ["person.dead"]


def test_appointments_out_of_range(cast: Cast) -> None:
    branch = cast.world.east_branch
    held = appointment_start(SYSTEM, organization=branch, post="secretary", on=ON, name="向前")
    with pytest.raises(NotFound):
        appointment_end(cast.neighbour.person, appointment=held, on=AFTER)
    with pytest.raises(NotFound):
        appointment_start(
            cast.township_officer.person,
            organization=branch,
            post="women",
            on=ON,
            person=cast.world.west_person,
        )


def test_organizations_follow_a_merged_village(world: World) -> None:
    area_merge(SYSTEM, areas=[world.east_village], into=world.east_other_village, on=ON)
    branch = PartyOrganization.objects.get(pk=world.east_branch.pk)
    assert branch.area == world.east_other_village
    assert organization_versions([branch.pk], BEFORE)[branch.pk].area == world.east_village
