"""Who may open which address and take which action: the table the sweeps hold the code to.

A new address or action without a row fails. Statuses stand in the order of ``WHO``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from anlan.accounts.models import RoleGrant
from anlan.kernel import protection
from anlan.kernel.record import current_sequence
from anlan.registers.actions.household_move import household_move
from anlan.registers.models import (
    Appointment,
    PartyOrganization,
    Person,
    PersonContact,
    ResettlementRecord,
)
from anlan.registers.models.person import PHONE
from tests.architecture.bulk_targets import bulk_of, east_bulk
from tests.architecture.import_targets import batch_of, draft_of, east_batch, east_draft
from tests.cast import BEGINNING, SYSTEM, Cast, World

WHO = (
    "county_officer",
    "township_officer",
    "colleague",
    "neighbour",
    "liaison",
    "member",
    "auditor",
    "administrator",
    "leader",
    "household",
    "anonymous",
)
"""The cast in the order of the rows, with a leader of the county; the last two have no account."""

Statuses = tuple[int, ...]


def _row(
    county: int,
    east: int,
    west: int,
    liaison: int,
    member: int,
    auditor: int,
    admin: int,
    leader: int,
    unknown: int,
) -> Statuses:
    return (county, east, east, west, liaison, member, auditor, admin, leader, unknown, unknown)


#                    county east west liaison member auditor admin leader unknown
OPEN = _row(200, 200, 200, 200, 200, 200, 200, 200, 200)
SIGNED_IN = _row(200, 200, 200, 200, 200, 200, 200, 200, 302)
READERS = _row(200, 200, 200, 200, 200, 200, 404, 404, 302)
FIGURES = _row(200, 200, 200, 200, 200, 200, 404, 200, 302)
EAST = _row(200, 200, 404, 200, 200, 200, 404, 404, 302)
WEST = _row(200, 404, 200, 404, 404, 200, 404, 404, 302)
OFFICERS_ONLY = _row(200, 200, 200, 404, 404, 404, 404, 404, 302)
EAST_OFFICERS = _row(200, 200, 404, 404, 404, 404, 404, 404, 302)
WEST_OFFICERS = _row(200, 404, 200, 404, 404, 404, 404, 404, 302)
EAST_KEEPERS = _row(200, 200, 404, 404, 200, 404, 404, 404, 302)
EAST_HOME = _row(200, 200, 404, 200, 404, 200, 404, 404, 302)
EAST_BRANCH = _row(200, 200, 404, 200, 200, 200, 404, 200, 302)
WEST_BRANCH = _row(200, 404, 200, 404, 404, 200, 404, 200, 302)
EAST_VILLAGE = _row(200, 200, 404, 200, 404, 200, 200, 200, 302)
WEST_VILLAGE = _row(200, 404, 200, 404, 404, 200, 200, 200, 302)
WHOLE_COUNTY = _row(200, 404, 404, 404, 404, 200, 200, 200, 302)
NOWHERE = _row(404, 404, 404, 404, 404, 404, 404, 404, 302)
POST_ONLY = _row(405, 405, 405, 405, 405, 405, 405, 405, 405)
ADMINISTRATORS = _row(404, 404, 404, 404, 404, 404, 200, 404, 302)
ADMINISTRATORS_POST = _row(404, 404, 404, 404, 404, 404, 405, 404, 302)
COUNTY_SETTERS = _row(200, 404, 404, 404, 404, 404, 200, 404, 302)
COUNTY_SETTERS_POST = _row(405, 404, 404, 404, 404, 404, 405, 404, 302)
EAST_ACCOUNT = _row(200, 200, 404, 404, 404, 200, 200, 404, 302)
WEST_ACCOUNT = _row(200, 404, 200, 404, 404, 200, 200, 404, 302)
COUNTY_ACCOUNT = _row(200, 404, 404, 404, 404, 200, 200, 404, 302)
IMPORTERS = _row(200, 200, 200, 404, 404, 404, 404, 404, 302)
IMPORTS = _row(200, 200, 200, 404, 404, 200, 404, 404, 302)
EAST_BATCH = _row(200, 200, 404, 404, 404, 200, 404, 404, 302)
EAST_IMPORTERS = _row(200, 200, 404, 404, 404, 404, 404, 404, 302)
EAST_BATCH_MOVED = _row(303, 303, 404, 404, 404, 303, 404, 404, 302)
SIGNED_IN_POST = _row(405, 405, 405, 405, 405, 405, 405, 405, 302)
OWN_DRAFT = (404, 200, 404, 404, 404, 404, 404, 404, 404, 302, 302)
OWN_DRAFT_MOVED = (404, 303, 404, 404, 404, 404, 404, 404, 404, 302, 302)
ACCOUNTS = _row(200, 200, 200, 404, 404, 200, 200, 404, 302)


def api(statuses: Statuses) -> Statuses:
    """The same for the API: it answers 401 to somebody unknown."""
    return tuple(401 if status == 302 else status for status in statuses)


@dataclass(frozen=True)
class Case:
    """One address of a name in the small county, and what each of the cast is answered."""

    address: Callable[[World], str]
    statuses: Statuses


def at(address: str, statuses: Statuses) -> Case:
    """An address that is the same in every county."""
    return Case(lambda world: address, statuses)


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


def _list(name: str, statuses: Statuses) -> dict[str, tuple[Case, ...]]:
    space, stem = name.split(":")
    return {
        name: (at(f"/{stem}/", statuses), at(f"/{stem}/?on=2021-01-01", statuses)),
        f"{space}:{stem}_csv": (at(f"/{stem}.csv", statuses),),
        f"{space}:{stem}_xlsx": (at(f"/{stem}.xlsx", statuses),),
    }


def _contact(person: Person) -> PersonContact:
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
    row = world.east_person.contacts.first() or _contact(world.east_person)
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


URLS: Mapping[str, tuple[Case, ...]] = {
    "healthz": (at("/healthz", OPEN), at("/healthz?details", OPEN)),
    "metrics": (at("/metrics", _row(*(404,) * 9)),),
    "web:display": (at("/display/", POST_ONLY),),
    "web:style": (at("/style/", SIGNED_IN),),
    "web:pick": (
        at("/pick/home/?name=area&area_typed=石桥", SIGNED_IN),
        at("/pick/person/?name=person&person_typed=何", SIGNED_IN),
        at("/pick/nothing/?name=area", NOWHERE),
    ),
    "accounts:sign_in": (at("/sign-in/", _row(302, 302, 302, 302, 302, 302, 302, 302, 200)),),
    "accounts:sign_out": (at("/sign-out/", _row(405, 405, 405, 405, 405, 405, 405, 405, 302)),),
    "accounts:password": (at("/password/", SIGNED_IN),),
    "accounts:me": (at("/me/", SIGNED_IN),),
    **_list("accounts:users", ACCOUNTS),
    "accounts:user_create": (at("/new-user/", ADMINISTRATORS),),
    "accounts:user_import": (at("/user-import/", ADMINISTRATORS),),
    "accounts:user_import_blank": (at("/user-import.xlsx", ADMINISTRATORS),),
    "accounts:user": (
        at("/users/colleague/", EAST_ACCOUNT),
        at("/users/neighbour/", WEST_ACCOUNT),
        at("/users/county/", COUNTY_ACCOUNT),
        at("/users/nobody/", NOWHERE),
    ),
    "accounts:role_grant": (at("/users/colleague/roles/", ADMINISTRATORS),),
    "accounts:role_end": (at("/users/colleague/roles/0/end/", NOWHERE),),
    "accounts:password_reset": (
        at("/users/colleague/password/", _row(405, 405, 405, 404, 404, 404, 405, 404, 302)),
    ),
    "accounts:session_end": (
        at("/users/colleague/sessions/end/", _row(405, 405, 405, 404, 404, 404, 405, 404, 302)),
    ),
    "accounts:own_session_end": (at("/me/sessions/end/", _row(405, 405, 405, 405, 405, 405, 405, 405, 302)),),
    "accounts:user_lock": (at("/users/colleague/lock/", ADMINISTRATORS_POST),),
    "accounts:user_unlock": (at("/users/colleague/unlock/", ADMINISTRATORS_POST),),
    **_list("accounts:parameters", SIGNED_IN),
    "accounts:parameter": (
        at("/parameters/registers.member_min_age/", SIGNED_IN),
        at("/parameters/registers.member_min_age/?on=2021-01-01", SIGNED_IN),
        at("/parameters/nothing.at_all/", NOWHERE),
    ),
    "accounts:parameter_set": (at("/parameters/registers.member_min_age/set/", COUNTY_SETTERS),),
    "accounts:parameter_withdraw": (
        at("/parameters/registers.member_min_age/values/1/withdraw/", COUNTY_SETTERS_POST),
    ),
    "accounts:calendar": (at("/calendar/", SIGNED_IN),),
    "accounts:calendar_year": (
        at("/calendar/2026/", SIGNED_IN),
        at("/calendar/2031/", SIGNED_IN),
        at("/calendar/1900/", NOWHERE),
    ),
    "accounts:calendar_set": (at("/calendar/set/", COUNTY_SETTERS),),
    "accounts:calendar_confirm": (at("/calendar/2027/confirm/", COUNTY_SETTERS),),
    "accounts:calendar_prepare": (at("/calendar/2028/prepare/", COUNTY_SETTERS_POST),),
    **_list("places:areas", SIGNED_IN),
    "places:area": (
        at("/areas/500299000000/", WHOLE_COUNTY),
        at("/areas/500299101201/", EAST_VILLAGE),
        at("/areas/500299102201/", WEST_VILLAGE),
        at("/areas/500299102201/?on=2021-01-01", WEST_VILLAGE),
        at("/areas/999999999999/", NOWHERE),
    ),
    **_list("registers:persons", READERS),
    "registers:person": (
        Case(lambda world: f"/persons/{world.east_person.uid}/", EAST),
        Case(lambda world: f"/persons/{world.west_person.uid}/", WEST),
        Case(lambda world: f"/persons/{world.west_person.uid}/?on=2021-01-01", WEST),
        Case(lambda world: f"/persons/{world.east_household.uid}/", NOWHERE),
    ),
    **_list("registers:households", READERS),
    "registers:household": (
        Case(lambda world: f"/households/{world.east_household.uid}/", EAST_HOME),
        Case(lambda world: f"/households/{world.west_household.uid}/", WEST),
    ),
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
    **_list("registers:organizations", FIGURES),
    "registers:organization": (
        Case(lambda world: f"/organizations/{world.east_branch.uid}/", EAST_BRANCH),
        Case(lambda world: f"/organizations/{world.west_branch.uid}/", WEST_BRANCH),
    ),
    **_list("registers:members", READERS),
    "registers:member": (
        Case(lambda world: f"/members/{world.east_member.uid}/", EAST),
        Case(lambda world: f"/members/{world.west_member.uid}/", WEST),
    ),
    "registers:bulk_edit": (
        at("/bulk-edit/persons/", IMPORTERS),
        at("/bulk-edit/households/?fact=resettlementrecord.mode", IMPORTERS),
        at("/bulk-edit/areas/", NOWHERE),
    ),
    "registers:bulk_edits": (at("/bulk-edits/", IMPORTS),),
    "registers:bulk_edits_csv": (at("/bulk-edits.csv", IMPORTS),),
    "registers:bulk_edits_xlsx": (at("/bulk-edits.xlsx", IMPORTS),),
    "registers:bulk": (
        Case(east_bulk, EAST_BATCH),
        at("/bulk-edits/01a20a15-bf6b-7000-af5f-ac2dceb00551/", NOWHERE),
    ),
    "registers:bulk_edit_undo": (Case(partial(east_bulk, page="undo/"), SIGNED_IN_POST),),
    "sheets:batches": (at("/imports/", IMPORTS), at("/imports/?state=undone", IMPORTS)),
    "sheets:batches_csv": (at("/imports.csv", IMPORTS),),
    "sheets:batches_xlsx": (at("/imports.xlsx", IMPORTS),),
    "sheets:upload": (at("/imports/new/", IMPORTERS),),
    "sheets:layouts": (at("/imports/layouts/", IMPORTERS),),
    "sheets:layout_forget": (at("/imports/layouts/1/forget/", SIGNED_IN_POST),),
    "sheets:batch": (
        Case(east_batch, EAST_BATCH),
        Case(east_draft, OWN_DRAFT),
        Case(lambda world: east_draft(world, "waiting"), EAST_IMPORTERS),
        at("/imports/01a20a15-bf6b-7000-af5f-ac2dceb00551/", NOWHERE),
    ),
    "sheets:progress": (
        Case(lambda world: f"{east_batch(world)}progress/", EAST_BATCH_MOVED),
        Case(lambda world: f"{east_draft(world)}progress/", OWN_DRAFT_MOVED),
    ),
    "sheets:lines": (Case(lambda world: f"{east_batch(world)}lines/0/", EAST_BATCH),),
    "sheets:absent": (Case(lambda world: f"{east_batch(world)}absent/residents/", EAST_BATCH),),
    "sheets:returned": (Case(lambda world: f"{east_batch(world)}returned/1/", EAST_IMPORTERS),),
    "sheets:undo": (Case(lambda world: f"{east_batch(world)}undo/", EAST_IMPORTERS),),
    "sheets:sheet": (Case(lambda world: f"{east_draft(world)}sheets/0/", OWN_DRAFT_MOVED),),
    "sheets:answers": (Case(lambda world: f"{east_draft(world)}answers/", OWN_DRAFT_MOVED),),
    **{
        f"sheets:{name}": (Case(partial(east_draft, page=path), SIGNED_IN_POST),)
        for name, path in (
            ("add_files", "files/"),
            ("remove_file", "files/1/remove/"),
            ("set_day", "day/"),
            ("recheck", "check/"),
            ("send", "send/1/"),
            ("approve", "approve/"),
            ("reject", "reject/"),
            ("discard", "discard/"),
        )
    },
    "insights:start": (at("/", SIGNED_IN),),
    "insights:search": (at("/search/?q=石桥", SIGNED_IN),),
    "insights:statistics": (
        at("/statistics/", FIGURES),
        at("/statistics/?area=500299102201", _row(200, 404, 200, 404, 404, 200, 404, 200, 302)),
    ),
    "insights:statistics_workbook": (at("/statistics.xlsx", FIGURES),),
    "openapi": (at("/api/v1/openapi.json", OPEN),),
    "api:areas": (at("/api/v1/areas", api(SIGNED_IN)),),
    "api:area": (
        at("/api/v1/areas/500299101201", api(EAST_VILLAGE)),
        at("/api/v1/areas/500299102201", api(WEST_VILLAGE)),
    ),
    "api:persons": (at("/api/v1/persons", api(READERS)),),
    "api:person": (
        Case(lambda world: f"/api/v1/persons/{world.east_person.uid}", api(EAST)),
        Case(lambda world: f"/api/v1/persons/{world.west_person.uid}", api(WEST)),
    ),
    "api:households": (at("/api/v1/households", api(READERS)),),
    "api:household": (
        Case(lambda world: f"/api/v1/households/{world.east_household.uid}", api(EAST_HOME)),
        Case(lambda world: f"/api/v1/households/{world.west_household.uid}", api(WEST)),
    ),
    "api:organizations": (at("/api/v1/organizations", api(FIGURES)),),
    "api:organization": (
        Case(lambda world: f"/api/v1/organizations/{world.east_branch.uid}", api(EAST_BRANCH)),
        Case(lambda world: f"/api/v1/organizations/{world.west_branch.uid}", api(WEST_BRANCH)),
    ),
    "api:members": (at("/api/v1/members", api(READERS)),),
    "api:member": (
        Case(lambda world: f"/api/v1/members/{world.east_member.uid}", api(EAST)),
        Case(lambda world: f"/api/v1/members/{world.west_member.uid}", api(WEST)),
    ),
    "api:api-root": (at("/api/v1/", api(NOWHERE)),),
    "api_nothing": (at("/api/v2/persons", api(NOWHERE)),),
}

COUNTY = frozenset({"county_officer"})
TOWNSHIPS = frozenset({"township_officer", "colleague", "neighbour"})
OFFICERS = COUNTY | TOWNSHIPS
SECRETARY = frozenset({"member"})
ADMINISTRATOR = frozenset({"administrator"})
ACCOUNT_HOLDERS = frozenset(WHO) - {"household", "anonymous"}
NOBODY: frozenset[str] = frozenset()

ACTIONS: Mapping[str, frozenset[str]] = {
    "accounts.form_draft_discard": ACCOUNT_HOLDERS,
    "accounts.form_draft_keep": ACCOUNT_HOLDERS,
    "accounts.form_drafts_forget": NOBODY,
    "accounts.password_change": ACCOUNT_HOLDERS,
    "accounts.own_session_end": ACCOUNT_HOLDERS,
    "accounts.password_reset": OFFICERS | ADMINISTRATOR,
    "accounts.role_end": ADMINISTRATOR,
    "accounts.role_grant": ADMINISTRATOR,
    "accounts.session_end": OFFICERS | ADMINISTRATOR,
    "accounts.sign_in_fail": frozenset({"anonymous"}),
    "accounts.sign_in_succeed": ACCOUNT_HOLDERS,
    "accounts.user_create": ADMINISTRATOR,
    "accounts.user_import": ADMINISTRATOR,
    "accounts.user_lock": ADMINISTRATOR,
    "accounts.user_unlock": ADMINISTRATOR,
    "kernel.calendar_confirm": COUNTY | ADMINISTRATOR,
    "kernel.calendar_load": NOBODY,
    "kernel.calendar_prepare": COUNTY | ADMINISTRATOR,
    "kernel.calendar_set": COUNTY | ADMINISTRATOR,
    "kernel.parameter_set": COUNTY | ADMINISTRATOR,
    "kernel.parameter_withdraw": COUNTY | ADMINISTRATOR,
    "kernel.keys_rotate": NOBODY,
    "kernel.parameters_load": NOBODY,
    "places.area_create": COUNTY,
    "places.area_edit": COUNTY,
    "places.area_merge": COUNTY,
    "places.area_move": COUNTY,
    "places.area_rename": COUNTY,
    "places.area_split": COUNTY,
    "registers.appointment_end": OFFICERS,
    "registers.appointment_start": OFFICERS,
    "registers.birth_record": OFFICERS,
    "registers.bulk_edit": OFFICERS,
    "registers.bulk_edit_undo": OFFICERS,
    "registers.change_withdraw": OFFICERS,
    "registers.contact_add": OFFICERS | SECRETARY,
    "registers.contact_end": OFFICERS | SECRETARY,
    "registers.death_record": OFFICERS,
    "registers.election_record": OFFICERS,
    "registers.floating_end": OFFICERS | SECRETARY,
    "registers.floating_start": OFFICERS | SECRETARY,
    "registers.head_change": OFFICERS,
    "registers.household_add": OFFICERS,
    "registers.household_move": OFFICERS,
    "registers.marriage_record": OFFICERS,
    "registers.membership_end": OFFICERS,
    "registers.membership_stage": OFFICERS,
    "registers.membership_start": OFFICERS,
    "registers.membership_transfer": OFFICERS | SECRETARY,
    "registers.organization_add": OFFICERS,
    "registers.organization_end": COUNTY,
    "registers.organization_move": OFFICERS,
    "registers.organization_rename": OFFICERS,
    "registers.person_add": OFFICERS,
    "registers.person_move": OFFICERS,
    "registers.programmes_load": NOBODY,
    "registers.record_edit": OFFICERS,
    "registers.resettlement_start": OFFICERS,
    "registers.support_change": OFFICERS,
    "sheets.draft_approve": OFFICERS,
    "sheets.draft_change": OFFICERS,
    "sheets.draft_discard": OFFICERS,
    "sheets.draft_open": OFFICERS,
    "sheets.draft_reject": OFFICERS,
    "sheets.draft_send": OFFICERS,
    "sheets.import_request": OFFICERS,
    "sheets.import_undo": OFFICERS,
    "sheets.import_write": OFFICERS,
    "sheets.layout_forget": OFFICERS,
    "sheets.layout_remember": OFFICERS,
}
"""Who of the cast the runner lets in, on something inside their range; on one's own account, for some."""


