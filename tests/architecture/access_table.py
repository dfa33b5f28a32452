"""Who may open which address and take which action: the table the sweeps hold the code to.

A new address or action without a row fails. Statuses stand in the order of ``WHO``.
"""

from collections.abc import Callable, Mapping
from functools import partial

from anlan.accounts.models import RoleGrant
from tests.architecture.access_rows import (
    ACCOUNTS,
    ADMINISTRATORS,
    ADMINISTRATORS_POST,
    COUNTY_ACCOUNT,
    COUNTY_SETTERS,
    COUNTY_SETTERS_POST,
    EAST,
    EAST_ACCOUNT,
    EAST_BATCH,
    EAST_BATCH_MOVED,
    EAST_BRANCH,
    EAST_HOME,
    EAST_IMPORTERS,
    EAST_VILLAGE,
    FIGURES,
    IMPORTERS,
    IMPORTS,
    NOWHERE,
    OPEN,
    OWN_DRAFT,
    OWN_DRAFT_MOVED,
    POST_ONLY,
    READERS,
    SIGNED_IN,
    SIGNED_IN_POST,
    WEST,
    WEST_ACCOUNT,
    WEST_BRANCH,
    WEST_VILLAGE,
    WHO,
    WHOLE_COUNTY,
    Case,
    Statuses,
    api,
    at,
    row,
)
from tests.architecture.bulk_targets import bulk_of, east_bulk
from tests.architecture.by_hand_targets import BY_HAND, contact_of
from tests.architecture.coverage_targets import COVERAGE, contact_point_in, cover_of, officer_of, unit_in
from tests.architecture.import_targets import batch_of, draft_of, east_batch, east_draft
from tests.architecture.party_targets import PARTY, secretary_of
from tests.cast import Cast

NOBODYS = "01a20a15-bf6b-7000-af5f-ac2dceb00551"


def _list(name: str, statuses: Statuses) -> dict[str, tuple[Case, ...]]:
    space, stem = name.split(":")
    return {
        name: (at(f"/{stem}/", statuses), at(f"/{stem}/?on=2021-01-01", statuses)),
        f"{space}:{stem}_csv": (at(f"/{stem}.csv", statuses),),
        f"{space}:{stem}_xlsx": (at(f"/{stem}.xlsx", statuses),),
        f"{space}:{stem}_export": (at(f"/export/{stem}/", statuses),),
    }


