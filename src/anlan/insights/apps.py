"""How Django finds this part."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "anlan.insights"
    label = "insights"
