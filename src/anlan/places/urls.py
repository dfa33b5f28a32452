"""Addresses of the places."""

from django.urls import path

from anlan.places.pages import area_forms
from anlan.places.pages.area import area_page
from anlan.places.tables import AreaListing

app_name = "places"
urlpatterns = [
    *AreaListing.urls("areas/", "areas"),
    path("areas/<str:code>/", area_page, name="area"),
    path("areas/<str:code>/create/", area_forms.create, name="area_create"),
    path("areas/<str:code>/edit/", area_forms.edit, name="area_edit"),
    path("areas/<str:code>/rename/", area_forms.rename, name="area_rename"),
    path("areas/<str:code>/move/", area_forms.move, name="area_move"),
    path("areas/<str:code>/merge/", area_forms.merge, name="area_merge"),
    path("areas/<str:code>/split/", area_forms.split, name="area_split"),
]