def _appointment(organization: PartyOrganization) -> Appointment:
    return Appointment.objects.create(organization=organization, post="secretary", valid_from=BEGINNING)


Target = Callable[[Cast], object]
TARGETS: Mapping[str, tuple[Target, Target]] = {
    "area": (lambda cast: cast.world.east_village, lambda cast: cast.world.west_village),
    "parent": (lambda cast: cast.world.east_village, lambda cast: cast.world.west_village),
    "person": (lambda cast: cast.world.east_person, lambda cast: cast.world.west_person),
    "contact": (lambda cast: _contact(cast.world.east_person), lambda cast: _contact(cast.world.west_person)),
    "household": (lambda cast: cast.world.east_household, lambda cast: cast.world.west_household),
    "organization": (lambda cast: cast.world.east_branch, lambda cast: cast.world.west_branch),
    "appointment": (
        lambda cast: _appointment(cast.world.east_branch),
        lambda cast: _appointment(cast.world.west_branch),
    ),
    "record": (lambda cast: cast.world.east_person, lambda cast: cast.world.west_person),
    "membership": (lambda cast: cast.world.east_member, lambda cast: cast.world.west_member),
    "bulk": (lambda cast: bulk_of(cast.world.east.path), lambda cast: bulk_of(cast.world.west.path)),
    "batch": (
        lambda cast: batch_of("township", cast.world.east.path),
        lambda cast: batch_of("neighbour", cast.world.west.path),
    ),
    "draft": (
        lambda cast: draft_of("township", cast.world.east.path),
        lambda cast: draft_of("neighbour", cast.world.west.path),
    ),
    "user": (lambda cast: cast.township_officer.user, lambda cast: cast.neighbour.user),
    "grant": (
        lambda cast: RoleGrant.objects.get(user=cast.township_officer.user),
        lambda cast: RoleGrant.objects.get(user=cast.neighbour.user),
    ),
}
"""What an action is asked on, by the keyword it names: one object of the east, one of the west."""

OUTSIDE = (frozenset({"neighbour"}), frozenset({"township_officer", "colleague", "liaison", "member"}))
"""Whose range leaves out the east, and whose the west."""

OWNER = ("township_officer", "neighbour")
"""Whose the accounts of ``user`` are."""
