"""How Django finds this part."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Registers permissions and sentences of imports."""

    name = "anlan.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import permissions, problems
        from anlan.sheets import labels, policy
        from anlan.sheets.actions import import_undo, import_write  # noqa: F401 - declares the actions

        permissions.register_permissions(policy.PERMISSIONS)
        problems.register_sentences(labels.PROBLEM_SENTENCES)
