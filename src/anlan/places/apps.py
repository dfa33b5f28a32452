"""How Django finds this part."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "anlan.places"
    label = "places"
