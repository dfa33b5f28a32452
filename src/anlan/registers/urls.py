"""Addresses of the registers."""

from django.urls import path

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
    path("persons/<uuid:uid>/", person_page, name="person"),
    *HouseholdListing.urls("households/", "households"),
    path("households/<uuid:uid>/", household_page, name="household"),
    *OrganizationListing.urls("organizations/", "organizations"),
    path("organizations/<uuid:uid>/", organization_page, name="organization"),
    *MemberListing.urls("members/", "members"),
    path("members/<uuid:uid>/", member_page, name="member"),
    path("bulk-edit/<slug:register>/", bulk_edit, name="bulk_edit"),
    *BulkEditListing.urls("bulk-edits/", "bulk_edits"),
    path("bulk-edits/<uuid:uid>/", bulk_page, name="bulk"),
    path("bulk-edits/<uuid:uid>/undo/", bulk_edit_undo, name="bulk_edit_undo"),
]
