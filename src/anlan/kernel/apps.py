"""How Django finds this part."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's own sentences."""

    name = "anlan.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import changes, labels, parameters, problems
        from anlan.kernel.models import CalendarDay, ParameterValue

        problems.register_sentences(labels.PROBLEM_SENTENCES)
        parameters.declare(*labels.PARAMETERS)
        changes.register_record(
            ParameterValue, lambda row: [("parameter", parameters.record_number(row.code))]
        )
        changes.register_record(CalendarDay, lambda row: [("calendar", row.day.year)])
