"""Addresses of the design system."""

from django.urls import path

from anlan.web.pages.display import display
from anlan.web.pages.pick import pick
from anlan.web.pages.style import style

app_name = "web"
urlpatterns = [
    path("display/", display, name="display"),
    path("pick/<slug:kind>/", pick, name="pick"),
    path("style/", style, name="style"),
]
