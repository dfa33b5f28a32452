"""How Django finds this part."""

from typing import cast

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    """Registers permissions, ranges, parameters and sentences of imports."""

    name = "anlan.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Fill the registries."""
        from anlan.kernel import changes, parameters, permissions, problems, reversal
        from anlan.sheets import labels, policy, reach
        from anlan.sheets.actions import import_undo, import_write  # noqa: F401 - declares the actions
        from anlan.sheets.models import DraftFile, ImportBatch, ImportDraft, SheetLayout
        from anlan.sheets.parameters import PARAMETERS

        permissions.register_permissions(policy.PERMISSIONS)
        permissions.register_resolver(ImportBatch, reach.places_of)
        permissions.register_resolver(ImportDraft, reach.places_of)
        parameters.declare(*PARAMETERS)
        problems.register_sentences(labels.PROBLEM_SENTENCES)
        changes.register_record(ImportDraft, lambda draft: [("import_draft", draft.pk)])
        changes.register_record(DraftFile, lambda file: [("import_draft", file.draft_id)])
        changes.register_record(SheetLayout, lambda layout: [("sheet_layout", layout.pk)])
        reversal.register_taken_back(import_undo.undone_entries)
        _register_navigation()


def _register_navigation() -> None:
    from anlan.kernel import permissions
    from anlan.kernel.actors import Actor
    from anlan.web.navigation import NavItem, register_nav

    register_nav(
        NavItem(
            "sheets.batches",
            _("导入"),
            "sheets:batches",
            "today",
            "import",
            order=60,
            visible_for=lambda actor: (
                actor is not None and permissions.holds(cast(Actor, actor), "sheets.import_view")
            ),
        )
    )
