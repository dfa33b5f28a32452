"""How Django finds this part."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "anlan.kernel"
    label = "kernel"