URLS: Mapping[str, tuple[Case, ...]] = {
    "healthz": (at("/healthz", OPEN), at("/healthz?details", OPEN)),
    "metrics": (at("/metrics", row(*(404,) * 9)),),
    "web:display": (at("/display/", POST_ONLY),),
    "web:style": (at("/style/", SIGNED_IN),),
    "web:pick": (
        at("/pick/home/?name=area&area_typed=石桥", SIGNED_IN),
        at("/pick/person/?name=person&person_typed=何", SIGNED_IN),
        at("/pick/nothing/?name=area", NOWHERE),
    ),
    "web:views": (at("/views/persons/", READERS), at("/views/nothing/", NOWHERE)),
    "web:view_save": (at("/views/persons/save/", READERS),),
    "web:view_everything": (at("/views/persons/everything/", SIGNED_IN_POST),),
    "web:view_rename": (at(f"/views/persons/{NOBODYS}/rename/", NOWHERE),),
    "web:view_delete": (at(f"/views/persons/{NOBODYS}/delete/", SIGNED_IN_POST),),
    "web:view_default": (at(f"/views/persons/{NOBODYS}/default/", SIGNED_IN_POST),),
    "accounts:sign_in": (at("/sign-in/", row(302, 302, 302, 302, 302, 302, 302, 302, 200)),),
    "accounts:sign_out": (at("/sign-out/", row(405, 405, 405, 405, 405, 405, 405, 405, 302)),),
    "accounts:password": (at("/password/", SIGNED_IN),),
    "accounts:me": (at("/me/", SIGNED_IN),),
    **_list("accounts:users", ACCOUNTS),
    **_list("accounts:exports", row(404, 404, 404, 404, 404, 200, 200, 404, 302)),
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
        at("/users/colleague/password/", row(405, 405, 405, 404, 404, 404, 405, 404, 302)),
    ),
    "accounts:session_end": (
        at("/users/colleague/sessions/end/", row(405, 405, 405, 404, 404, 404, 405, 404, 302)),
    ),
    "accounts:own_session_end": (at("/me/sessions/end/", row(405, 405, 405, 405, 405, 405, 405, 405, 302)),),
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
    **BY_HAND,
    **PARTY,
    **COVERAGE,
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
    "registers:bulk_edits_export": (at("/export/bulk-edits/", IMPORTS),),
    "registers:bulk": (
        Case(east_bulk, EAST_BATCH),
        at("/bulk-edits/01a20a15-bf6b-7000-af5f-ac2dceb00551/", NOWHERE),
    ),
    "registers:bulk_edit_undo": (Case(partial(east_bulk, page="undo/"), SIGNED_IN_POST),),
    "sheets:batches": (at("/imports/", IMPORTS), at("/imports/?state=undone", IMPORTS)),
    "sheets:batches_csv": (at("/imports.csv", IMPORTS),),
    "sheets:batches_xlsx": (at("/imports.xlsx", IMPORTS),),
    "sheets:batches_export": (at("/export/imports/", IMPORTS),),
    "sheets:upload": (at("/imports/new/", IMPORTERS),),
    "sheets:layouts": (at("/imports/layouts/", IMPORTERS),),
    "sheets:layout_forget": (at("/imports/layouts/1/forget/", SIGNED_IN_POST),),
    "sheets:batch": (
        Case(east_batch, EAST_BATCH),
        Case(east_draft, OWN_DRAFT),
        Case(lambda world: east_draft(world, "waiting"), EAST_IMPORTERS),
        at(f"/imports/{NOBODYS}/", NOWHERE),
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
    "insights:board": (
        at("/board/", FIGURES),
        at("/board/?area=500299102201", row(200, 404, 200, 404, 404, 200, 404, 200, 302)),
    ),
    "insights:statistics": (
        at("/statistics/", FIGURES),
        at("/statistics/?area=500299102201", row(200, 404, 200, 404, 404, 200, 404, 200, 302)),
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
    "registers.appointment_match": OFFICERS,
    "registers.appointment_start": OFFICERS,
    "registers.birth_record": OFFICERS,
    "registers.bulk_edit": OFFICERS,
    "registers.bulk_edit_undo": OFFICERS,
    "registers.change_withdraw": OFFICERS,
    "registers.contact_add": OFFICERS | SECRETARY,
    "registers.contact_end": OFFICERS | SECRETARY,
    "registers.contact_point_add": OFFICERS,
    "registers.contact_point_change": OFFICERS,
    "registers.contact_point_end": OFFICERS,
    "registers.cover_assign": OFFICERS,
    "registers.cover_end": OFFICERS,
    "registers.death_record": OFFICERS,
    "registers.election_record": OFFICERS,
    "registers.floating_end": OFFICERS | SECRETARY,
    "registers.floating_start": OFFICERS | SECRETARY,
    "registers.head_change": OFFICERS,
    "registers.headcount_state": OFFICERS,
    "registers.household_add": OFFICERS,
    "registers.household_move": OFFICERS,
    "registers.marriage_record": OFFICERS,
    "registers.membership_end": OFFICERS,
    "registers.membership_stage": OFFICERS,
    "registers.membership_start": OFFICERS,
    "registers.membership_transfer": OFFICERS | SECRETARY,
    "registers.officer_assign": OFFICERS,
    "registers.officer_end": OFFICERS,
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
    "registers.unit_add": OFFICERS,
    "registers.unit_end": OFFICERS,
    "registers.unit_move": OFFICERS,
    "registers.unit_rename": OFFICERS,
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
    "web.export_take": ACCOUNT_HOLDERS,
    "web.view_default": ACCOUNT_HOLDERS,
    "web.view_delete": ACCOUNT_HOLDERS,
    "web.view_rename": ACCOUNT_HOLDERS,
    "web.view_save": ACCOUNT_HOLDERS,
}
"""Who of the cast the runner lets in, on something inside their range; on one's own account, for some."""


Target = Callable[[Cast], object]
TARGETS: Mapping[str, tuple[Target, Target]] = {
    "area": (lambda cast: cast.world.east_village, lambda cast: cast.world.west_village),
    "parent": (lambda cast: cast.world.east_village, lambda cast: cast.world.west_village),
    "person": (lambda cast: cast.world.east_person, lambda cast: cast.world.west_person),
    "contact": (
        lambda cast: contact_of(cast.world.east_person),
        lambda cast: contact_of(cast.world.west_person),
    ),
    "household": (lambda cast: cast.world.east_household, lambda cast: cast.world.west_household),
    "organization": (lambda cast: cast.world.east_branch, lambda cast: cast.world.west_branch),
    "appointment": (
        lambda cast: secretary_of(cast.world.east_branch),
        lambda cast: secretary_of(cast.world.west_branch),
    ),
    "unit": (lambda cast: unit_in(cast.world.east_village), lambda cast: unit_in(cast.world.west_village)),
    "target": (lambda cast: cast.world.east_village, lambda cast: cast.world.west_village),
    "contact_point": (
        lambda cast: contact_point_in(cast.world.east_village),
        lambda cast: contact_point_in(cast.world.west_village),
    ),
    "cover": (lambda cast: cover_of(cast.world.east_branch), lambda cast: cover_of(cast.world.west_branch)),
    "officer": (
        lambda cast: officer_of(cast.world.east_village),
        lambda cast: officer_of(cast.world.west_village),
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
