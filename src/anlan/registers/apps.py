"""How Django finds this part."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Registers permissions, records, ranges and sentences of the registers."""

    name = "anlan.registers"
    label = "registers"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import parameters, permissions, problems
        from anlan.registers import history_words, labels, policy, records
        from anlan.registers.dimensions import limits
        from anlan.registers.pages import area_panels, frame

        permissions.register_permissions(policy.PERMISSIONS)
        parameters.declare(*limits.PARAMETERS)
        problems.register_sentences(labels.PROBLEM_SENTENCES)
        records.register()
        history_words.register()
        area_panels.register()
        frame.register()
