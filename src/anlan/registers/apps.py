"""How Django finds this part."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "anlan.registers"
    label = "registers"
