"""Addresses of the registers."""

from django.urls import path

from anlan.registers.pages import (
    correct,
    household_forms,
    member_forms,
    organization_forms,
    person_add,
    person_life,
    post_forms,
    support_forms,
    withdraw,
)
from anlan.registers.pages.bulk import bulk_edit_undo, bulk_page
from anlan.registers.pages.bulk_edit import bulk_edit
from anlan.registers.pages.household import household_page
from anlan.registers.pages.member import member_page
from anlan.registers.pages.organization import organization_page
from anlan.registers.pages.person import person_page
from anlan.registers.tables import (
    BulkEditListing,
    HouseholdListing,
    MemberListing,
    OrganizationListing,
    ResidentListing,
)

app_name = "registers"
urlpatterns = [
    *ResidentListing.urls("persons/", "persons"),
    path("persons/new/", person_add.add, name="person_add"),
    path("persons/<uuid:uid>/", person_page, name="person"),
    path("persons/<uuid:uid>/edit/", correct.person, name="person_edit"),
    path("persons/<uuid:uid>/contacts/new/", person_add.contact, name="contact_add"),
    path("persons/<uuid:uid>/contacts/<int:number>/end/", person_add.contact_over, name="contact_end"),
    path("persons/<uuid:uid>/death/", person_life.death, name="death_record"),
    path("persons/<uuid:uid>/marriage/", person_life.marriage, name="marriage_record"),
    path("persons/<uuid:uid>/move/", person_life.move, name="person_move"),
    path("persons/<uuid:uid>/resettlement/new/", support_forms.start, name="resettlement_start"),
    path("persons/<uuid:uid>/resettlement/edit/", correct.resettlement, name="resettlement_edit"),
    path("persons/<uuid:uid>/support/", support_forms.change, name="support_change"),
    path("persons/<uuid:uid>/changes/<int:sequence>/withdraw/", withdraw.person, name="change_withdraw"),
    *HouseholdListing.urls("households/", "households"),
    path("households/new/", household_forms.add, name="household_add"),
    path("households/<uuid:uid>/", household_page, name="household"),
    path("households/<uuid:uid>/edit/", correct.household, name="household_edit"),
    path("households/<uuid:uid>/birth/", person_add.birth, name="birth_record"),
    path("households/<uuid:uid>/move/", household_forms.move, name="household_move"),
    path("households/<uuid:uid>/head/", household_forms.head, name="head_change"),
    path("households/<uuid:uid>/split/", household_forms.split, name="household_split"),
    path(
        "households/<uuid:uid>/changes/<int:sequence>/withdraw/",
        withdraw.household,
        name="household_withdraw",
    ),
    *OrganizationListing.urls("organizations/", "organizations"),
    path("organizations/new/", organization_forms.add, name="organization_add"),
    path("organizations/<uuid:uid>/", organization_page, name="organization"),
    path("organizations/<uuid:uid>/edit/", correct.organization, name="organization_edit"),
    path("organizations/<uuid:uid>/posts/<int:number>/edit/", correct.appointment, name="appointment_edit"),
    path(
        "organizations/<uuid:uid>/changes/<int:sequence>/withdraw/",
        withdraw.organization,
        name="organization_withdraw",
    ),
    path("areas/<str:code>/changes/<int:sequence>/withdraw/", withdraw.area, name="area_withdraw"),
    path("organizations/<uuid:uid>/rename/", organization_forms.rename, name="organization_rename"),
    path("organizations/<uuid:uid>/move/", organization_forms.move, name="organization_move"),
    path("organizations/<uuid:uid>/end/", organization_forms.end, name="organization_end"),
    path("organizations/<uuid:uid>/election/", organization_forms.election, name="election_record"),
    path("organizations/<uuid:uid>/posts/start/", post_forms.start, name="appointment_start"),
    path("organizations/<uuid:uid>/posts/end/", post_forms.end, name="appointment_end"),
    path("organizations/<uuid:uid>/posts/match/", post_forms.match, name="appointment_match"),
    *MemberListing.urls("members/", "members"),
    path("members/new/", member_forms.start, name="membership_start"),
    path("members/<uuid:uid>/", member_page, name="member"),
    path("members/<uuid:uid>/edit/", correct.membership, name="membership_edit"),
    path("members/<uuid:uid>/away/edit/", correct.floating, name="floating_edit"),
    path("members/<uuid:uid>/stage/", member_forms.stage, name="membership_stage"),
    path("members/<uuid:uid>/transfer/", member_forms.transfer, name="membership_transfer"),
    path("members/<uuid:uid>/end/", member_forms.end, name="membership_end"),
    path("members/<uuid:uid>/away/", member_forms.float_out, name="floating_start"),
    path("members/<uuid:uid>/back/", member_forms.float_back, name="floating_end"),
    path("bulk-edit/<slug:register>/", bulk_edit, name="bulk_edit"),
    *BulkEditListing.urls("bulk-edits/", "bulk_edits"),
    path("bulk-edits/<uuid:uid>/", bulk_page, name="bulk"),
    path("bulk-edits/<uuid:uid>/undo/", bulk_edit_undo, name="bulk_edit_undo"),
]
