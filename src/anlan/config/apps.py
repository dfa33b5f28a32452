"""How Django finds this part."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers what only this part can say, since it knows every app."""

    name = "anlan.config"
    label = "config"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.accounts.models import FormDraft
        from anlan.config.operations import kept
        from anlan.kernel import parameters, sealed_columns
        from anlan.registers.models import (
            Appointment,
            ContactPointDuty,
            OfficerCover,
            Person,
            PersonContact,
            Unit,
        )
        from anlan.sheets.models import SheetLayout

        parameters.declare(*kept.PARAMETERS)
        column = sealed_columns.SealedColumn
        sealed_columns.declare(
            column(Person, "id_number", "id_index", "id_tail"),
            column(PersonContact, "value", "value_index", "value_tail"),
            column(Appointment, "phone", "phone_index", "phone_tail"),
            *(
                column(model, "phone", "phone_index", "phone_tail")
                for model in (Unit, ContactPointDuty, OfficerCover)
            ),
            column(SheetLayout, "headers"),
            column(FormDraft, "content"),
        )
