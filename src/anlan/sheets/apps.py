"""How Django finds this part."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "anlan.sheets"
    label = "sheets"
