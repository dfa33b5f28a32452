"""Addresses of the places."""

from django.urls import path

from anlan.places.pages.area import area_page
from anlan.places.tables import AreaListing

app_name = "places"
urlpatterns = [
    *AreaListing.urls("areas/", "areas"),
    path("areas/<str:code>/", area_page, name="area"),
]
