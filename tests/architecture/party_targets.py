"""The forms of areas, organisations and members, and what they are asked on."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from anlan.kernel.record import current_sequence
from anlan.places.actions.area_rename import area_rename
from anlan.registers.actions.organization_rename import organization_rename
from anlan.registers.models import Appointment, FloatingSpell, Membership, PartyOrganization
from tests.architecture.access_rows import (
    EAST_KEEPERS,
    EAST_OFFICERS,
    NOWHERE,
    OFFICERS_ONLY,
    WEST_OFFICERS,
    Case,
    at,
    row,
)
from tests.cast import BEGINNING, SYSTEM, World

_DAY = date(2024, 1, 1)

COUNTY_ONLY = row(200, 404, 404, 404, 404, 404, 404, 404, 302)


def secretary_of(organization: PartyOrganization) -> Appointment:
    """Somebody known by name who holds a post."""
    return Appointment.objects.create(organization=organization, post="secretary", valid_from=BEGINNING)


def _branch_page(world: World, page: str, side: str = "east") -> str:
    """A page of a branch that has a secretary."""
    branch = world.east_branch if side == "east" else world.west_branch
    if not branch.appointments.exists():
        secretary_of(branch)
    return f"/organizations/{branch.uid}/{page}/"


def _member_page(
    world: World, page: str, side: str = "east", stage: str = "full", floats: bool = False
) -> str:
    """A page of a member at a stage, here or far away."""
    member = world.east_member if side == "east" else world.west_member
    Membership.objects.filter(pk=member.pk).update(stage=stage)
    FloatingSpell.objects.filter(person=member.person_id).delete()
    if floats:
        FloatingSpell.objects.create(person_id=member.person_id, destination="广东", valid_from=BEGINNING)
    return f"/members/{member.uid}/{page}/"


def _post_page(world: World) -> str:
    """The page on which the secretary of the east branch is corrected."""
    branch = world.east_branch
    post = branch.appointments.first() or secretary_of(branch)
    return f"/organizations/{branch.uid}/posts/{post.pk}/edit/"


def _withdrawn_rename(world: World) -> str:
    """The page on which another name of the east branch is taken back."""
    organization_rename(SYSTEM, organization=world.east_branch, on=_DAY, name="新桥村党支部")
    return f"/organizations/{world.east_branch.uid}/changes/{current_sequence()}/withdraw/"


def _withdrawn_area(world: World) -> str:
    """The page on which another name of a village of the east is taken back."""
    area_rename(SYSTEM, area=world.east_village, on=_DAY, name="新桥村")
    return f"/areas/{world.east_village.code}/changes/{current_sequence()}/withdraw/"


PARTY: Mapping[str, tuple[Case, ...]] = {
    **{
        f"places:area_{verb}": (
            at(f"/areas/500299101201/{verb}/", COUNTY_ONLY),
            at(f"/areas/999999999999/{verb}/", NOWHERE),
        )
        for verb in ("create", "edit", "rename", "move", "merge", "split")
    },
    "registers:organization_add": (
        at("/organizations/new/", OFFICERS_ONLY),
        Case(lambda world: f"/organizations/new/?parent={world.east_committee.uid}", EAST_OFFICERS),
    ),
    **{
        f"registers:{verb}": (
            Case(partial(_branch_page, page=page), EAST_OFFICERS),
            Case(partial(_branch_page, page=page, side="west"), WEST_OFFICERS),
        )
        for verb, page in (
            ("organization_edit", "edit"),
            ("organization_rename", "rename"),
            ("organization_move", "move"),
            ("election_record", "election"),
            ("appointment_start", "posts/start"),
            ("appointment_end", "posts/end"),
            ("appointment_match", "posts/match"),
        )
    },
    "registers:organization_end": (Case(partial(_branch_page, page="end"), COUNTY_ONLY),),
    "registers:membership_start": (
        at("/members/new/", OFFICERS_ONLY),
        Case(lambda world: f"/members/new/?organization={world.west_branch.uid}", OFFICERS_ONLY),
    ),
    **{
        f"registers:{verb}": (
            Case(partial(_member_page, page=page), statuses),
            Case(partial(_member_page, page=page, side="west"), WEST_OFFICERS),
        )
        for verb, page, statuses in (
            ("membership_edit", "edit", EAST_OFFICERS),
            ("membership_transfer", "transfer", EAST_KEEPERS),
            ("membership_end", "end", EAST_OFFICERS),
            ("floating_start", "away", EAST_KEEPERS),
        )
    },
    "registers:membership_stage": (
        Case(partial(_member_page, page="stage", stage="probationary"), EAST_OFFICERS),
        Case(partial(_member_page, page="stage"), NOWHERE),
    ),
    "registers:appointment_edit": (
        Case(_post_page, EAST_OFFICERS),
        Case(lambda world: f"/organizations/{world.east_branch.uid}/posts/0/edit/", NOWHERE),
    ),
    "registers:floating_edit": (
        Case(partial(_member_page, page="away/edit", floats=True), EAST_OFFICERS),
        Case(partial(_member_page, page="away/edit"), NOWHERE),
    ),
    "registers:organization_withdraw": (
        Case(_withdrawn_rename, EAST_OFFICERS),
        Case(lambda world: f"/organizations/{world.east_branch.uid}/changes/1/withdraw/", NOWHERE),
    ),
    "registers:area_withdraw": (
        Case(_withdrawn_area, COUNTY_ONLY),
        at("/areas/500299101201/changes/1/withdraw/", NOWHERE),
    ),
    "registers:floating_end": (
        Case(partial(_member_page, page="back", floats=True), EAST_KEEPERS),
        Case(partial(_member_page, page="back"), NOWHERE),
    ),
}
